package console

import (
	"net/http"
	"strings"
	"testing"

	"parley/gateway/directory"
)

// wants checks that a page shows some words, and not others that begin with !.
func wants(t *testing.T, what string, got answer, status int, words ...string) {
	t.Helper()
	if got.status != status {
		t.Errorf("%s: answered %d, want %d", what, got.status, status)
	}
	for _, word := range words {
		if without, absent := strings.CutPrefix(word, "!"); absent && strings.Contains(got.body, without) {
			t.Errorf("%s: shows %q", what, without)
		} else if !absent && !strings.Contains(got.body, word) {
			t.Errorf("%s: does not show %q", what, word)
		}
	}
}

func TestAConversationIsTakenOverAndHandedBack(t *testing.T) {
	o := newOffice(t)
	amara, bethan := o.signIn(t, "amara"), o.signIn(t, "bethan")
	o.parent(t, "PAY")
	o.parent(t, "down")
	page := "/console/conversations/" + string(o.open(t).ID)
	wants(t, "the page", amara.get(page), http.StatusOK, "Sam Example", "Has your pay before tax gone up or down?", "read as a change of pay, 90% sure", "Put right", `key">Has your pay before tax gone up or down?</dt>`, "Take over", "!Write to them")

	if got := amara.post(page+"/take-over", "from", ""); got.status != http.StatusSeeOther {
		t.Fatalf("taking over is answered %d", got.status)
	}
	wants(t, "once taken", amara.get(page), http.StatusOK, "Write to them", "took over", "Ready replies")
	wants(t, "a colleague's page", bethan.get(page), http.StatusOK, "Amara Okafor", "!/write\"")
	if got := bethan.post(page+"/take-over", "from", ""); got.status != http.StatusConflict {
		t.Errorf("a colleague takes it as if nobody had it: %d", got.status)
	}
	if got := bethan.post(page+"/write", "text", "hello", "send", "yes", "after", "0"); got.status != http.StatusForbidden {
		t.Errorf("a colleague writes: %d", got.status)
	}

	wants(t, "what will be sent", amara.post(page+"/write", "text", "Is it £410 a week?", "after", "0"), http.StatusOK, "This will be sent", "Is it £410 a week?", "Text message, 1 part", "At once")
	if sent := o.deliver(t); len(sent) != 0 || o.audit.last().Action != "saw conversation" {
		t.Errorf("a look sent %q, and is recorded as %q", sent, o.audit.last().Action)
	}
	for range 2 {
		amara.post(page+"/write", "text", "Is it £410 a week?", "after", "3", "send", "yes")
	}
	if sent := o.deliver(t); len(sent) != 1 || sent[0] != "Is it £410 a week?" {
		t.Errorf("sent %q", sent)
	}
	wants(t, "nothing to send", amara.post(page+"/write", "text", " ", "after", "0"), http.StatusUnprocessableEntity, "Write what you want to send")
	wants(t, "the other's number", amara.post(page+"/write", "text", "Ring 07700 900102", "send", "yes", "after", "9"), http.StatusUnprocessableEntity, "a phone number", "Ring 07700 900102")
	wants(t, "too long", amara.post(page+"/write", "text", strings.Repeat("word ", 250), "send", "yes", "after", "9"), http.StatusUnprocessableEntity, "6 parts")
	wants(t, "a ready reply", amara.post(page+"/write", "canned", "safe", "after", "9"), http.StatusOK, "Is it safe to talk now?")
	wants(t, "suggested replies", amara.get(page), http.StatusOK, "Suggested replies", `name="suggested" value="How much are you paid now`, "Your payslip may call it gross pay", "From which day did that change?")
	wants(t, "a suggested reply", amara.post(page+"/write", "text", "Hello.", "suggested", "From which day did that change?", "after", "9"), http.StatusOK, "This will be sent", "From which day did that change?")
	wants(t, "no such reply", amara.post(page+"/write", "canned", "rude", "after", "9"), http.StatusNotFound)

	wants(t, "what can be answered for them", amara.get(page), http.StatusOK,
		`<option value="pay">How much are you paid now`, `<option value="direction">Has your pay before tax`)
	wants(t, "an answer that cannot be read", amara.post(page+"/hand-back", "question", "pay", "answer", "a lot"), http.StatusUnprocessableEntity, "cannot be read")
	amara.post(page+"/hand-back", "question", "pay", "answer", "410 a week")
	if sent := o.deliver(t); len(sent) != 1 || !strings.HasPrefix(sent[0], "When did your pay change?") {
		t.Errorf("after it was handed back: %q", sent)
	}
	wants(t, "two turns before", amara.get(page+"?turn=1"), http.StatusOK, "as it was after turn 1", "It then waited for: direction", "!took over")
	wants(t, "a turn that never was", amara.get(page+"?turn=99"), http.StatusOK, "!as it was after")
}

func TestAConversationIsEnded(t *testing.T) {
	o := newOffice(t)
	amara := o.signIn(t, "amara")
	o.parent(t, "PAY")
	page := "/console/conversations/" + string(o.open(t).ID)
	amara.post(page+"/take-over", "from", "")
	wants(t, "without an outcome", amara.post(page+"/close"), http.StatusUnprocessableEntity, "Choose how it ended")
	amara.post(page+"/close", "outcome", "resolved")
	wants(t, "afterwards", amara.get(page), http.StatusOK, "Ended", "!Take over")
	wants(t, "another word", amara.post(page+"/take-over", "from", "amara"), http.StatusUnprocessableEntity, "has ended")
}

func TestWhatIsForeseenIsStarted(t *testing.T) {
	o := newOffice(t)
	amara := o.signIn(t, "amara")
	const page = "/console/cases/300012345678/connect/P1"
	wants(t, "the form", amara.get(page), http.StatusOK, "Sam Example", "Report a change of income", "Payslips")
	wants(t, "nothing chosen", amara.post(page), http.StatusUnprocessableEntity, "Choose what it is about")
	wants(t, "nothing asked", amara.post(page, "dialog", "information-request"), http.StatusUnprocessableEntity, "Choose what we need to know")
	form := []string{"dialog", "information-request", "needed", "payslips", "needed", "question", "question", "Which school?", "key", "K1"}
	wants(t, "what will be sent", amara.post(page, form...), http.StatusOK, "They will get this", "Text message", "At once")
	if sent := o.deliver(t); len(sent) != 0 || o.audit.last().Action != "saw person" {
		t.Fatalf("a look sent %q, and is recorded as %q", sent, o.audit.last().Action)
	}
	form = append(form, "send", "yes")
	if got := amara.post(page, form...); got.status != http.StatusSeeOther || !strings.HasPrefix(got.to, "/console/conversations/") {
		t.Fatalf("starting is answered %d %q", got.status, got.to)
	}
	amara.post(page, form...) // pressed twice
	if sent := o.deliver(t); len(sent) < 1 {
		t.Fatalf("sent %q", sent)
	}
	if waiting, err := o.store.Queue(t.Context(), o.openPartner()); err != nil || len(waiting) != 0 {
		t.Errorf("beside it waits %v, %v", waiting, err)
	}
	if by := o.open(t).By; by != "amara" {
		t.Errorf("it was begun by %q", by)
	}
	wants(t, "somebody who is not on the case", amara.get("/console/cases/300012345678/connect/P9"), http.StatusNotFound)
}

func TestManyAreStarted(t *testing.T) {
	o := newOffice(t)
	bethan := o.signIn(t, "bethan")
	form := []string{"dialog", "income-change", "role", "paying parent", "list", "300012345678, 300099999999", "key", "K1"}
	wants(t, "the way there", bethan.get("/console/work"), http.StatusOK, `href="/console/connect"`)
	wants(t, "the dry run", bethan.post("/console/connect", form...), http.StatusOK, "Sam Example", "Mae", "300099999999"[:4])
	if sent := o.deliver(t); len(sent) != 0 {
		t.Fatalf("a dry run sent %q", sent)
	}
	for range 2 {
		bethan.post("/console/connect", append(form, "send", "yes")...)
	}
	if sent := o.deliver(t); len(sent) != 1 {
		t.Errorf("sent %q", sent)
	}
	wants(t, "the other parent's", bethan.post("/console/connect", "dialog", "income-change", "role", "receiving parent", "list", "300012345678"),
		http.StatusUnprocessableEntity, "ddeialog honno ar gyfer y rhiant arall")
	wants(t, "by whom they are for", bethan.get("/console/connect"), http.StatusOK, `<p class="govuk-hint">rhiant sy`, `id="dialog-income-change"`)
	wants(t, "no case", bethan.post("/console/connect", "dialog", "income-change"), http.StatusUnprocessableEntity)
	wants(t, "too many", bethan.post("/console/connect", "dialog", "income-change", "list", strings.Repeat("300012345678 ", 201)), http.StatusUnprocessableEntity)
}

// Danger is marked, and released by a specialist, in the conversation itself,
// and whoever did it is led back to it.
func TestDangerInAConversation(t *testing.T) {
	o := newOffice(t)
	callable := officeCase()
	callable.PayingParent.SafeContact = &directory.SafeContact{Channels: []directory.Channel{directory.SMS, directory.Voice}}
	if err := o.store.PutCase(t.Context(), callable, o.clock()); err != nil {
		t.Fatal(err)
	}
	amara, noor := o.signIn(t, "amara"), o.signIn(t, "noor")
	o.parent(t, "PAY")
	page := "/console/conversations/" + string(o.open(t).ID)
	wants(t, "the page", amara.get(page), http.StatusOK, "07700 900101", "Mark danger", `value="`+page+`"`, "!Release the hold")
	for _, deed := range []struct {
		by     *tab
		what   string
		fields []string
	}{
		{amara, "called-back", nil},
		{amara, "danger", []string{"kind", "abuse"}},
		{noor, "release", []string{"reason", "Spoke to her sister."}},
	} {
		noor.post("/console/open", "case", "300012345678", "reason", "danger was marked")
		got := deed.by.post("/console/people/P1/"+deed.what, append(deed.fields, "case", "300012345678", "to", page)...)
		if got.status != http.StatusSeeOther || got.to != page {
			t.Errorf("%s is answered %d and leads to %q", deed.what, got.status, got.to)
		}
		if deed.what == "danger" {
			wants(t, "to a specialist", noor.get(page), http.StatusOK, "Danger hold", "Release the hold")
		}
	}
	wants(t, "afterwards", amara.get(page), http.StatusOK, "Checked", "!Danger hold")
	wants(t, "elsewhere", amara.post("/console/people/P1/danger", "kind", "abuse", "case", "300012345678", "to", "https://evil.example/"), http.StatusSeeOther)
}
