package accounts_test

import (
	"fmt"

	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// Of three payments of £374.40 two have come: who is paid has got what is left
// of them after the fee.
func ExampleBooks_Instalments() {
	income := calculation.Money(36_500_00)
	c := directory.Case{
		Reference: "300012345678", Service: directory.CollectAndPay, EffectiveDate: calculation.NewDate(2026, 4, 6),
		PayingParent: directory.Person{ID: "P1"},
		ReceivingParents: []directory.ReceivingParent{{
			Person: directory.Person{ID: "R1"}, Children: []directory.Child{{ID: "C1", SharedCareNights: 60}},
		}},
		Income: directory.Income{HistoricAnnual: &income},
		Plan:   directory.Plan{Frequency: "monthly", FirstDue: calculation.NewDate(2026, 4, 15)},
	}
	payments := []directory.Payment{{ID: "1", Case: c.Reference, Amount: 748_80, Received: calculation.NewDate(2026, 4, 15), Method: directory.Collected}}
	today := calculation.NewDate(2026, 6, 20)
	books, err := accounts.Open(c, payments, today)
	if err != nil {
		fmt.Println(err)
		return
	}
	instalments, err := books.Instalments("R1", today)
	for _, i := range instalments {
		fmt.Println(i.Due, i.Amount, i.Paid, i.Missing())
	}
	fmt.Println(err)
	// Output:
	// 2026-04-15 £299.52 £299.52 £0.00
	// 2026-05-15 £299.52 £299.52 £0.00
	// 2026-06-15 £299.52 £0.00 £299.52
	// <nil>
}
