package dialogs_test

import (
	"fmt"
	"strings"
	"testing"
)

// A script of one question, for the transcripts below.
const oneQuestion = `dialog: rent
title: Any
nudge: 1d
expire: {after: 2d, then: end}
opening: It is us.
steps:
- ask: pay
  say: How much?
  answer: money per period
- call: estimate
  with: {pay: pay}
  save: estimate
  fails: skip
- when: identity == "confirmed" and known(estimate) and estimate.changes and not discreet
  say: "£((estimate.weekly_amount)) a week."
- name: next
  say: |
    One line.
    Another.
- call: report
  with: {kind: pay}
  save: report
  fails: handoff
- say: ((report.reference)), ((report.due)).
  end: done
`

// problemsOf lists what is found in transcripts of oneQuestion, apart from
// branches that they do not walk.
func problemsOf(t *testing.T, transcripts string) []string {
	t.Helper()
	var found []string
	for _, p := range check(t, map[string]string{"dialog.yaml": oneQuestion, "transcripts.txt": transcripts}) {
		if !strings.HasPrefix(p, "rent/dialog.yaml:") {
			found = append(found, strings.TrimPrefix(p, "rent/transcripts.txt:"))
		}
	}
	return found
}

func TestATranscriptPasses(t *testing.T) {
	for name, transcript := range map[string]string{
		"word for word": `# all      sms en, started by us
< It is us. How much?
> 410 a week
< One line.
  Another.
< CM-EXAMPLE, 21 December 2026.
= done {"pay": {"amount": "410.00", "period": "week"}}
`,
		"with any one message in its place": `# any one
< …
> 410 a week
< …
< CM-EXAMPLE, 21 December 2026.
= done
`,
		"with any number of messages left out": `# any number
…
> 410 a week
…
< CM-EXAMPLE, 21 December 2026.
…
= done
`,
		"up to where it goes":               "# begins\n< How much?\n",
		"with messages left out at its end": "# begins\n…\n> 410 a week\n…\n= done\n# another\n…\n> what?\n…\n",
		"with time that passes": `# waits
< How much?
+ 30m
+ 23h
+ 30m
< We are still waiting for your answer. How much?
+ 1d
< We have not heard from you, so we have stopped asking. What you told us is kept.
= expired {}
`,
		"at a time, which is London's": `# summer      sms en, now=2026-06-30T23:30:00Z
…
> PERSON
< Thank you. A person will take it from here. They will contact you by 8 July 2026.
= handoff
`,
		"with results of calls": `# results      sms en, identity confirmed, report={"reference": "R-2", "due": "2026-07-02"}, estimate={"weekly_amount": "7.50"}
…
> 410 a week
< £7.50 a week.
…
< R-2, 2 July 2026.
= done
`,
		"with what is given":   "# given      webchat en, discreet, given pay=£1,410 a week\r\n…\r\n= done {\"pay\": {\"amount\": \"1410.00\", \"period\": \"week\"}}\r\n",
		"with calls that fail": "# fails      email en, report fails, given pay=1 a week\n…\n< Thank you. A person will take it from here. They will contact you by 29 November 2026.\n= handoff\n",
	} {
		t.Run(name, func(t *testing.T) {
			if found := problemsOf(t, transcript); len(found) > 0 {
				t.Errorf("found %q", found)
			}
		})
	}
}

func TestATranscriptFailsWhereTheDialogDiffers(t *testing.T) {
	const whole = `# all
< How much?
> 410 a week
< One line.
  Another.
< CM-EXAMPLE, 21 December 2026.
= done {"pay": {"amount": "410.00", "period": "week"}}
`
	for name, c := range map[string]struct{ old, new, want string }{
		"other words":                   {"How much?", "How many?", `2:1: all: the dialog says "How much?"; expected "How many?"`},
		"another line of a message":     {"  Another.", "  Last.", `4:1: all: the dialog says "One line.\nAnother."; expected "One line.\nLast."`},
		"a message too many":            {"> 410", "< Well?\n> 410", `3:1: all: the dialog says nothing here; expected "Well?"`},
		"any message too many":          {"> 410", "< …\n> 410", `3:1: all: the dialog says nothing here; expected "…"`},
		"a message left out":            {"< How much?\n", "", `2:1: all: before this the dialog says "How much?"`},
		"a message left out at the end": {"< CM-EXAMPLE, 21 December 2026.\n", "", `6:1: all: before this the dialog says "CM-EXAMPLE, 21 December 2026."`},
		"a message that never comes":    {"< One line.\n  Another.\n", "…\n< Two lines.\n", `5:1: all: the dialog says "One line.\nAnother."; expected "Two lines."`},
		"another outcome":               {"= done", "= over", `7:1: all: the dialog ends with done {"pay": {"amount": "410.00", "period": "week"}}; expected over {"pay": {"amount": "410.00", "period": "week"}}`},
		"other answers":                 {`"410.00"`, `"400.00"`, `7:1: all: the dialog ends with done {"pay": {"amount": "410.00", "period": "week"}}; expected done {"pay": {"amount": "400.00", "period": "week"}}`},
		"an end that has not come":      {"> 410 a week\n", "= done\n> 410 a week\n", `3:1: all: the dialog has not ended here`},
		"words after the end":           {"= done", "> thanks\n= done", `7:1: all: the dialog has ended before this, with done {"pay": {"amount": "410.00", "period": "week"}}`},
		"no end":                        {"= done {\"pay\": {\"amount\": \"410.00\", \"period\": \"week\"}}\n", "", `6:1: all: the transcript is over, and does not tell the end: = done {"pay": {"amount": "410.00", "period": "week"}}`},
		"more after the last line":      {whole[strings.Index(whole, "< CM"):], "", `4:1: all: the transcript is over, and the dialog goes on to say "CM-EXAMPLE, 21 December 2026."`},
		"time of no length":             {"> 410 a week", "+ soon", `3:1: all: "soon" is not a length of time: write 2d, 12h or 30m`},
		"what is given and unknown":     {"# all", "# all      sms en, given wage=3", `1:1: all: dialog rent: no question is called "wage"`},
		"what is given and unreadable":  {"# all", "# all      sms en, given pay=lots", `1:1: all: dialog rent: what is given for "pay" cannot be read: Write an amount in pounds, like 410 a week.`},
		"what is given in doubt":        {"# all", "# all      sms en, given pay=410", `1:1: all: dialog rent: what is given for "pay" cannot be read: Please give the exact figure.`},
	} {
		t.Run(name, func(t *testing.T) {
			found := problemsOf(t, strings.Replace(whole, c.old, c.new, 1))
			if len(found) != 1 || found[0] != c.want {
				t.Errorf("found %q\nwant %q", found, c.want)
			}
		})
	}
	t.Run("a second transcript is judged too", func(t *testing.T) {
		found := problemsOf(t, "# one\n< What?\n\n# two\n< How much?\n> ?\n< How?\n")
		if len(found) != 2 || !strings.HasPrefix(found[1], "7:1: two: ") {
			t.Errorf("found %q", found)
		}
	})
}

func TestATextMessageInATranscriptIsNotTooLong(t *testing.T) {
	files := map[string]string{
		"dialog.yaml":     "dialog: rent\ntitle: Long\nsteps:\n- ask: it\n  say: What?\n  answer: text up to 1000 characters\n- check: [it]\n",
		"transcripts.txt": "# long\n…\n> " + strings.Repeat("w", 1000) + "\n…\n> ok\n= done\n",
	}
	want := `rent/transcripts.txt:3:1: long: what "check" says takes 7 text messages and may take 6`
	if found := check(t, files); len(found) != 1 || found[0] != want {
		t.Errorf("found %q\nwant %q", found, want)
	}
}

func TestAHeaderSays(t *testing.T) {
	const can = `: it can say "sms en", started by us, discreet, identity confirmed, role paying parent, nation wales, now=…, given name=value, child={…}, call={…} or "call fails"`
	for header, want := range map[string]string{
		"fax en":                              `the header says "fax en"` + can,
		"started":                             `the header says "started"` + can,
		"given pay":                           `the header says "given pay"` + can,
		"sms":                                 "sms is held in a language: write sms en or sms cy",
		"sms fr":                              "sms is held in a language: write sms en or sms cy",
		"identity sure":                       `identity cannot be "sure": use unknown, known, confirmed, checked`,
		"now=yesterday":                       "now=yesterday is not a time like 2026-11-22T10:00:00Z",
		"rapport fails":                       `there is no call "rapport"`,
		"rapport={}":                          `there is no call "rapport"`,
		"report=[]":                           "the result of report is not a JSON object: json: cannot unmarshal array into Go value of type map[string]json.RawMessage",
		`report={"name": ""}`:                 `the call report gives no "name"`,
		`report={"due": "1 May"}`:             "the field due of report: not a date of the form 2026-11-22",
		`report={"due": 3}`:                   "the field due of report: it is of another kind",
		`estimate={"changes": "no"}`:          "the field changes of estimate: it is of another kind",
		`estimate={"weekly_amount": 62.5}`:    "the field weekly_amount of estimate: it is of another kind",
		`estimate={"weekly_amount": "about"}`: "the field weekly_amount of estimate: not an amount of the form 410.00",
	} {
		t.Run(header, func(t *testing.T) {
			found := problemsOf(t, "\n# title   sms en, "+header+"\n< How much?\n")
			if len(found) != 1 || found[0] != "2:1: "+want {
				t.Errorf("found %q\nwant %q", found, "2:1: "+want)
			}
		})
	}
}

func TestATranscriptIsWritten(t *testing.T) {
	for text, want := range map[string]string{
		"< How much?\n":          `1:1: a transcript begins with "# title      sms en, started by us"`,
		"# one\nHow much?\n":     `2:1: a line begins with "< ", "> ", "+ ", "= " or two spaces, or is …`,
		"# one\n  How much?\n":   `2:1: a line begins with "< ", "> ", "+ ", "= " or two spaces, or is …`,
		"# one\n\n… and so on\n": `3:1: a line begins with "< ", "> ", "+ ", "= " or two spaces, or is …`,
	} {
		t.Run(fmt.Sprintf("%q", text), func(t *testing.T) {
			if found := problemsOf(t, text); len(found) != 1 || found[0] != want {
				t.Errorf("found %q\nwant %q", found, want)
			}
		})
	}
	files := rent(t)
	delete(files, "transcripts.txt")
	if found := check(t, files); len(found) != 1 || found[0] != "rent/dialog.yaml:1:1: there are no transcripts: write transcripts.txt" {
		t.Errorf("found %q", found)
	}
	files["transcripts.txt"] = "# long      sms en\n< …\n> " + strings.Repeat("a long story ", 100_000) + "\n< …\n> person\n…\n= handoff\n"
	for _, found := range check(t, files) {
		if !strings.HasPrefix(found, "rent/dialog.yaml") {
			t.Error(found)
		}
	}
}
