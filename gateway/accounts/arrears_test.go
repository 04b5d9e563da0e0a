package accounts_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// agreeing is a case of £374.40 a month from 15 April 2026, whose paying parent
// has agreed to pay £200 more each time from July on.
func agreeing() directory.Case {
	income := calculation.Money(36_500_00)
	return directory.Case{
		Reference: "300012345678", Service: directory.CollectAndPay, EffectiveDate: calculation.NewDate(2026, 4, 6),
		PayingParent: directory.Person{ID: "P1"},
		ReceivingParents: []directory.ReceivingParent{{
			Person: directory.Person{ID: "R1"}, Children: []directory.Child{{ID: "C1", SharedCareNights: 60}},
		}},
		Income: directory.Income{HistoricAnnual: &income},
		Plan: directory.Plan{Frequency: "monthly", FirstDue: calculation.NewDate(2026, 4, 15),
			Arrears: 200_00, ArrearsFrom: calculation.NewDate(2026, 7, 1)},
	}
}

func got(id int, amount calculation.Money, on calculation.Date) directory.Payment {
	return directory.Payment{ID: fmt.Sprint(id), Case: "300012345678", Amount: amount, Received: on, Method: directory.Collected}
}

// Of three payments one came: what is unpaid of the others falls due with those
// from July on, £200 at a time, and the last of it with the October one.
func TestArrearsFallDueAsTheyWereAgreed(t *testing.T) {
	payments := []directory.Payment{got(1, 374_40, calculation.NewDate(2026, 4, 15)), got(2, 574_40, calculation.NewDate(2026, 7, 15))}
	today := calculation.NewDate(2026, 7, 20)
	books, err := accounts.Open(agreeing(), payments, today)
	if err != nil {
		t.Fatal(err)
	}
	list, err := books.Instalments("P1", calculation.NewDate(2026, 11, 15))
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, i := range list {
		said = append(said, fmt.Sprint(i.Due, " ", i.Amount, " ", i.Missing(), " ", i.Agreed))
	}
	want := []string{
		"2026-04-15 £374.40 £0.00 £0.00",
		"2026-07-15 £574.40 £0.00 £200.00",
		"2026-08-15 £574.40 £574.40 £200.00",
		"2026-09-15 £574.40 £574.40 £200.00",
		"2026-10-15 £523.20 £523.20 £148.80",
		"2026-11-15 £374.40 £374.40 £0.00",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if s, err := books.Of("P1"); err != nil || s.Behind != 0 {
		t.Errorf("%v behind what was agreed, %v", s.Behind, err)
	}
}

// However payments come, an agreement changes when things fall due, and not how
// much is owed in the end.
func TestAnAgreementChangesNoAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := agreeing()
		c.Plan.Arrears = calculation.Money(rapid.IntRange(1, 900_00).Draw(t, "agreed"))
		if rapid.Bool().Draw(t, "two are paid") {
			c.ReceivingParents = append(c.ReceivingParents, directory.ReceivingParent{
				Person: directory.Person{ID: "R2"}, Children: []directory.Child{{ID: "C2"}}})
		}
		var payments []directory.Payment
		for i := range rapid.IntRange(0, 8).Draw(t, "payments") {
			on := calculation.NewDate(2026, 4, 6).AddDays(rapid.IntRange(0, 200).Draw(t, "day"))
			payments = append(payments, got(i, calculation.Money(rapid.IntRange(1, 600_00).Draw(t, "amount")), on))
		}
		today := calculation.NewDate(2026, 7, 1).AddDays(rapid.IntRange(0, 200).Draw(t, "today"))
		end := calculation.NewDate(2027, 3, 31)
		with, without := owed(t, c, payments, today, end), calculation.Money(0)
		c.Plan.Arrears, c.Plan.ArrearsFrom = 0, 0
		if without = owed(t, c, payments, today, end); with > without {
			t.Fatalf("%v is missing with the agreement, %v without", with, without)
		}
	})
}

// owed is what is missing of all that falls due until a day.
func owed(t *rapid.T, c directory.Case, payments []directory.Payment, today, until calculation.Date) (all calculation.Money) {
	books, err := accounts.Open(c, payments, today)
	if err != nil {
		t.Fatal(err)
	}
	list, err := books.Instalments("P1", until)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range list {
		all += i.Missing()
	}
	return all
}
