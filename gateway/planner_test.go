package gateway_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/gatewaytest"
	"parley/gateway/schedule"
)

// scheduled makes the house send notices of itself, with two days of grace.
func scheduled(t testing.TB, h *house) *house {
	t.Helper()
	var err error
	h.config.Notices = gatewaytest.Notices(t)
	if h.config.Schedule, err = schedule.Shipped(schedule.Settings{Grace: 2, Least: 1_00}); err != nil {
		t.Fatal(err)
	}
	h.useDialogs(h.config.Dialogs)
	return h
}

// payingFamily is a family whose payments are collected: £328.20 on the 15th of
// each month, from October.
func payingFamily() directory.Case {
	c := family()
	c.Service, c.EffectiveDate = directory.CollectAndPay, calculation.NewDate(2026, 10, 6)
	c.Plan = directory.Plan{Frequency: "monthly", FirstDue: calculation.NewDate(2026, 10, 15)}
	return c
}

// at sets the clock to a moment of November or December 2026.
func (h *house) at(month time.Month, day, hour int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = time.Date(2026, month, day, hour, 0, 0, 0, time.UTC)
}

// plan goes through all cases and returns how many notices are new.
func (h *house) plan() int {
	h.t.Helper()
	planned, err := h.PlanDay(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	return planned.Notices
}

// pays is a payment that comes in.
func (h *house) pays(id string, amount calculation.Money, month time.Month, day int) {
	h.t.Helper()
	p := directory.Payment{ID: id, Case: reference, Amount: amount, Received: calculation.NewDate(2026, month, day), Method: directory.Collected}
	if err := h.TakePayments(h.t.Context(), []directory.Payment{p}, nil); err != nil {
		h.t.Fatal(err)
	}
}

// queued lists the notices that are due by the end of the year, claimed.
func (h *house) queued() []string {
	h.t.Helper()
	messages, err := h.store.Claim(h.t.Context(), h.clock().AddDate(0, 1, 0), 100, time.Minute)
	if err != nil {
		h.t.Fatal(err)
	}
	var names []string
	for _, m := range messages {
		names = append(names, m.Notice.Name+" "+string(m.Person))
	}
	return names
}

func wantNames(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: got %q, want %q", what, got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s: got %q, want %q", what, got, want)
		}
	}
}

func TestWhatIsDueIsPlannedOnce(t *testing.T) {
	h := scheduled(t, newHouse(t, payingFamily()))
	h.at(time.November, 10, 9)
	h.pays("A", 328_20, 10, 15)
	for _, step := range []struct {
		what      string
		day, hour int
		want      int
	}{
		{"two days before it is sent", 10, 9, 0},
		{"the day before", 11, 10, 0},
		{"within a day", 11, 11, 1},
		{"again", 11, 12, 0},
		{"when it is due", 12, 10, 0},
		{"the days of grace are not over", 17, 9, 0},
		{"the alerts to both", 17, 11, 2},
		{"once", 18, 12, 0},
	} {
		h.at(time.November, step.day, step.hour)
		if got := h.plan(); got != step.want {
			t.Errorf("%s: planned %d, want %d", step.what, got, step.want)
		}
	}
}

func TestAfterAnOutageWhatStillMakesSenseIsPlanned(t *testing.T) {
	h := scheduled(t, newHouse(t, payingFamily()))
	h.at(time.November, 10, 9)
	h.pays("A", 328_20, 10, 15)
	h.at(time.November, 14, 9) // two days after the reminder was to be sent
	wantNames(t, "a reminder that is late", plannedNames(h), "payment-due P1")
}

func plannedNames(h *house) []string {
	h.plan()
	return h.queued()
}

func TestAPaymentThatComesStopsWhatIsSaidOfIt(t *testing.T) {
	for _, test := range []struct {
		name  string
		pays  calculation.Money
		wants []string
	}{
		{"all of it", 328_20, nil},
		{"more", 400_00, nil},
		{"part of it, and the rest is told", 100_00, []string{"part-payment P1", "payment-missed-receiving R1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := scheduled(t, newHouse(t, payingFamily()))
			h.at(time.November, 17, 11)
			h.pays("A", 328_20, 10, 15)
			if got := h.plan(); got != 2 {
				t.Fatalf("planned %d alerts", got)
			}
			h.pays("B", test.pays, 11, 17)
			h.pass(time.Hour)
			h.plan()
			var left []string
			for _, name := range h.queued() {
				if name != "payment-received P1" {
					left = append(left, name)
				}
			}
			wantNames(t, "left", left, test.wants...)
		})
	}
}

func TestWhatWasPaidBeforeTheDecisionPaysForNothingOfItsPlan(t *testing.T) {
	h := scheduled(t, newHouse(t, payingFamily()))
	h.at(time.November, 17, 11)
	h.pays("before", 328_20, time.September, 15)
	h.pays("A", 328_20, time.October, 15)
	if got := h.plan(); got != 2 {
		t.Errorf("planned %d alerts of the payment of November, want 2", got)
	}
}

// The alert is in the pump's hands when the payment comes: whichever is first,
// it is not both paid and asked for afterwards.
func TestAPaymentUnderTheClaimOfItsAlert(t *testing.T) {
	h := scheduled(t, newHouse(t, payingFamily()))
	h.at(time.November, 17, 11)
	h.pays("A", 328_20, 10, 15)
	h.plan()
	h.at(time.November, 18, 11)
	claimed, err := h.store.Claim(t.Context(), h.clock(), 9, time.Minute)
	if err != nil || len(claimed) != 2 {
		t.Fatal(len(claimed), err)
	}
	h.pays("B", 328_20, 11, 18)
	marked, err := h.store.MarkSending(t.Context(), []gateway.MessageID{claimed[0].ID, claimed[1].ID})
	if err != nil || len(marked) != 0 {
		t.Errorf("%d leave: %v", len(marked), err)
	}
}

func TestAPaymentThatIsTakenBackIsAskedForAgain(t *testing.T) {
	h := scheduled(t, newHouse(t, payingFamily()))
	h.at(time.November, 17, 11)
	h.pays("A", 328_20, 10, 15)
	h.plan()
	h.pays("B", 328_20, 11, 17)
	h.pass(time.Minute)
	h.pays("B", 1, 11, 17) // it bounced, but for a fee
	h.pass(time.Minute)
	names := plannedNames(h)
	wantNames(t, "planned", names, "part-payment P1", "payment-missed-receiving R1")
}

func TestTheTeamIsGivenWhatNobodyAnsweredOnce(t *testing.T) {
	h := scheduled(t, newHouse(t, payingFamily()))
	h.at(time.December, 2, 9)
	h.pays("A", 328_20, 10, 15)
	for range 3 {
		h.plan()
		h.pass(time.Hour)
	}
	items := h.work(gateway.PaymentWork)
	if len(items) != 1 || items[0].Team != "leeds-2" || items[0].Case != reference || items[0].Detail != "unpaid 2026-11-15" {
		t.Fatalf("work items %+v", items)
	}
	if want := time.Date(2026, 12, 7, 17, 0, 0, 0, time.UTC); !items[0].Due.Equal(want) {
		t.Errorf("due %v, want %v", items[0].Due, want)
	}
}

func TestADirectPaymentIsMissedOnlyByReport(t *testing.T) {
	c := payingFamily()
	c.Service = directory.DirectPay
	h := scheduled(t, newHouse(t, c))
	h.at(time.November, 17, 11)
	if got := h.plan(); got != 0 {
		t.Fatalf("planned %d, and nobody has said anything", got)
	}
	report := func(id, safe string) gateway.Report {
		return gateway.Report{ID: id, Key: id, Case: reference, Person: "R1", Kind: "payment-not-received", Created: h.clock(),
			Answers: []byte(`{"safe": "` + safe + `", "due": "2026-11-15", "missing": "all"}`), Results: []byte(`{}`)}
	}
	if err := h.store.Commit(t.Context(), gateway.Turn{ID: "T1", At: h.clock(), Reports: []gateway.Report{report("X1", "unsure")}}); err != nil {
		t.Fatal(err)
	}
	if got := h.plan(); got != 0 {
		t.Fatalf("planned %d, and it may not be safe", got)
	}
	if err := h.store.Commit(t.Context(), gateway.Turn{ID: "T2", At: h.clock(), Reports: []gateway.Report{report("X2", "yes")}}); err != nil {
		t.Fatal(err)
	}
	wantNames(t, "planned", plannedNames(h), "payment-missed-paying P1")
}

func TestAScheduleNeedsItsNotices(t *testing.T) {
	h := scheduled(t, newHouse(t))
	h.config.Notices = h.config.Notices[1:]
	if _, err := gateway.New(h.config); err == nil {
		t.Error("made, without a notice that the schedule sends")
	}
}

func TestPaymentsOfOneCallAreTakenOnce(t *testing.T) {
	h := newHouse(t, payingFamily())
	row := &gateway.IdempotentRow{Key: "k", BodyHash: "b", Answer: []byte("{}")}
	for _, want := range []error{nil, gateway.ErrDuplicate} {
		if err := h.TakePayments(t.Context(), nil, row); !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
}

// slowStore lets something happen while payments are being stored.
type slowStore struct {
	gateway.Store
	meanwhile func()
}

func (s slowStore) PutPayments(ctx context.Context, payments []directory.Payment, at time.Time, row *gateway.IdempotentRow) error {
	s.meanwhile()
	return s.Store.PutPayments(ctx, payments, at, row)
}

// A planner that reads while payments are being stored does not see them, and may
// come to write what it decided on after they are in.
func TestWhatWasDecidedOnWhilePaymentsWereStoredIsNotPlanned(t *testing.T) {
	h := scheduled(t, newHouse(t, payingFamily()))
	h.at(time.November, 17, 11)
	h.pays("A", 328_20, time.October, 15)
	var decided gateway.Message
	slow := slowStore{h.store, func() {
		h.pass(time.Second)
		decided = due()
		decided.Created, decided.Notice.Group = h.clock(), schedule.PaymentGroup(calculation.NewDate(2026, 11, 15))
		h.pass(time.Second)
	}}
	paid := directory.Payment{ID: "B", Case: reference, Amount: 328_20, Received: calculation.NewDate(2026, 11, 17), Method: directory.Collected}
	h.do(gateway.TakePayments(t.Context(), slow, []directory.Payment{paid}, h.clock, nil))
	planned, err := h.store.PlanNotices(t.Context(), []gateway.Message{decided})
	if h.do(err); planned != 0 {
		t.Error("an alert is planned of a payment that has come")
	}
}
