package routes_test

import (
	"testing"

	"parley/gateway/directory"
	"parley/gateway/routes"
)

func shipped(t *testing.T) *routes.Table {
	t.Helper()
	table, err := routes.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestWhereMessagesLead(t *testing.T) {
	paying := routes.Writer{Parent: directory.Paying, Identity: directory.Known, State: routes.Open}
	receiving := routes.Writer{Parent: directory.Receiving, Identity: directory.Known, State: routes.Open}
	closed, protected := paying, receiving
	closed.State, protected.State = routes.Closed, routes.Protected
	nobody := routes.Writer{}
	none := func(text string) routes.Message { return routes.Message{Intent: "none", Text: text} }
	for _, test := range []struct {
		name    string
		message routes.Message
		writer  routes.Writer
		to      string
	}{
		{"a payer's job", routes.Message{Intent: "lost-job", Of: routes.Own}, paying, "job-change"},
		{"the job of who is paid does not count", routes.Message{Intent: "lost-job", Of: routes.Own}, receiving, "own-income"},
		{"the other parent's does", routes.Message{Intent: "lost-job", Of: routes.Other}, receiving, "other-parent-income"},
		{"nobody else's does", routes.Message{Intent: "lost-job", Of: routes.Other}, paying, "payers-income"},
		{"a case to be closed", routes.Message{Intent: "close-case"}, paying, "close-case"},
		{"of somebody at risk", routes.Message{Intent: "close-case"}, protected, "handoff"},
		{"that is closed", routes.Message{Intent: "close-case"}, closed, "handoff"},
		{"a case, from nobody known", routes.Message{Intent: "missed-payment"}, nobody, "welcome"},
		{"an amount, from nobody known", routes.Message{Intent: "calculation-query"}, nobody, "calculator"},

		{"is it us", none("Is this really you?"), paying, "is-this-you"},
		{"is it us, from nobody known", none("is this text a scam"), nobody, "is-this-you"},
		{"in Welsh", none("Ydi'r neges yma'n ddilys"), paying, "is-this-you"},
		{"a PIN", none("I've forgotten my PIN"), receiving, "account-access"},
		{"a PIN in Welsh", none("wedi anghofio fy mhin"), receiving, "account-access"},
		{"who they are", none("how do I prove it's me?"), paying, "identity"},
		{"prison", routes.Message{Intent: "cannot-pay", Text: "im in prison and cant pay"}, paying, "life-change"},
		{"abroad", routes.Message{Intent: "change-address", Text: "we're moving to Spain"}, paying, "life-change"},
		{"not abroad", routes.Message{Intent: "change-address", Text: "we're moving to Leeds"}, paying, "contact-details"},
		{"a debt that is not theirs", routes.Message{Intent: "payment-query", Text: "I don't owe that much"}, paying, "arrears-dispute"},
		{"letters only", routes.Message{Intent: "opt-out", Wish: "letter", Text: "letters only please"}, receiving, "safe-contact"},
		{"after six", routes.Message{Intent: "opt-out", Text: "text me only after 6"}, receiving, "safe-contact"},
		{"a solicitor", none("i need a solicitor"), paying, "legal-advice"},
		{"another office", routes.Message{Intent: "none", Pointer: "council tax"}, nobody, "council-tax"},
		{"anything", none("hm"), paying, "welcome"},
	} {
		t.Run(test.name, func(t *testing.T) {
			to := shipped(t).Lead(test.message, test.writer)
			if to.Dialog != test.to && to.Work != test.to && to.Signpost != test.to {
				t.Errorf("%+v leads to %+v, want %s", test.message, to, test.to)
			}
		})
	}
}

// The marker of anybody but the writer must not show, and what a case is must not
// show in words to somebody who has shown nothing: both are of the record.
func TestWordsDoNotTellOfTheCase(t *testing.T) {
	table := shipped(t)
	for _, intent := range table.Intents() {
		for _, parent := range []directory.Role{directory.Paying, directory.Receiving} {
			said := map[string]bool{}
			for _, state := range []routes.State{routes.Application, routes.Open, routes.Closed, routes.Protected} {
				if to := table.Lead(routes.Message{Intent: intent}, routes.Writer{Parent: parent, Identity: directory.Known, State: state}); to.Signpost != "" {
					said[to.Signpost] = true
				} else {
					said[""] = true
				}
			}
			if len(said) > 1 {
				t.Errorf("%s of a %s is answered %v, by the state of the case", intent, parent, said)
			}
		}
	}
}

// Anybody can write anything.
func FuzzLead(f *testing.F) {
	f.Add("is this really you", "none", "letter")
	table, err := routes.Shipped()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text, intent, wish string) {
		m := routes.Message{Intent: intent, Wish: wish, Text: text}
		for _, intent := range []string{intent, "none"} {
			m.Intent = intent
			to := table.Lead(m, routes.Writer{})
			if intent == "none" && to.Nowhere() {
				t.Errorf("%q leads nowhere", text)
			}
			if to.Work != "" {
				t.Errorf("%q of nobody is work: %+v", text, to)
			}
		}
	})
}
