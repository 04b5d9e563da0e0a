package store_test

import (
	"fmt"
	"testing"
	"time"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/store"
)

// lifeTime is when everything in a planted life happens.
var lifeTime = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// canary is a word that is one person's, and can be searched for.
func canary(id directory.PersonID, what string) string { return fmt.Sprintf("canary-%s-%s", id, what) }

// phoneOf is the number of the n-th person, from the range kept for fiction
// (Ofcom: 07700 900000 to 900999).
func phoneOf(n int) string { return fmt.Sprintf("+447700900%03d", n) }

// plantLife plants a case of two parents, and of each of them something in every
// table that can hold what is somebody's, marked by their canaries.
func plantLife(t *testing.T, s *store.Store, paying, receiving directory.PersonID, reference directory.CaseReference) {
	t.Helper()
	if _, err := s.Writer().Exec(`CREATE TABLE IF NOT EXISTS timers (kind TEXT, conversation TEXT, message TEXT, at BIGINT)`); err != nil {
		t.Fatal(err)
	}
	last := 10 * int(reference[len(reference)-1]-'0') // numbers of their own for each case
	record := directory.Case{
		Reference: reference, Team: "leeds-2", Nation: directory.England,
		PayingParent: personOf(paying, 101+last),
		ReceivingParents: []directory.ReceivingParent{{
			Reference: reference + "9", Person: personOf(receiving, 201+last),
			Children: []directory.Child{{ID: "C-" + string(receiving), Name: canary(receiving, "child")}},
		}},
		Income: directory.Income{TaxYear: canary(paying, "tax-year")},
	}
	must(t, s.PutCase(t.Context(), record, lifeTime.Add(-40*24*time.Hour)))
	record.PayingParent.Phone, record.ReceivingParents[0].Phone = phoneOf(102+last), phoneOf(202+last) // the old ones are kept a while
	must(t, s.PutCase(t.Context(), record, lifeTime))
	plan, err := s.LastPlan(t.Context(), reference)
	must(t, err)
	must(t, s.PutPlan(t.Context(), record, gateway.PaymentPlan{Number: plan.Number + 1, Version: plan.Version}, lifeTime, nil, nil))
	for i, id := range []directory.PersonID{paying, receiving} {
		l := &life{t: t, s: s, of: id, reference: reference, sms: gateway.Address{Channel: directory.SMS, Value: phoneOf(102 + last + 100*i)}}
		l.talks()
		l.visits()
		l.work()
	}
	must(t, s.PutPayments(t.Context(), []directory.Payment{{ID: "BACS-" + string(reference), Case: reference, To: receiving, Amount: 1}}, lifeTime, nil))
}

func personOf(id directory.PersonID, phone int) directory.Person {
	return directory.Person{
		ID: id, Name: canary(id, "name"), Postcode: canary(id, "postcode"), PINHash: canary(id, "pin"), NationalInsurance: canary(id, "insurance"),
		Phone: phoneOf(phone), Email: canary(id, "email") + "@example.org", PostalAddress: []string{canary(id, "street")},
		Risk: &directory.Risk{Kind: canary(id, "risk")}, Needs: []string{canary(id, "need")},
	}
}

// life is what one person leaves behind.
type life struct {
	t         *testing.T
	s         *store.Store
	of        directory.PersonID
	reference directory.CaseReference
	sms       gateway.Address
}

func (l *life) id(what string) string        { return what + "-" + string(l.of) }
func (l *life) word(what string) string      { return canary(l.of, what) }
func (l *life) bytes(what string) []byte     { return []byte(l.word(what)) }
func (l *life) visit() gateway.VisitID       { return gateway.VisitID(l.id("visit")) }
func (l *life) call() gateway.VisitID        { return gateway.VisitID(l.id("call")) }
func (l *life) talk() gateway.ConversationID { return gateway.ConversationID(l.id("talk")) }

// talks are conversations by text, with what came of them.
func (l *life) talks() {
	turn := gateway.Turn{
		ID: l.id("turn"), At: lifeTime, Begins: true,
		Conversation: &gateway.Conversation{
			ID: l.talk(), Person: l.of, Case: l.reference, Dialog: "income-change", Version: "sha256:1", Address: l.sms,
			Phase: gateway.Open, Turn: 1, State: l.bytes("state"), Created: lifeTime, LastSaid: lifeTime,
		},
		Inbound: &gateway.InboundRecord{
			ID: gateway.MessageID(l.id("in")), Person: l.of, Kind: "turn", At: lifeTime,
			Inbound: gateway.Inbound{ProviderID: l.id("SM"), From: l.sms, To: "+447700900000", Text: l.word("said"), Unverified: l.word("doubt")},
		},
		Outgoing: []gateway.Message{{
			ID: gateway.MessageID(l.id("out")), Conversation: l.talk(), Turn: 1, Person: l.of, Case: l.reference, To: l.sms, Language: "en",
			Subject: gateway.Reply, Text: l.word("heard"), Ask: &dialogs.Ask{Help: l.word("help")}, NotBefore: lifeTime, Created: lifeTime,
		}},
		Record:      []byte(`{"text": "` + l.word("record") + `"}`),
		Reports:     []gateway.Report{{ID: l.id("report"), Key: l.id("report"), Case: l.reference, Person: l.of, Conversation: l.talk(), Answers: l.bytes("answers"), Created: lifeTime}},
		Idempotency: &gateway.IdempotentRow{Key: l.id("key"), Answer: l.bytes("answer")},
		OptOut:      &gateway.OptOut{Address: l.sms, Out: true, At: lifeTime},
		WorkItems:   []gateway.WorkItem{{ID: l.id("task"), Key: l.id("task"), Kind: gateway.HandoffWork, Case: l.reference, Person: l.of, Conversation: l.talk(), Created: lifeTime}},
	}
	must(l.t, l.s.Commit(l.t.Context(), turn))
	must(l.t, l.s.AddLabel(l.t.Context(), gateway.Label{ID: l.id("label"), Message: gateway.MessageID(l.id("in")), By: "ann", At: lifeTime, Intents: []string{l.word("intent")}}))
	kept := gateway.Kept{ID: gateway.MessageID(l.id("kept")), Inbound: gateway.Inbound{ProviderID: l.id("SMkept"), From: l.sms, Text: l.word("kept")}, At: lifeTime}
	must(l.t, l.s.Keep(l.t.Context(), kept, gateway.Timer{}))
	must(l.t, l.s.KeepFile(l.t.Context(), gateway.File{ID: gateway.FileID(l.id("file")), Person: l.of, From: l.sms, Name: l.word("file"), At: lifeTime}))
}

// visits are those to web chat and by telephone.
func (l *life) visits() {
	link := l.id("link")
	must(l.t, l.s.KeepLink(l.t.Context(), link, l.sms, l.of, l.talk(), lifeTime.Add(time.Hour)))
	_, err := l.s.BeginVisit(l.t.Context(), gateway.Visit{ID: l.visit(), Began: lifeTime, Seen: lifeTime}, l.id("secret"), link)
	must(l.t, err)
	_, err = l.s.Show(l.t.Context(), l.visit(), gateway.Entry{Message: gateway.MessageID(l.id("entry")), Text: l.word("entry"), At: lifeTime})
	must(l.t, err)
	must(l.t, l.s.KeepCharge(l.t.Context(), gateway.Charge{ID: l.id("charge"), Visit: l.visit(), Person: l.of, Case: l.reference, State: gateway.Going, Started: lifeTime}))
	call := gateway.Call{ID: l.call(), From: l.sms.Value, Person: l.of, Case: l.reference, Topic: l.word("topic"), State: "talking", Began: lifeTime, Seen: lifeTime}
	must(l.t, l.s.BeginCall(l.t.Context(), call, l.id("call secret")))
	must(l.t, l.s.IdentifyCall(l.t.Context(), l.call(), l.of, lifeTime))
	must(l.t, l.s.KeepCheck(l.t.Context(), gateway.Check{ID: l.id("check"), Person: l.of, By: "ann", Number: l.sms.Value, At: lifeTime}))
}

// work is what staff did and wrote.
func (l *life) work() {
	ctx := l.t.Context()
	task, _, err := l.s.Task(ctx, l.id("task"))
	must(l.t, err)
	change := gateway.TaskChange{Task: task, Was: task.Acts, Note: gateway.TaskNote{Number: task.Version + 1, At: lifeTime, By: "ann", What: "noted", Note: l.word("work note")}}
	change.Task.Version++
	_, err = l.s.ChangeTasks(ctx, []gateway.TaskChange{change})
	must(l.t, err)
	must(l.t, l.s.AddCaseNote(ctx, gateway.CaseNote{ID: l.id("note"), Case: l.reference, Person: l.of, By: "ann", At: lifeTime, Text: l.word("note")}))
	must(l.t, l.s.AddAuthority(ctx, l.id("authority"), gateway.Authority{Who: l.word("adviser"), For: l.of, By: "ann", At: lifeTime}))
	must(l.t, l.s.OpenCase(ctx, directory.StaffID("ann-"+string(l.of)), l.reference, "asked by telephone", lifeTime))
	must(l.t, l.s.Acquaint(ctx, "bob", l.of, true, lifeTime))
	must(l.t, l.s.RecordAudit(ctx, gateway.AuditEntry{ID: l.id("audit"), At: lifeTime, Staff: "ann", Action: "saw person", Person: l.of, Reason: l.word("reason")}))
}
