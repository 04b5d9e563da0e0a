package gateway_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/internal/store"
)

// The month, through which the clocks go back, and how many live in it.
var (
	monthBegins = calculation.NewDate(2026, 10, 20)
	monthEnds   = calculation.NewDate(2026, 11, 21)
)

const monthCases = 10_000

// diary is a channel that notes what was sent when.
type diary struct {
	clock func() time.Time

	mu   sync.Mutex
	sent map[string][]time.Time // by person, notice and occasion
}

func (d *diary) Name() directory.Channel { return directory.SMS }

func (d *diary) Prepare(text string) gateway.Prepared {
	return gateway.Prepared{Text: text, Segments: 1}
}

func (d *diary) Send(_ context.Context, m gateway.Message) (gateway.Receipt, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if m.Notice != nil {
		key := noted(m.Person, m.Notice.Name, m.Notice.Occasion)
		d.sent[key] = append(d.sent[key], d.clock())
	}
	return gateway.Receipt{ProviderID: "out-" + string(m.ID), Status: gateway.Delivered}, nil
}

func noted(person directory.PersonID, notice, occasion string) string {
	return fmt.Sprintf("%s %s (%s)", person, notice, occasion)
}

// life is a case of the month: what will happen on it.
type life struct {
	directory.Case
	due     []calculation.Date
	pays    map[calculation.Date]calculation.Date // when the payment of each day comes; none: never
	stopped bool
}

// month is the month being lived.
type month struct {
	*house
	path   string
	diary  *diary
	lives  []life
	london *time.Location
}

// Every reminder, receipt and alert of a month comes once and on time, and no
// other, whatever is paid, stopped, imported twice, planned twice or restarted.
func TestAMonthOfTenThousandCases(t *testing.T) {
	if testing.Short() {
		t.Skip("a month takes half a minute")
	}
	t.Parallel()
	m := beginMonth(t)
	begun := time.Now()
	for day := monthBegins; day < monthEnds; day++ {
		m.live(day)
	}
	t.Logf("%d notices in %v", len(m.diary.sent), time.Since(begun))
	want := m.expected()
	wrong := 0
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if times := m.diary.sent[key]; len(times) != 1 || !times[0].Equal(want[key]) {
			wrong++
			if wrong < 20 {
				t.Errorf("%s: sent at %v, want %v once", key, times, want[key])
			}
		}
		delete(m.diary.sent, key)
	}
	for key, times := range m.diary.sent {
		if wrong++; wrong < 20 {
			t.Errorf("%s: sent at %v, and was not to be", key, times)
		}
	}
	if wrong > 0 || len(want) < 2*monthCases {
		t.Errorf("%d of %d are wrong", wrong, len(want))
	}
}

func beginMonth(t *testing.T) *month {
	t.Helper()
	m := &month{path: schema.Copy(t), london: londonTime(t)}
	m.house = scheduled(t, openHouse(t, m.path))
	m.diary = &diary{clock: m.clock, sent: map[string][]time.Time{}}
	m.config.Channels, m.config.Sends = []gateway.Channel{m.diary}, 512
	m.useDialogs(m.config.Dialogs)
	m.at(time.October, 19, 12)
	random := rand.New(rand.NewPCG(1, 2026))
	var putting errgroup.Group
	putting.SetLimit(64)
	for i := range monthCases {
		l := newLife(i, random)
		m.lives = append(m.lives, l)
		putting.Go(func() error { return m.store.PutCase(t.Context(), l.Case, m.now) })
	}
	if err := putting.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, l := range m.lives {
		if l.stopped {
			in := gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: l.PayingParent.Phone}, Text: "STOP", Keyword: gateway.Stop, Answered: true, ProviderID: l.PayingParent.Phone}
			if err := m.Receive(t.Context(), in); err != nil {
				t.Fatal(err)
			}
		}
	}
	return m
}

func londonTime(t *testing.T) *time.Location {
	t.Helper()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return london
}

// newLife is a case of somebody who pays each month or each week, mostly on
// time, or late, or never.
func newLife(i int, random *rand.Rand) life {
	l := life{Case: payingFamily(), pays: map[calculation.Date]calculation.Date{}, stopped: i%50 == 0}
	l.Reference = directory.CaseReference(fmt.Sprintf("3000%08d", i))
	l.EffectiveDate = monthBegins.AddDays(-14)
	l.PayingParent.ID, l.PayingParent.Phone = directory.PersonID(fmt.Sprint("P", i)), fmt.Sprintf("+4477001%05d", i)
	r := &l.ReceivingParents[0]
	r.ID, r.Phone, r.Reference = directory.PersonID(fmt.Sprint("R", i)), fmt.Sprintf("+4477002%05d", i), ""
	l.Plan = directory.Plan{Frequency: "monthly", FirstDue: monthBegins.AddDays(4 + random.IntN(28))}
	every := 100
	if i%20 == 0 {
		l.Plan.Frequency, every = "weekly", 7
	}
	if i%5 == 0 {
		l.Service = directory.DirectPay
	}
	for due := l.Plan.FirstDue; due < monthEnds.AddDays(7); due = due.AddDays(every) {
		l.due = append(l.due, due)
		if fate := random.IntN(10); fate < 9 && l.Service == directory.CollectAndPay {
			l.pays[due] = due.AddDays([]int{-1, 0, 0, 0, 0, 1, 2, 4, 12}[fate])
		}
		if every == 7 { // what is late would pay for the week before
			l.pays[due] = due
		}
	}
	return l
}

// live lives one day: payments come, some of yesterday's again; notices are
// planned, some times by three nodes, some times again after a restart; and
// what is due is sent at three times of the day.
func (m *month) live(day calculation.Date) {
	m.t.Helper()
	m.until(day, 7, 0)
	payments := m.payments(day)
	if day%3 == 0 {
		payments = append(payments, m.payments(day-1)...)
	}
	if err := m.TakePayments(m.t.Context(), payments, nil); err != nil {
		m.t.Fatal(err)
	}
	m.plan()
	switch day % 8 {
	case 0:
		m.restart()
		m.plan()
	case 1:
		var nodes errgroup.Group
		for range 3 {
			nodes.Go(func() error { _, err := m.PlanDay(m.t.Context()); return err })
		}
		if err := nodes.Wait(); err != nil {
			m.t.Fatal(err)
		}
	}
	for _, hour := range []int{8, 10, 15} {
		m.until(day, hour, 1)
		if err := m.Flush(m.t.Context()); err != nil {
			m.t.Fatal(err)
		}
	}
}

// until lets the clock of London come to a time of a day.
func (m *month) until(day calculation.Date, hour, minute int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.on(day, hour, minute)
}

func (m *month) on(day calculation.Date, hour, minute int) time.Time {
	y, mo, d := day.Time().Date()
	return time.Date(y, mo, d, hour, minute, 0, 0, m.london).UTC()
}

// payments are those that come on a day.
func (m *month) payments(day calculation.Date) (list []directory.Payment) {
	for _, l := range m.lives {
		for due, on := range l.pays {
			if on != day || l.Service != directory.CollectAndPay {
				continue
			}
			list = append(list, directory.Payment{
				ID: "pay-" + string(l.Reference) + "-" + due.String(), Case: l.Reference, Amount: l.amount(), Received: day, Method: directory.Collected,
			})
		}
	}
	return list
}

// amount is what is due each time: £75.74 a week.
func (l *life) amount() calculation.Money {
	if l.Plan.Frequency == "weekly" {
		return 75_74
	}
	return 328_20
}

// restart ends the process and begins another.
func (m *month) restart() {
	m.t.Helper()
	if err := m.store.Close(); err != nil {
		m.t.Fatal(err)
	}
	var err error
	m.store, err = store.Open(m.t.Context(), m.path, store.Config{Secret: secret, Timers: m.setTimers})
	if err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(func() { _ = m.store.Close() })
	m.config.Store = m.store
	m.useDialogs(m.config.Dialogs)
}

// expected is when each notice of the month is to be sent, worked out from what
// happens in it and not by the rules.
func (m *month) expected() map[string]time.Time {
	want := map[string]time.Time{}
	for _, l := range m.lives {
		payer, payee := l.PayingParent.ID, l.ReceivingParents[0].ID
		say := func(person directory.PersonID, notice, occasion string, day calculation.Date, hour int) {
			day, hour = openDay(day, hour)
			if day >= monthBegins && day < monthEnds && !(l.stopped && person == payer) {
				want[noted(person, notice, occasion)] = m.on(day, hour, 1)
			}
		}
		for _, due := range l.due {
			paid, pays := l.pays[due]
			unpaidOn := func(day calculation.Date) bool {
				day, _ = openDay(day, 10)
				return l.Service == directory.CollectAndPay && (!pays || paid > day)
			}
			say(payer, "payment-due", "due "+due.String(), due-3, 10)
			if pays && l.Service == directory.CollectAndPay {
				say(payer, "payment-received", "received "+paid.String()+" pay-"+string(l.Reference)+"-"+due.String(), paid, 15)
			}
			if unpaidOn(due + 3) {
				say(payer, "payment-missed-paying", "missed "+due.String(), due+3, 10)
				say(payee, "payment-missed-receiving", "unpaid "+due.String(), due+3, 10)
			}
			if unpaidOn(due + 10) {
				say(payer, "payment-still-missed", "unpaid "+due.String(), due+10, 10)
			}
		}
		if l.Service == directory.CollectAndPay && l.due[0] < calculation.NewDate(2026, 11, 1) {
			if paid, pays := l.pays[l.due[0]]; !pays || paid > calculation.NewDate(2026, 11, 2) {
				say(payer, "arrears-statement", "arrears 2026-11-01", calculation.NewDate(2026, 11, 1), 11)
			}
		}
	}
	return want
}

// openDay is when something that is due at an hour leaves: not on a Sunday.
func openDay(day calculation.Date, hour int) (calculation.Date, int) {
	if day.Time().Weekday() == time.Sunday {
		return day + 1, 8
	}
	if hour == 11 { // it is sent when we next look
		return day, 15
	}
	return day, hour
}
