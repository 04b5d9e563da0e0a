package gateway_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/schedule"
)

// histories are how many random ones are lived through, each of historyDays days
// from 10 October 2026: the clocks go back on the 25th.
const (
	histories   = 6
	historyDays = 28
)

// Whatever the rules are, however often nodes plan at once and are restarted,
// whatever is imported again and whatever providers say: nobody is sent one
// notice twice, but once more by another channel when the first did not come.
func TestNobodyIsSentANoticeTwice(t *testing.T) {
	for seed := range uint64(histories) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			h := newHistory(t, rand.New(rand.NewPCG(seed, 6)))
			for day := range historyDays {
				h.live(day)
			}
			h.check()
		})
	}
}

// history is an office with a random life.
type history struct {
	*office
	random *rand.Rand
	file   directory.Case
	paid   []directory.Payment
	lost   map[gateway.MessageID]bool // that did not come
}

func newHistory(t *testing.T, random *rand.Rand) *history {
	c := everyWay()
	c.Service, c.EffectiveDate = directory.CollectAndPay, calculation.NewDate(2026, 8, 3)
	c.Plan = directory.Plan{Frequency: []string{"weekly", "fortnightly", "monthly"}[random.IntN(3)], FirstDue: calculation.NewDate(2026, 8, 10)}
	if random.IntN(2) == 0 {
		c.Plan.Arrears, c.Plan.ArrearsFrom = 10_00, calculation.NewDate(2026, 10, 20)
	}
	h := &history{office: newOffice(t, c), random: random, file: c, lost: map[gateway.MessageID]bool{}}
	var err error
	if h.config.Schedule, err = schedule.Read("r.yaml", []byte(randomRules(random)), schedule.Settings{Grace: random.IntN(4), Least: 1_00}); err != nil {
		t.Fatal(err)
	}
	h.useDialogs(h.config.Dialogs)
	return h
}

// randomRules are rules of which only the days, the hours and the repeats are
// made up.
func randomRules(random *rand.Rand) string {
	var b strings.Builder
	b.WriteString("rules:\n")
	for _, r := range []struct{ notice, role, on string }{
		{"payment-due", "paying parent", "payment due"}, {"payment-missed-paying", "paying parent", "payment missed"},
		{"part-payment", "paying parent", "payment short"}, {"arrears-plan-broken", "paying parent", "arrears plan broken"},
		{"payment-missed-receiving", "receiving parent", "payment unpaid"}, {"payment-received", "paying parent", "payment received"},
		{"arrears-statement", "paying parent", "arrears"}, {"calculated", "", "calculated"}, {"contact-changed", "", "contact changed"},
		{"information-requested", "", "information requested"}, {"information-reminder", "", "information requested"},
	} {
		fmt.Fprintf(&b, "- notice: %s\n  on: %s\n  at: \"%02d:30\"\n  send_by: %dd\n  by: %d\n", r.notice, r.on, 8+random.IntN(12), 1+random.IntN(6), random.IntN(20))
		if r.role != "" {
			fmt.Fprintf(&b, "  for: %s\n", r.role)
		}
		if r.on == "payment due" && random.IntN(2) == 0 {
			fmt.Fprintf(&b, "  before: %d\n", 1+random.IntN(5))
		} else {
			fmt.Fprintf(&b, "  after: %d\n", random.IntN(5))
		}
		if random.IntN(3) == 0 {
			fmt.Fprintf(&b, "  repeat: {every: %d, times: %d}\n", 1+random.IntN(4), 1+random.IntN(2))
		}
	}
	return b.String()
}

// live lives one day, in a few steps at random hours.
func (h *history) live(day int) {
	ctx := h.t.Context()
	for hour := range 24 {
		if h.random.IntN(4) > 0 {
			continue
		}
		h.at(time.October, 10+day, hour)
		switch h.random.IntN(8) {
		case 0: // a restart
			h.useDialogs(h.config.Dialogs)
		case 1: // nodes that plan at once
			var nodes errgroup.Group
			for range 2 {
				nodes.Go(func() error { _, err := h.PlanDay(ctx); return err })
			}
			h.must(nodes.Wait())
		case 2: // a payment, or an import of those that are known
			if h.random.IntN(2) == 0 {
				on := calculation.NewDate(2026, 10, 10).AddDays(day)
				h.paid = append(h.paid, directory.Payment{ID: fmt.Sprint("p", len(h.paid)), Case: reference,
					Amount: calculation.Money(1 + h.random.IntN(400_00)), Received: on, Method: directory.Collected})
			}
			h.must(h.TakePayments(ctx, h.paid, nil))
		case 3: // a stage, said again and again
			on := calculation.NewDate(2026, 10, 10).AddDays(day - day%7)
			s := gateway.Stage{Name: gateway.Calculated, Date: on}
			if h.random.IntN(2) == 0 {
				s = gateway.Stage{Name: gateway.InformationRequested, Date: on, Person: "P1", Data: []byte(`{"subject": {"en": "pay", "cy": "cyflog"}}`)}
			}
			_, err := h.ReachStage(ctx, reference, s, nil)
			h.must(err)
		case 4: // the record comes again, some times with another address
			if h.random.IntN(4) == 0 {
				h.file.PayingParent.Email = fmt.Sprintf("sam%d@example.com", day)
			}
			h.must(h.store.PutCase(ctx, h.file, h.clock()))
		case 5:
			h.heard()
		}
		_, err := h.PlanDay(ctx)
		h.must(err)
		h.must(h.Flush(ctx))
	}
}

func (h *history) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// heard is a provider's word on any message that was sent.
func (h *history) heard() {
	all := h.all()
	if len(all) == 0 {
		return
	}
	m := all[h.random.IntN(len(all))]
	status := []gateway.Status{gateway.Sent, gateway.Delivered, gateway.Undelivered, gateway.Failed}[h.random.IntN(4)]
	if status == gateway.Undelivered || status == gateway.Failed {
		h.lost[m.ID] = true
	}
	h.must(h.Settle(h.t.Context(), gateway.StatusUpdate{Message: m.ID, Channel: m.To.Channel, Status: status, Reason: "a word"}))
}

// all is what was sent, by any channel.
func (h *history) all() (all []gateway.Message) {
	for _, channel := range []directory.Channel{directory.SMS, directory.Email, directory.Letter} {
		all = append(all, h.by[channel].sent...)
	}
	return all
}

// check finds no notice that went twice, and some that went at all.
func (h *history) check() {
	all := h.all()
	first := map[string]gateway.Message{}
	for _, m := range all {
		key := fmt.Sprint(m.Person, " ", m.Notice.Name, " ", m.Notice.Occasion)
		if _, twice := first[key]; twice {
			h.t.Errorf("%s went twice", key)
		}
		first[key] = m
	}
	for key, m := range first {
		before, again := strings.CutSuffix(key, " again")
		if again && (!h.lost[first[before].ID] || first[before].To.Channel == m.To.Channel) {
			h.t.Errorf("%s, and the first had come, or went the same way", key)
		}
		if !m.SendBy.IsZero() && m.NotBefore.After(m.SendBy) {
			h.t.Errorf("%s went too late", key)
		}
	}
	if len(all) < 5 {
		h.t.Errorf("only %d notices went in %d days", len(all), historyDays)
	}
}
