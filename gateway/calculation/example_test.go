package calculation_test

import (
	"fmt"

	"parley/gateway/calculation"
)

// A parent's question "how was this worked out?" is answered by the steps.
func ExampleExplain() {
	result, err := calculation.Explain(calculation.Case{
		Income: calculation.Income{
			Historic: calculation.Pay{Amount: 32_000_00, Per: calculation.PerYear},
			Current:  calculation.Pay{Amount: 410_00, Per: calculation.PerWeek},
		},
		RelevantOtherChildren: 1,
		ReceivingParents: []calculation.ReceivingParent{
			{ID: "R1", Children: []calculation.Child{{Nights: 60}, {}}},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range result.For(calculation.PayingParent()).Steps {
		fmt.Printf("%s: %s\n", step.Rule(), step.English())
	}
	fmt.Println(result.Weekly)
	// Output:
	// CR 35(1): Income for the tax year, from HMRC, made weekly: £32,000.00 ÷ 365 × 7 = £613.70.
	// CR 37: Income now, made weekly: £410.00.
	// CR 34(2): 25% of the tax year's income is £153.42. Income now differs by £203.70. That is enough, so income now is used.
	// CR 34(2): The weekly income is £410.00. It is based on income now.
	// Sch 1 para 2(3): Other children at home: 1. So 11% of the income does not count: £410.00 × 89% = £364.90.
	// Sch 1 para 2(1): The basic rate applies. Children: 2. The part of the income to pay is 16%: £364.90 × 16% = £58.38 a week.
	// Sch 1 para 7(4): A child stays with the paying parent 60 nights a year. That takes 1/7 off for this child.
	// Sch 1 para 7(5): For the nights of all the children together, 1/14 is taken off: £58.38 × 13/14 = £54.21.
	// CR 6: To the nearest penny, the amount is £54.21 a week.
	// £54.21
}

// What a receiving parent is told is the same result without the paying
// parent's own affairs.
func ExampleResult_For() {
	result, err := calculation.Explain(calculation.Case{
		Benefit: "carers_allowance",
		ReceivingParents: []calculation.ReceivingParent{
			{ID: "R1", Children: []calculation.Child{{}}},
			{ID: "R2", Children: []calculation.Child{{}}},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	told := result.For(calculation.ReceivingParentNamed("R1"))
	fmt.Println(told.Welsh())
	fmt.Println(told.Weekly)
	// Output:
	// Y gyfradd unffurf sy'n gymwys. Mae'n £7.00 yr wythnos am unrhyw nifer o blant.
	// Rhennir y swm yn ôl nifer y plant: 1 o 2. Dyna £3.50.
	// I'r geiniog agosaf, y swm yw £3.50 yr wythnos.
	// £3.50
}

// Under Direct Pay a payment counts as made until it is reported missed.
func ExampleLedger() {
	ledger := calculation.Ledger{Charges: []calculation.Charge{
		{Account: "R1", Purpose: calculation.ForMaintenance, Due: calculation.NewDate(2026, 5, 15), Amount: 200_00},
		{Account: "R1", Purpose: calculation.ForMaintenance, Due: calculation.NewDate(2026, 6, 15), Amount: 200_00},
	}}
	report := calculation.Report{Account: "R1", Due: calculation.NewDate(2026, 6, 15), Received: 120_00}
	if err := ledger.ReportReceived(report); err != nil {
		fmt.Println(err)
		return
	}
	statement := ledger.Statement(calculation.NewDate(2026, 6, 30))
	for _, line := range statement.Account("R1").Lines {
		fmt.Println(line.Due, line.Paid, line.State)
	}
	fmt.Println("arrears", statement.Arrears())
	// Output:
	// 2026-05-15 £200.00 paid
	// 2026-06-15 £120.00 part_paid
	// arrears £80.00
}
