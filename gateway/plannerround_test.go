package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/gateway"
	"parley/gateway/directory"
)

// register is a store of nothing but cases, which come two at a time. What
// happens to a round, happens at one of its calls.
type register struct {
	gateway.Store
	cases   map[directory.CaseReference]directory.Case
	to      directory.CaseReference
	planned map[directory.CaseReference]int
	turns   int                     // pages of cases that were planned to their end
	at      func(call string) error // called first by each call that matters
}

func (r *register) CasesAfter(_ context.Context, after directory.CaseReference, _ int) (page []directory.Case, err error) {
	if err := r.at("read"); err != nil {
		return nil, err
	}
	for _, reference := range slices.Sorted(maps.Keys(r.cases)) {
		if reference > after && len(page) < 2 {
			page = append(page, r.cases[reference])
		}
	}
	return page, nil
}

func (r *register) PlanNotices(_ context.Context, batch []gateway.Message, _ ...gateway.WorkItem) (int, error) {
	if err := r.at("plan"); err != nil {
		return 0, err
	}
	for _, m := range batch {
		r.planned[m.Case]++
	}
	return len(batch), nil
}

func (r *register) PlannedTo(context.Context) (directory.CaseReference, error) {
	return r.to, r.at("begin")
}

func (r *register) SetPlannedTo(_ context.Context, last directory.CaseReference) error {
	if err := r.at("end"); err != nil {
		return err
	}
	r.to = last
	r.turns++
	return nil
}

func (*register) PaymentsBetween(context.Context, directory.CaseReference, directory.CaseReference) ([]directory.Payment, error) {
	return nil, nil
}

func (*register) ReportsBetween(context.Context, directory.CaseReference, directory.CaseReference, string, time.Time) ([]gateway.Report, error) {
	return nil, nil
}

func (*register) PromisesBetween(context.Context, directory.CaseReference, directory.CaseReference, time.Time, time.Time, time.Time) ([]gateway.Promise, error) {
	return nil, nil
}

func (*register) ContactChangesBetween(context.Context, directory.CaseReference, directory.CaseReference, time.Time) ([]gateway.ContactChange, error) {
	return nil, nil
}

func (*register) StartCampaign(context.Context, gateway.Campaign) error { return nil }

// add puts cases into the register, of each of which a payment is due tomorrow.
func (r *register) add(numbers ...int) {
	for _, n := range numbers {
		c := payingFamily()
		c.Reference = directory.CaseReference(fmt.Sprintf("3000%08d", n))
		r.cases[c.Reference] = c
	}
}

// newRegister is a planner of a register with cases of some numbers.
func newRegister(t *testing.T, numbers ...int) (*house, *register) {
	h := scheduled(t, newHouse(t))
	h.at(time.November, 11, 11)
	r := &register{Store: h.store, cases: map[directory.CaseReference]directory.Case{}, planned: map[directory.CaseReference]int{}}
	r.at = func(string) error { return nil }
	r.add(numbers...)
	h.Store = r
	return h, r
}

// order is the numbers of the cases in the order of their turns.
func (r *register) order(h *house) string {
	h.t.Helper()
	var turns []string
	before := r.at
	r.at = func(call string) error {
		if err := before(call); err != nil || call != "end" {
			return err
		}
		for _, c := range slices.Sorted(maps.Keys(r.planned)) {
			turns = append(turns, strings.TrimLeft(string(c[4:]), "0"))
		}
		clear(r.planned)
		return nil
	}
	_, _ = h.PlanDay(h.t.Context())
	r.at = before
	return strings.Join(turns, " ")
}

func TestPlanningGoesOnWhereItStopped(t *testing.T) {
	failing := func(call string, n int) func(string) error {
		return func(c string) error {
			if c == call {
				n--
			}
			if n == 0 {
				n = -1
				return errors.New("the store is away for a moment")
			}
			return nil
		}
	}
	for _, test := range []struct {
		name        string
		call        string // of the first round that fails
		n           int
		first, next string
	}{
		{"nothing happens", "", -1, "10 20 30 40 50 60 70", "10 20 30 40 50 60 70"},
		{"cases cannot be read", "read", 3, "10 20 30 40", "50 60 70 10 20 30 40"},
		{"cases cannot be planned, and have their turn when all others had", "plan", 2, "10 20", "50 60 70 10 20 30 40"},
		{"the mark cannot be kept", "end", 2, "10 20", "30 40 50 60 70 10 20"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h, r := newRegister(t, 10, 20, 30, 40, 50, 60, 70)
			r.at = failing(test.call, test.n)
			if got := r.order(h); got != test.first {
				t.Errorf("the first round: %s, want %s", got, test.first)
			}
			r.at = func(string) error { return nil }
			clear(r.planned)
			if got := r.order(h); got != test.next {
				t.Errorf("the next: %s, want %s", got, test.next)
			}
		})
	}
}

// However often nodes die or time runs out, and wherever cases come, everybody
// who was there has had their turn once as many pages were planned as there are.
func TestEveryCaseHasItsTurn(t *testing.T) {
	h, r := newRegister(t)
	rapid.Check(t, func(t *rapid.T) {
		clear(r.cases)
		clear(r.planned)
		r.to, r.turns = "", 0
		r.add(rapid.SliceOfNDistinct(rapid.IntRange(1, 99), 1, 20, rapid.ID).Draw(t, "cases")...)
		there := slices.Collect(maps.Keys(r.cases))
		for r.turns < len(r.cases)/2+3 { // and a page that is not full at each end
			r.add(rapid.SliceOfN(rapid.IntRange(1, 99), 0, 1).Draw(t, "come")...)
			ctx, stop := context.WithCancel(h.t.Context())
			left := rapid.IntRange(0, 4).Draw(t, "pages until")
			fatal := rapid.SampledFrom([]string{"begin", "read", "plan", "end"}).Draw(t, "call")
			dies, over := rapid.Bool().Draw(t, "the node dies"), false
			r.at = func(call string) error {
				if over = over || left == 0 && call == fatal; over {
					if !dies {
						stop()
					}
					return context.Canceled
				}
				if call == "end" {
					left--
				}
				return nil
			}
			_, _ = h.PlanDay(ctx)
			stop()
		}
		for _, c := range there {
			if r.planned[c] == 0 {
				t.Fatalf("case %s has not had its turn in %d pages of %d cases", c, r.turns, len(r.cases))
			}
		}
	})
}
