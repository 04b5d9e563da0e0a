package dialogs_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/dialogs"
)

var yesAndNo = []dialogs.Option{{Value: "yes", Label: "yes"}, {Value: "no", Label: "no"}}

// TestWhatAQuestionAsksFor is what a page has to know to draw each kind.
func TestWhatAQuestionAsksFor(t *testing.T) {
	for answer, want := range map[string]dialogs.Ask{
		"yes or no":                       {Kind: dialogs.ForYesNo, Options: yesAndNo},
		"money":                           {Kind: dialogs.ForMoney},
		"money per period or \"nothing\"": {Kind: dialogs.ForMoneyPerPeriod, Words: []dialogs.Option{{Value: "nothing", Label: "nothing"}}},
		"date":                            {Kind: dialogs.ForDate},
		"number":                          {Kind: dialogs.ForNumber},
		"number 1 to 10":                  {Kind: dialogs.ForNumber, Least: 1, Most: 10},
		"nights":                          {Kind: dialogs.ForNights},
		"name":                            {Kind: dialogs.ForName},
		"address":                         {Kind: dialogs.ForAddress, Private: true},
		"postcode":                        {Kind: dialogs.ForPostcode, Private: true},
		"phone":                           {Kind: dialogs.ForPhone, Private: true},
		"email":                           {Kind: dialogs.ForEmail, Private: true},
		"National Insurance number":       {Kind: dialogs.ForNI, Private: true},
		"case reference":                  {Kind: dialogs.ForCase, Private: true},
		"text":                            {Kind: dialogs.ForText, Longest: 2000},
		"text up to 20 characters":        {Kind: dialogs.ForText, Longest: 20},
		"file or \"later\"":               {Kind: dialogs.ForFile, Words: []dialogs.Option{{Value: "later", Label: "later"}}},
		"many\n  choices: {a: an ape}":    {Kind: dialogs.ForMany, Options: []dialogs.Option{{Value: "a", Label: "an ape"}}},
	} {
		t.Run(answer, func(t *testing.T) {
			d := compiled(t, "- ask: it\n  say: What?\n  help: Look.\n  answer: "+answer+"\n- ask: more\n  say: More?\n  answer: text\n")
			want.Step, want.Help, want.Left = "it", "Look.", 1
			m := talk(t, d, known()).Messages[0]
			if diff := cmp.Diff(&want, m.Ask); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatAConversationAsksFor(t *testing.T) {
	d := load(t, "income-change")
	period := []dialogs.Option{{Value: "week", Label: "a week"}, {Value: "fortnight", Label: "a fortnight"},
		{Value: "four_weeks", Label: "every 4 weeks"}, {Value: "month", Label: "a month"}, {Value: "year", Label: "a year"}}
	const help = "Your payslip may call it gross pay."
	const nothing = "Write an amount in pounds, like 410 a week."
	for _, c := range []struct {
		name string
		said []string
		want dialogs.Ask
	}{
		{"a choice", nil, dialogs.Ask{Step: "direction", Kind: dialogs.ForChoice, Left: 3, Help: "Compare your usual pay now with your usual pay before it changed.",
			Options: []dialogs.Option{{Value: "up", Label: "up"}, {Value: "down", Label: "down"}, {Value: "same", Label: "about the same"}}}},
		{"why an answer was not taken", []string{"down", "lots"}, dialogs.Ask{Step: "pay", Kind: dialogs.ForMoneyPerPeriod, Left: 2,
			Help: help, Problem: nothing, Back: true, Private: true}},
		{"the same twice, with the help", []string{"down", "lots", "lots"}, dialogs.Ask{Step: "pay", Kind: dialogs.ForMoneyPerPeriod, Left: 2,
			Help: help, Problem: nothing + " " + help, Back: true, Private: true}},
		{"how often", []string{"down", "410"}, dialogs.Ask{Step: "pay", Kind: dialogs.ForPeriod, Options: period, Left: 2, Help: help, Back: true, Private: true}},
		{"whether it was meant", []string{"down", "about 410 a week"}, dialogs.Ask{Step: "pay", Kind: dialogs.ForYesNo, Options: yesAndNo, Left: 2, Help: help, Back: true, Private: true}},
		{"a check", []string{"same"}, dialogs.Ask{Step: "check", Kind: dialogs.ForCheck, Back: true, Private: true,
			Rows: []dialogs.Row{{Number: 1, Label: "Your pay", Value: "about the same"}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := talk(t, d, known(), c.said...)
			m := out.Messages[len(out.Messages)-1]
			if diff := cmp.Diff(&c.want, m.Ask); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAPageDrawsTheCheckAgainWhereAnAnswerIsWrong(t *testing.T) {
	facts := known()
	facts.Channel = "webchat"
	m := talk(t, load(t, "income-change"), facts, "same", "no").Messages[0]
	if m.Ask == nil || m.Ask.Kind != dialogs.ForCheck || len(m.Ask.Rows) != 1 || m.Ask.Problem == "" {
		t.Errorf("says %q and asks %+v", m.Words, m.Ask)
	}
}
