package gatewaytest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// SystemOfRecord is a gateway.Store with what the import, the API and the
// console write and read beside it.
type SystemOfRecord interface {
	gateway.Store
	gateway.Charges
	gateway.Calls
	gateway.Audit
	PutCase(ctx context.Context, c directory.Case, at time.Time) error
	PutCaseOnce(ctx context.Context, c directory.Case, at time.Time, row *gateway.IdempotentRow) error
	Cases(ctx context.Context, references ...directory.CaseReference) ([]directory.Case, error)
	PutPayments(ctx context.Context, payments []directory.Payment, at time.Time, row *gateway.IdempotentRow) error
	Reports(ctx context.Context, reference directory.CaseReference) ([]gateway.Report, error)
	WorkItems(ctx context.Context, f gateway.WorkItemFilter) ([]gateway.WorkItem, error)
	TurnRecord(ctx context.Context, id gateway.ConversationID, number int) ([]byte, error)
	Idempotent(ctx context.Context, key string) (gateway.IdempotentRow, error)
	ReleaseHold(ctx context.Context, id, specialist string, at time.Time) error
	Suspend(ctx context.Context, a gateway.Address, at time.Time) error
	Resume(ctx context.Context, a gateway.Address) error
	Close() error
}

// StoreUnderTest is an implementation of gateway.Store that holds nothing yet,
// and what the suite does to it.
type StoreUnderTest struct {
	SystemOfRecord
	Again  func(t testing.TB) SystemOfRecord // opens the same database once more
	Nodes  bool                              // several may be open on one database at once
	Timers func(t testing.TB) []gateway.Timer
}

// FailingTimer is a kind of timer that cannot be set: the implementation must
// be opened so that a turn with one fails.
const FailingTimer gateway.TimerKind = "fails"

// Store proves an implementation of gateway.Store. Open makes a new one, which
// must end with its test.
func Store(t *testing.T, open func(t testing.TB) StoreUnderTest) {
	groups := []map[string]func(*storeProof){
		directoryProofs, senderProofs, conversationProofs, onceProofs, keptProofs,
		claimProofs, laneProofs, settlementProofs, gateProofs, nodeProofs, visitProofs, fileProofs, paymentProofs,
		noticeProofs, campaignProofs, planProofs, lossProofs, chargeProofs, callProofs, staffProofs, searchProofs, noteProofs, labelProofs, auditProofs, workProofs,
	}
	for _, proofs := range groups {
		for name, prove := range proofs {
			t.Run(name, func(t *testing.T) {
				prove(&storeProof{T: t, StoreUnderTest: open(t)})
			})
		}
	}
}

// storeProof is one test of a store.
type storeProof struct {
	*testing.T
	StoreUnderTest
}

// storeTime is the moment that the suite lives in.
var storeTime = time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)

// must ends the test when what it builds on does not work.
func (p *storeProof) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

// wantError checks that a call is refused, and how.
func (p *storeProof) wantError(what string, got, want error) {
	p.Helper()
	if !errors.Is(got, want) {
		p.Errorf("%s: got error %v, want %v", what, got, want)
	}
}

// want compares what a call gave; nil and empty are alike.
func want[T any](p *storeProof, what string, got, want T) {
	p.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		p.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// smsOf and emailOf are addresses of the suite's people.
func smsOf(number int) gateway.Address {
	return gateway.Address{Channel: directory.SMS, Value: fmt.Sprintf("+447700900%03d", number)}
}

func emailOf(name string) gateway.Address {
	return gateway.Address{Channel: directory.Email, Value: name + "@example.org"}
}

// twoParents is a case of P1, who pays, and R1 with the child Jo.
func twoParents() directory.Case {
	historic := calculation.Money(32_000_00)
	return directory.Case{
		Reference: "300012345678", Team: "leeds-2", Nation: directory.Wales, Service: directory.DirectPay,
		EffectiveDate: calculation.NewDate(2026, 4, 6),
		PayingParent:  directory.Person{ID: "P1", Name: "Sam Example", Language: "en", Phone: smsOf(101).Value},
		ReceivingParents: []directory.ReceivingParent{{
			Reference: "300012345679",
			Person:    directory.Person{ID: "R1", Name: "Ali Example", Language: "cy", Phone: smsOf(102).Value, Email: emailOf("ali").Value},
			Children:  []directory.Child{{ID: "C1", Name: "Jo", SharedCareNights: 60}},
		}},
		Income: directory.Income{HistoricAnnual: &historic, TaxYear: "2025-26"},
		Plan:   directory.Plan{Frequency: "monthly", FirstDue: calculation.NewDate(2026, 4, 15)},
	}
}

// openTurn is the first turn of a new open conversation with P1, or whoever.
func openTurn(id gateway.ConversationID, person directory.PersonID) gateway.Turn {
	return gateway.Turn{
		ID: "turn 1 of " + string(id), At: storeTime, Begins: true,
		Conversation: &gateway.Conversation{
			ID: id, Person: person, Case: "300012345678", Dialog: "income-change", Version: "v1", Address: smsOf(101),
			Phase: gateway.Open, Turn: 1, State: []byte("state 1"), Created: storeTime, LastSaid: storeTime,
		},
		Record: []byte(`{"turn":1}`),
	}
}

// nextTurn is the turn after t of the same conversation.
func nextTurn(t gateway.Turn) gateway.Turn {
	c := *t.Conversation
	c.Turn++
	c.State = fmt.Appendf(nil, "state %d", c.Turn)
	return gateway.Turn{
		ID: fmt.Sprintf("turn %d of %s", c.Turn, c.ID), At: t.At.Add(time.Minute),
		Conversation: &c, Record: fmt.Appendf(nil, `{"turn":%d}`, c.Turn),
	}
}

// inbound is a message from P1's number.
func inbound(id gateway.MessageID, providerID string) *gateway.InboundRecord {
	return &gateway.InboundRecord{
		ID: id, Person: "P1", Kind: "turn", At: storeTime,
		Inbound: gateway.Inbound{ProviderID: providerID, From: smsOf(101), To: "+447700900000", Text: "My pay went down"},
	}
}

// outgoing is a reply to a person, due at once.
func outgoing(id gateway.MessageID, person directory.PersonID, to gateway.Address) gateway.Message {
	return gateway.Message{
		ID: id, Person: person, Case: "300012345678", To: to, Language: "cy", Text: "Helo " + string(id), Private: true,
		Subject: gateway.Reply, Priority: gateway.Urgent, NotBefore: storeTime, SendBy: storeTime.Add(time.Hour), Created: storeTime,
	}
}

// queue puts messages into the outbox, outside any conversation.
func (p *storeProof) queue(messages ...gateway.Message) {
	p.Helper()
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "queue " + string(messages[0].ID), At: storeTime, Outgoing: messages}))
}

// view is a conversation's messages as a caseworker sees them.
func (p *storeProof) view(id gateway.ConversationID) []gateway.MessageView {
	p.Helper()
	v, err := p.ConversationView(p.Context(), id)
	p.must(err)
	return v.Messages
}
