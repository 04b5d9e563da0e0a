package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
)

// A copy of the database tells nothing of anybody: every text that is
// somebody's is planted, and looked for in the bytes of the files.
func TestAStolenDatabaseTellsNothing(t *testing.T) {
	folder := t.TempDir()
	s := open(t, filepath.Join(folder, "parley.db"))
	if _, err := s.Writer().Exec(`CREATE TABLE timers (kind TEXT, conversation TEXT, message TEXT, at BIGINT)`); err != nil {
		t.Fatal(err)
	}
	planted := map[string]string{}
	plant := func(what string) string {
		planted[what] = "Canary-" + strings.ReplaceAll(what, " ", "-")
		return planted[what]
	}
	phone, email := "+447700900777", "canary.person@example.org"
	planted["phone"], planted["email"] = phone, email
	sms := gateway.Address{Channel: directory.SMS, Value: phone}
	record := directory.Case{
		Reference: "300012345678",
		PayingParent: directory.Person{
			ID: "P1", Name: plant("name"), Postcode: plant("postcode"), PIN: plant("PIN"), Phone: phone, Email: email,
			Risk: &directory.Risk{Kind: plant("risk")}, Needs: []string{plant("need")},
		},
		ReceivingParents: []directory.ReceivingParent{{
			Person: directory.Person{ID: "R1", Name: plant("other name")}, Children: []directory.Child{{ID: "C1", Name: plant("child")}},
		}},
	}
	kept := gateway.Kept{ID: "M9", Inbound: gateway.Inbound{ProviderID: "SM9", From: sms, To: plant("our address"), Text: plant("kept text")}, At: benchmarkTime}
	turn := benchmarkTurn(1, 1)
	turn.Conversation.Address, turn.Inbound.From, turn.Outgoing[0].To = sms, sms, sms
	turn.Conversation.State, turn.Record = []byte(plant("state")), []byte(plant("turn record"))
	turn.Inbound.Text, turn.Outgoing[0].Text = plant("text in"), plant("text out")
	turn.Reports = []gateway.Report{{ID: "A1", Key: "A1", Answers: []byte(plant("answers")), Results: []byte(plant("results"))}}
	turn.Idempotency = &gateway.IdempotentRow{Key: "key", Answer: []byte(plant("API answer"))}
	turn.OptOut = &gateway.OptOut{Address: sms, Out: true, At: benchmarkTime}
	visit := gateway.Visit{ID: "W1", Began: benchmarkTime, Seen: benchmarkTime}
	turn.Outgoing[0].Ask = &dialogs.Ask{Help: plant("ask")}
	turn.Inbound.Unverified = plant("doubt")
	secret, link := plant("visit secret"), plant("link")
	entry := gateway.Entry{Message: "M7", Text: plant("entry"), Ask: &dialogs.Ask{Help: plant("entry's ask")}, At: benchmarkTime}
	file := gateway.File{ID: "F1", From: sms, Name: plant("file name"), Digest: plant("digest"), At: benchmarkTime}
	payment := directory.Payment{ID: "BACS-1", Case: "300012345678", To: directory.PersonID(plant("who was paid")), Amount: 1}
	for _, err := range []error{
		s.PutPayments(t.Context(), []directory.Payment{payment}, benchmarkTime, nil), s.PutCase(t.Context(), record, benchmarkTime), s.Keep(t.Context(), kept, gateway.Timer{}),
		s.Commit(t.Context(), turn), s.KeepLink(t.Context(), link, sms, "P1", "V1", benchmarkTime), s.KeepFile(t.Context(), file), s.Suspend(t.Context(), sms, benchmarkTime),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.BeginVisit(t.Context(), visit, secret, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Show(t.Context(), visit.ID, entry); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	var everything []byte
	for _, file := range files { // the write-ahead log among them
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		everything = append(everything, content...)
	}
	if !bytes.Contains(everything, []byte("300012345678")) {
		t.Fatal("not even the case reference is there: this test looks in the wrong place")
	}
	for what, canary := range planted {
		if bytes.Contains(everything, []byte(canary)) {
			t.Errorf("the %s can be read", what)
		}
	}
}
