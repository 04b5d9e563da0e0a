package gateway_test

import (
	"strings"
	"testing/fstest"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/gatewaytest"
)

// shelf is a set of small dialogs, one of each part that conversations play:
// the welcome, a report, a question in between, two needs, what is for anybody,
// and what tells of the record.
var shelf = fstest.MapFS{
	"welcome/dialog.yaml": {Data: []byte(`dialog: welcome
title: Welcome
for: anyone
languages: [en, cy]
identity: unknown
steps:
- ask: about
  say: Hello. What is it about?
  choices: {pay: pay, sums: sums, other: something else}
- name: to-report
  when: about == "pay"
  end: chosen
  next: report
- name: to-sums
  when: about == "sums"
  end: chosen
  next: sums
- say: Thank you. We have your message.
`)},
	"welcome/cy.yaml": {Data: []byte(`title: Croeso
about: {say: Helo. Beth sydd dan sylw?, choices: {pay: cyflog, sums: symiau, other: rhywbeth arall}}
say-1: Diolch. Mae eich neges gennym.
`)},
	"report/dialog.yaml": {Data: []byte(`dialog: report
title: Report pay
for: paying parent
intents: [report-income-change]
languages: [en]
nudge: [2d]
steps:
- ask: direction
  say: Has it gone up or down?
  choices: {up: up, down: down}
- ask: since
  say: When did that happen?
  answer: date
- say: Thank you. That is all.
`)},
	"balance/dialog.yaml": {Data: []byte(`dialog: balance
title: The balance
for: anyone
intents: [payment-query]
languages: [en]
interrupts: true
steps:
- ask: which
  say: Which one do you mean?
  choices: {older: older, newer: newer}
- say: We have noted which.
`)},
	"job/dialog.yaml": {Data: []byte(`dialog: job
title: A new job
for: paying parent
intents: [new-job]
languages: [en]
steps:
- ask: employer
  say: Who is it with?
  answer: text up to 60 characters
- say: Thank you for telling us.
`)},
	"leaver/dialog.yaml": {Data: []byte(`dialog: leaver
title: A child who left school
for: paying parent
intents: [child-left]
languages: [en]
steps:
- say: Thank you. We note that.
`)},
	"sums/dialog.yaml": {Data: []byte(`dialog: sums
title: Sums
for: anyone
languages: [en]
identity: unknown
steps:
- ask: again
  say: Shall we work it out?
  answer: yes or no
- ask: more
  say: Have you all you need?
  answer: yes or no
- say: Thank you for asking.
`)},
	"figures/dialog.yaml": {Data: []byte(`dialog: figures
title: Your figures
for: paying parent
intents: [calculation-query]
languages: [en]
identity: confirmed
steps:
- call: account
  save: account
  fails: handoff
- when: not discreet
  say: Your plan is £((account.regular)).
`)},
}

// phrases are read beside the reviewed lists.
type phrases struct{ gateway.Understanding }

func (p phrases) Read(text string) gateway.Reading {
	intents := map[string]string{"when is my next payment?": "payment-query", "i have a new job": "new-job", "she left school": "child-left", "how is it worked out?": "calculation-query"}
	if intent, ok := intents[strings.ToLower(text)]; ok {
		return gateway.Reading{Intent: intent}
	}
	return p.Understanding.Read(text)
}

// useShelf makes the gateway anew with the small dialogs.
func (h *house) useShelf() {
	h.t.Helper()
	h.config.Understanding = phrases{gatewaytest.Understanding(h.t)}
	all, err := dialogs.Load(shelf)
	if err != nil {
		h.t.Fatal(err)
	}
	h.useDialogs(all)
}
