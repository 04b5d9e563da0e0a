package gateway

import (
	"encoding/json"
	"errors"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// collected is a case of £72.00 a week, with fees £86.40, less the other fee
// £69.12: £374.40 a month, of which £299.52 arrives.
func collected() directory.Case {
	historic := calculation.Money(36_500_00)
	return directory.Case{
		Reference: "300012345678", Service: directory.CollectAndPay, EffectiveDate: calculation.NewDate(2026, 4, 6),
		PayingParent: directory.Person{ID: "P1"},
		ReceivingParents: []directory.ReceivingParent{{
			Person: directory.Person{ID: "R1"}, Children: []directory.Child{{ID: "C1", SharedCareNights: 60}},
		}},
		Income: directory.Income{HistoricAnnual: &historic},
		Plan:   directory.Plan{Frequency: "monthly", FirstDue: calculation.NewDate(2026, 4, 15)},
	}
}

// received makes payments of amounts on days of 2026, month and day in turn.
func received(method directory.PaymentMethod, to directory.PersonID, list ...int) (payments []directory.Payment) {
	for i := 0; i < len(list); i += 3 {
		payments = append(payments, directory.Payment{
			ID: strconv.Itoa(i), Case: "300012345678", To: to, Method: method,
			Amount: calculation.Money(list[i]), Received: date(2026, list[i+1], list[i+2]),
		})
	}
	return payments
}

func date(year, month, day int) calculation.Date {
	return calculation.NewDate(year, 1, 1).AddMonths(month - 1).AddDays(day - 1)
}

// told is what an account says, without what goes without saying.
func told(t testing.TB, c directory.Case, person directory.PersonID, payments []directory.Payment, today calculation.Date) map[string]any {
	t.Helper()
	v, err := account(c, person, payments, today)
	if err != nil {
		t.Fatal(err)
	}
	text, err := v.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]any{}
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	for name, value := range fields {
		of := map[string]string{"last_day": "last", "last_amount": "last", "second_day": "second", "second_amount": "second", "third_day": "third", "third_amount": "third"}[name]
		if value == false || value == "0.00" || of != "" && (fields[of] == nil || fields[of] == false) {
			delete(fields, name)
		}
	}
	return fields
}

func TestAccount(t *testing.T) {
	onTime := received(directory.Collected, "", 374_40, 4, 15, 374_40, 5, 15, 374_40, 6, 15)
	direct := collected()
	direct.Service = directory.DirectPay
	base := map[string]any{
		"due": true, "regular": map[string]any{"amount": "374.40", "period": "month"},
		"next_due": "2026-07-15", "next_amount": "374.40", "since": "2026-04-06",
	}
	gets := map[string]any{
		"receives": true, "due": true, "regular": map[string]any{"amount": "299.52", "period": "month"},
		"next_due": "2026-07-15", "next_amount": "299.52", "since": "2026-04-06",
	}
	for _, test := range []struct {
		name     string
		c        directory.Case
		person   directory.PersonID
		payments []directory.Payment
		today    calculation.Date
		like     map[string]any
		but      map[string]any
	}{
		{"paid on time", collected(), "P1", onTime, date(2026, 6, 20), base, map[string]any{
			"last": true, "last_day": "2026-06-15", "last_amount": "374.40", "second": true, "second_day": "2026-05-15", "second_amount": "374.40",
			"third": true, "third_day": "2026-04-15", "third_amount": "374.40"}},
		{"before the first is due", collected(), "P1", nil, date(2026, 4, 10), base, map[string]any{"next_due": "2026-04-15"}},
		{"the day that one is due is not late", collected(), "P1", onTime, date(2026, 7, 15), base, map[string]any{
			"last": true, "last_day": "2026-06-15", "last_amount": "374.40", "second": true, "second_day": "2026-05-15", "second_amount": "374.40",
			"third": true, "third_day": "2026-04-15", "third_amount": "374.40"}},
		{"the day after", collected(), "P1", onTime[:1], date(2026, 5, 16), base, map[string]any{
			"next_due": "2026-06-15", "behind": true, "balance": "374.40", "last": true, "last_day": "2026-04-15", "last_amount": "374.40"}},
		{"more than was due", collected(), "P1", received(directory.Collected, "", 400_00, 4, 15), date(2026, 4, 20), base, map[string]any{
			"next_due": "2026-05-15", "ahead": true, "balance": "25.60", "last": true, "last_day": "2026-04-15", "last_amount": "400.00"}},
		{"what comes tomorrow has not come", collected(), "P1", onTime, date(2026, 4, 14), base, map[string]any{"next_due": "2026-04-15"}},
		{"the second year of one decision", collected(), "P1", onTime, date(2027, 4, 20), base, map[string]any{
			"next_due": "2027-05-15", "behind": true, "balance": "3744.00",
			"last": true, "last_day": "2026-06-15", "last_amount": "374.40", "second": true, "second_day": "2026-05-15", "second_amount": "374.40",
			"third": true, "third_day": "2026-04-15", "third_amount": "374.40"}},
		{"who is paid hears what comes to them", collected(), "R1", onTime[:2], date(2026, 6, 20), gets, map[string]any{
			"behind": true, "balance": "299.52", "last": true, "last_day": "2026-05-15", "last_amount": "299.52",
			"second": true, "second_day": "2026-04-15", "second_amount": "299.52"}},
		{"and not that the other parent is ahead", collected(), "R1", received(directory.Collected, "", 748_80, 4, 10), date(2026, 4, 20), gets, map[string]any{
			"next_due": "2026-05-15", "last": true, "last_day": "2026-04-15", "last_amount": "299.52"}},
		{"what was ahead comes on its day", collected(), "R1", received(directory.Collected, "", 748_80, 4, 10), date(2026, 5, 20), gets, map[string]any{
			"next_due": "2026-06-15", "last": true, "last_day": "2026-05-15", "last_amount": "299.52",
			"second": true, "second_day": "2026-04-15", "second_amount": "299.52"}},
		{"paid directly: no fee, and no balance", direct, "P1", nil, date(2026, 6, 20), base, map[string]any{
			"direct": true, "regular": map[string]any{"amount": "312.00", "period": "month"}, "next_amount": "312.00"}},
		{"a direct payment that is on record", direct, "R1", received(directory.Direct, "R1", 312_00, 5, 15), date(2026, 6, 20), gets, map[string]any{
			"direct": true, "regular": map[string]any{"amount": "312.00", "period": "month"}, "next_amount": "312.00",
			"last": true, "last_day": "2026-05-15", "last_amount": "312.00"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := map[string]any{}
			for _, fields := range []map[string]any{test.like, test.but} {
				for name, value := range fields {
					want[name] = value
				}
			}
			if diff := cmp.Diff(want, told(t, test.c, test.person, test.payments, test.today)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNoAccountWithoutAPlanOrAPart(t *testing.T) {
	noDay, noPlan, old := collected(), collected(), collected()
	noDay.EffectiveDate = 0
	noPlan.Plan = directory.Plan{}
	old.EffectiveDate, old.Plan.FirstDue = date(2016, 4, 6), 0
	for _, test := range []struct {
		name   string
		c      directory.Case
		person directory.PersonID
		want   error
	}{
		{"no plan", noPlan, "P1", accounts.ErrNoPlan},
		{"no day from which it is in force", noDay, "P1", accounts.ErrNoPlan},
		{"ten years old", old, "P1", accounts.ErrNoPlan},
		{"another case's parent", collected(), "R9", accounts.ErrNotTheirs},
		{"nobody", collected(), "", accounts.ErrNotTheirs},
	} {
		if _, err := account(test.c, test.person, nil, date(2026, 6, 20)); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
}

// With two who are paid, what one hears does not depend on the other's direct
// payments, and nobody hears of more than was received.
func TestOneReceivingParentHearsNothingOfTheOther(t *testing.T) {
	c := collected()
	c.ReceivingParents = append(c.ReceivingParents, directory.ReceivingParent{
		Person: directory.Person{ID: "R2"}, Children: []directory.Child{{ID: "C2"}},
	})
	rapid.Check(t, func(t *rapid.T) {
		var payments, others []directory.Payment
		var all calculation.Money
		for i := range rapid.IntRange(0, 8).Draw(t, "payments") {
			p := received(directory.Collected, "", rapid.IntRange(1, 900_00).Draw(t, "amount"), rapid.IntRange(4, 12).Draw(t, "month"), rapid.IntRange(6, 28).Draw(t, "day"))[0]
			p.ID = strconv.Itoa(i)
			payments, all = append(payments, p), all+p.Amount
			if rapid.Bool().Draw(t, "another, to the other parent") {
				p.Method, p.To, p.ID = directory.Direct, "R2", "direct "+p.ID
				others = append(others, p)
			}
		}
		today := date(2026, 4, 6).AddDays(rapid.IntRange(0, 400).Draw(t, "today"))
		b, err := accounts.Open(c, payments, today)
		if err != nil {
			t.Fatal(err)
		}
		first, err := b.Of("R1")
		if err != nil {
			t.Fatal(err)
		}
		with, err := accounts.Open(c, append(payments, others...), today)
		if err != nil {
			t.Fatal(err)
		}
		second, err := with.Of("R1")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first.Came, second.Came); diff != "" {
			t.Errorf("what came to R1 differs (-without +with):\n%s", diff)
		}
		var came calculation.Money
		for _, r := range first.Came {
			came += r.Amount
		}
		if came > all {
			t.Errorf("%v came of %v", came, all)
		}
	})
}
