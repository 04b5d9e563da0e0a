package notices_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/templates"
	"parley/templates/notices"
)

// set loads the service's own notices.
func set(t testing.TB) []*notices.Notice {
	t.Helper()
	all, err := notices.Load(notices.FS)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var allForms = []notices.Form{notices.SMS, notices.Discreet, notices.Email, notices.Letter}

// shown is a notice in every way its words can come: with the first of each run
// of flags set, with the last, and without those that stand alone.
func shown(t *testing.T, n *notices.Notice, form notices.Form, language templates.Language) []notices.Rendered {
	t.Helper()
	flag := func(i int) bool { return i >= 0 && i < len(n.Fields) && n.Fields[i].Kind == notices.FlagKind }
	last, without := n.MadeUp(), n.MadeUp()
	for i, f := range n.Fields {
		switch {
		case flag(i) && !flag(i-1) && !flag(i+1):
			without[f.Name] = notices.Flag(false)
		case flag(i):
			last[f.Name] = notices.Flag(!flag(i + 1))
		}
	}
	var list []notices.Rendered
	for _, data := range []notices.Data{n.MadeUp(), last, without} {
		r, err := n.Render(form, language, data)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

func TestTheSet(t *testing.T) {
	want := strings.Fields(`annual-review application-received arrears-plan-broken arrears-statement calculated callback-booked change-made
		complaint-acknowledged contact-changed conversation-expiring conversation-waiting decision-letter enforcement-warning
		information-reminder information-requested other-parent-contacted part-payment payment-due payment-due-today
		payment-missed-paying payment-missed-receiving payment-received payment-still-missed plan-changed plan-issued
		reconsideration-outcome report-received waiting-for-income we-are-late`)
	var got, statutory, byPerson []string
	for _, n := range set(t) {
		got = append(got, n.Name)
		if n.Statutory {
			statutory = append(statutory, n.Name)
		}
		if n.ByPerson {
			byPerson = append(byPerson, n.Name)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the notices are %v, want %v", got, want)
	}
	if want := []string{"decision-letter", "reconsideration-outcome"}; !slices.Equal(statutory, want) {
		t.Errorf("statutory are %v, want %v", statutory, want)
	}
	if want := []string{"enforcement-warning"}; !slices.Equal(byPerson, want) {
		t.Errorf("only a person sends %v, want %v", byPerson, want)
	}
}

// Child Support Maintenance Calculation Regulations 2012, reg 25(1).
func TestADecisionSetsOutWhatTheLawSays(t *testing.T) {
	n := own(t, "decision-letter")
	data := n.MadeUp()
	data["effective_date"] = notices.Day(2026, 4, 6)
	data["gross_weekly_income"] = notices.Money(613_70)
	data["income_basis"] = notices.Words("income for the tax year 2025 to 2026, from HMRC", "incwm y flwyddyn dreth 2025 i 2026, gan CThEF")
	data["qualifying_children"] = notices.Number(3)
	data["other_children"] = notices.Number(1)
	data["rate"] = notices.Words("basic rate", "cyfradd sylfaenol")
	data["adjustments"] = notices.Table(notices.Row{English: "Shared care", Welsh: "Gofal a rennir", Figure: "−£12.00"})
	data["reconsider_by"] = notices.Day(2026, 5, 6)
	for language, items := range map[templates.Language][]string{
		templates.English: {"6 April 2026", "£613.70", "income for the tax year 2025 to 2026", "for: 3", "home: 1", "basic rate", "Shared care: −£12.00",
			"mandatory reconsideration", "6 May 2026", "appeal"},
		templates.Welsh: {"6 Ebrill 2026", "£613.70", "incwm y flwyddyn dreth 2025 i 2026", "cyfer: 3", "talu: 1", "cyfradd sylfaenol", "Gofal a rennir: −£12.00",
			"Ailystyriaeth orfodol", "6 Mai 2026", "apelio"},
	} {
		for _, form := range []notices.Form{notices.Email, notices.Letter} {
			r, err := n.Render(form, language, data)
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range items {
				if !strings.Contains(r.Text, item) {
					t.Errorf("%s %s does not say %q:\n%s", language, form, item, r.Text)
				}
			}
		}
	}
	data["income_counts"] = notices.Flag(false)
	if r, err := n.Render(notices.Letter, templates.English, data); err != nil || strings.Contains(r.Text, "613") || strings.Contains(r.Text, "HMRC") {
		t.Errorf("where income does not count it is not said: %v\n%s", err, r.Text)
	}
}

func TestTextsSayWhoWritesAndLinkNowhere(t *testing.T) {
	sender := map[templates.Language]string{templates.English: "Child Maintenance Service: ", templates.Welsh: "Gwasanaeth Cynhaliaeth Plant: "}
	for _, n := range set(t) {
		for _, language := range templates.Languages() {
			for _, r := range shown(t, n, notices.SMS, language) {
				if !strings.HasPrefix(r.Text, sender[language]) || strings.Contains(r.Text, templates.LinkDomain) || strings.Contains(r.Text, "  ") {
					t.Errorf("%s %s: %s", n.Name, language, r.Text)
				}
			}
		}
	}
}

// promise is a sentence that says we will be in touch.
var promise = regexp.MustCompile(`(?:[Ww]e|person) will (?:write|answer|get in touch|be in touch|send|call)\b[^.]*\.|[Bb]yddwn yn (?:ysgrifennu|ateb|cysylltu|anfon|eich ffonio)\b[^.]*\.|bydd person yn cysylltu[^.]*\.`)

func TestAPromiseHasADate(t *testing.T) {
	found := 0
	eachWording(t, func(name, text string) {
		for _, sentence := range promise.FindAllString(text, -1) {
			found++
			if !strings.Contains(sentence, "2026") && !strings.Contains(sentence, "by then") && !strings.Contains(sentence, "erbyn hynny") {
				t.Errorf("%s: %q has no date", name, sentence)
			}
		}
	})
	if found < 100 {
		t.Errorf("only %d promises were found", found)
	}
}

// accusing are words that take a claim for a fact or hint at who made it, and
// the service's own words that people outside do not say.
var accusing = regexp.MustCompile(`(?i)\b(reported|informed us|has told us|complained|you failed|you have failed|you must|wedi dweud wrthym fod|methoch|rhaid i chi dalu)\b`)
var jargon = regexp.MustCompile(`(?i)\b(NRP|PWC|GWI|qualifying child|non-resident|person with care|liabilit\w+|arrears|supersession|statutory|ôl-ddyled\w*)\b`)

func TestWordsAreFairAndPlain(t *testing.T) {
	eachWording(t, func(name, text string) {
		if word := accusing.FindString(text); word != "" {
			t.Errorf("%s says %q", name, word)
		}
		if word := jargon.FindString(text); word != "" {
			t.Errorf("%s says %q, a word of the service's own", name, word)
		}
	})
}

// A parent who is told that a payment has not come hears nothing of the other.
func TestMissedPaymentsNameNobody(t *testing.T) {
	for _, name := range []string{"payment-missed-paying", "payment-missed-receiving", "payment-still-missed", "part-payment", "arrears-statement", "arrears-plan-broken"} {
		for _, form := range allForms {
			for _, r := range shown(t, own(t, name), form, templates.English) {
				if strings.Contains(r.Text, "parent") {
					t.Errorf("%s %s speaks of a parent:\n%s", name, form, r.Text)
				}
			}
		}
	}
}

// eachWording calls with every text of every notice.
func eachWording(t *testing.T, do func(name, text string)) {
	t.Helper()
	for _, n := range set(t) {
		for _, language := range templates.Languages() {
			for _, form := range allForms {
				for _, r := range shown(t, n, form, language) {
					do(n.Name+" "+string(form)+" "+string(language), r.Subject+"\n"+r.Text)
				}
			}
		}
	}
}
