package dialogs_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestLint(t *testing.T) {
	long := strings.Repeat("So long a text is not read. ", 33) + "No."
	const (
		reply = " asks people to reply STOP, which the network keeps for itself: use another word"
		other = ", which means something else everywhere: use another"
	)
	for name, b := range map[string]broken{
		"a step is never reached":           {old: "- handoff: moved", new: "- handoff: moved\n- ◆end: over", want: `step "over" is never reached: the dialog always ends before it`},
		"a value is not used":               {old: "- handoff: moved", new: "- ◆set: {sold: not always}\n- handoff: moved", want: `"sold" is given a value that nothing uses`},
		"a curly quote":                     {old: "say: Since when?", new: "say: ◆Since “when”?", want: `"since" holds “ and ”, which a text message cannot carry as it is. Write " instead of “. Write " instead of ”.`, others: 3},
		"an accent in a label":              {old: "label: Since", new: "label: ◆Sinçe", want: `"since" holds ç, which a text message cannot carry as it is. Write c instead of ç.`},
		"too long a text":                   {old: "help: Say own if you pay a mortgage.", new: "help: ◆" + long, want: `"owns" takes 7 text messages and may take 6: make it shorter`},
		"a link elsewhere":                  {old: "say: Since when?", new: "say: ◆Since when? See https://example.com/gov.uk.", want: `"since" links to example.com: only gov.uk is allowed`, others: 3},
		"a link elsewhere, bare":            {old: "say: Since when?", new: "say: ◆Since when? See bit.ly/x", want: `"since" links to bit.ly: only gov.uk is allowed`, others: 3},
		"a link elsewhere that looks right": {old: "say: Since when?", new: "say: ◆Since when? See www.gov.uk.example.com", want: `"since" links to www.gov.uk.example.com: only gov.uk is allowed`, others: 3},
		"a reserved word":                   {old: "help: Say own if", new: "help: ◆Reply stop or say own if", want: `"owns"` + reply},
		"a reserved word in quotes":         {old: "help: Say own if", new: `help: ◆Type "stop" or say own if`, want: `"owns"` + reply},
		"a reserved word later":             {old: "help: Say own if", new: "help: ◆Reply OWN, or STOP. Say own if", want: `"owns"` + reply},
		"a reserved word in Welsh":          {file: "cy.yaml", old: "help: Dywedwch", new: "help: ◆Atebwch STOP. Dywedwch", want: `"owns"` + reply},
		"choices that sound alike":          {old: "own: own it}", new: "own: tenant}", at: "dialog.yaml: choices:", want: `the choices "rent" and "tenant" of "owns" cannot be told apart`, others: 1},
		"choices that sound alike in Welsh": {file: "cy.yaml", old: "choices: {rent: rhentu, own: berchen}", new: "◆choices: {rent: rhentu, own: rhent}", want: `the choices "rhentu" and "rhent" of "owns" cannot be told apart`},
		"a choice that is a command":        {old: "also: {rent: [tenant]}", new: "also: {rent: [tenant, change]}", at: "dialog.yaml: choices:", want: `"owns" takes the word "change"` + other},
		"a choice that opts out":            {old: "also: {rent: [tenant]}", new: "also: {rent: [tenant, Cancel.]}", at: "dialog.yaml: choices:", want: `"owns" takes the word "cancel"` + other},
		"a word that is a command":          {file: "cy.yaml", old: "{always: erioed}", new: "{always: Cymorth}", at: "cy.yaml: words: {", want: `"since" takes the word "cymorth"` + other},
	} {
		t.Run(name, b.check)
	}
}

func TestLintLetsPass(t *testing.T) {
	for name, help := range map[string]string{
		"a link to the government": "See www.gov.uk/child-maintenance or https://service.gov.uk.",
		"figures and times":        "Say 450.50 by 5.30pm, e.g. 2.5 or 1.2k.",
		"numbers to reply with":    "Reply 1 for yes or 2 for no.",
		"reserved words in prose":  "Say when it ends. If you need help, start again. Reply OWN. STOP is not asked for.",
		"a pound and GSM letters":  "£5 à la carte, né, Ç.",
	} {
		t.Run(name, func(t *testing.T) {
			files := rent(t)
			files["dialog.yaml"] = strings.Replace(files["dialog.yaml"], "Say own if you pay a mortgage.", help, 1)
			if found := check(t, files); len(found) > 0 {
				t.Errorf("found %q", found)
			}
		})
	}
}

func TestLintWalksEveryBranch(t *testing.T) {
	for name, c := range map[string]struct{ leaveOut, at, want string }{
		"a step that is never come to":    {"# always owned,# rents, and", "when: always", `no transcript walks step "settled"`},
		"a condition that is always true": {"# always owned,# no report", "ask: rent", `no transcript passes step "rent" by`},
		"a call that never fails":         {"# no report", "call: report", `in no transcript the call of step "report" fails`},
	} {
		t.Run(name, func(t *testing.T) {
			files := rent(t)
			transcripts := strings.SplitAfter(files["transcripts.txt"], "\n\n")
			files["transcripts.txt"] = ""
			for _, transcript := range transcripts {
				left := false
				for _, title := range strings.Split(c.leaveOut, ",") {
					left = left || strings.HasPrefix(transcript, title)
				}
				if !left {
					files["transcripts.txt"] += transcript
				}
			}
			before, _, _ := strings.Cut(files["dialog.yaml"], c.at)
			want := "rent/dialog.yaml:" + strconv.Itoa(1+strings.Count(before, "\n")) + ":3: " + c.want
			if found := check(t, files); !slices.Contains(found, want) {
				t.Errorf("found %q, want %s", found, want)
			}
		})
	}
}
