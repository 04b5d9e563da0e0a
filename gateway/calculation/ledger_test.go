package calculation

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// due is a charge for maintenance.
func due(account, on string, amount Money) Charge {
	return Charge{account, ForMaintenance, day(on), amount}
}

// states tells each line of a statement: "A 2026-01-01 £10.00 of £10.00 paid".
func states(s Statement) string {
	var b strings.Builder
	for _, account := range s.Accounts {
		for _, line := range account.Lines {
			fmt.Fprintf(&b, "%s %v %v of %v %s\n", account.Name, line.Due, line.Paid, line.Amount, line.State)
		}
		if account.Credit > 0 {
			fmt.Fprintf(&b, "%s credit %v\n", account.Name, account.Credit)
		}
	}
	if s.Credit > 0 {
		fmt.Fprintf(&b, "credit %v\n", s.Credit)
	}
	return b.String()
}

func TestStatements(t *testing.T) {
	three := []Charge{due("A", "2026-01-01", 50_00), due("A", "2026-02-01", 50_00), due("A", "2026-03-01", 50_00)}
	tests := []struct {
		name   string
		ledger Ledger
		on     string
		want   string
	}{
		{"Direct Pay is taken as paid", Ledger{Charges: three}, "2026-02-15",
			"A 2026-01-01 £50.00 of £50.00 paid\nA 2026-02-01 £50.00 of £50.00 paid\n"},
		{"unless a report says otherwise", Ledger{Charges: three, Reports: []Report{{"A", day("2026-01-01"), 0}, {"A", day("2026-02-01"), 20_00}}}, "2026-02-15",
			"A 2026-01-01 £20.00 of £50.00 part_paid\nA 2026-02-01 £0.00 of £50.00 missed\n"},
		{"and made good later", Ledger{Charges: three, Reports: []Report{{"A", day("2026-01-01"), 0}},
			Payments: []Payment{{Account: "A", On: day("2026-01-09"), Amount: 50_00}}}, "2026-02-15",
			"A 2026-01-01 £50.00 of £50.00 late\nA 2026-02-01 £50.00 of £50.00 paid\n"},
		{"Collect and Pay counts only payments", Ledger{Service: CollectAndPay, Charges: three}, "2026-02-15",
			"A 2026-01-01 £0.00 of £50.00 missed\nA 2026-02-01 £0.00 of £50.00 missed\n"},
		{"due today is not missed yet", Ledger{Service: CollectAndPay, Charges: three}, "2026-01-01",
			"A 2026-01-01 £0.00 of £50.00 due\n"},
		{"paid before its day is paid", Ledger{Service: CollectAndPay, Charges: three,
			Payments: []Payment{{Shared: true, On: day("2025-12-20"), Amount: 60_00}}}, "2026-01-15",
			"A 2026-01-01 £50.00 of £50.00 paid\ncredit £10.00\n"},
		{"too much waits for the next charge", Ledger{Service: CollectAndPay, Charges: three,
			Payments: []Payment{{Account: "A", On: day("2026-01-01"), Amount: 80_00}}}, "2026-02-15",
			"A 2026-01-01 £50.00 of £50.00 paid\nA 2026-02-01 £30.00 of £50.00 part_paid\n"},
		{"what is paid beyond everything is a credit", Ledger{Charges: three[:1],
			Payments: []Payment{{Account: "A", On: day("2026-01-05"), Amount: 7_00}}}, "2026-01-15",
			"A 2026-01-01 £50.00 of £50.00 paid\nA credit £7.00\n"},
		{"one payment for two receiving parents", Ledger{Service: CollectAndPay,
			Charges:  []Charge{due("A", "2026-01-01", 40_00), due("B", "2026-01-01", 20_00)},
			Payments: []Payment{{Shared: true, On: day("2026-01-01"), Amount: 30_00}}}, "2026-01-15",
			"A 2026-01-01 £20.00 of £40.00 part_paid\nB 2026-01-01 £10.00 of £20.00 part_paid\n"},
		{"the oldest first", Ledger{Service: CollectAndPay,
			Charges:  []Charge{due("B", "2026-02-01", 20_00), due("A", "2026-01-01", 40_00)},
			Payments: []Payment{{Shared: true, On: day("2026-02-03"), Amount: 45_00}}}, "2026-02-15",
			"A 2026-01-01 £40.00 of £40.00 late\nB 2026-02-01 £5.00 of £20.00 part_paid\n"},
		{"enforcement charges come last", Ledger{Service: CollectAndPay,
			Charges:  []Charge{{"", ForEnforcement, day("2026-01-01"), 50_00}, due("A", "2026-02-01", 40_00)},
			Payments: []Payment{{Shared: true, On: day("2026-02-01"), Amount: 45_00}}}, "2026-02-15",
			" 2026-01-01 £5.00 of £50.00 part_paid\nA 2026-02-01 £40.00 of £40.00 paid\n"},
		{"nothing charged, nothing paid", Ledger{}, "2026-01-01", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := states(test.ledger.Statement(day(test.on))); got != test.want {
				t.Errorf("on %s:\n%swant\n%s", test.on, got, test.want)
			}
		})
	}
}

func TestAReportIsAboutAPaymentThatWasDue(t *testing.T) {
	ledger := Ledger{Charges: []Charge{due("A", "2026-01-01", 50_00)}}
	for _, wrong := range []Report{{"A", day("2026-01-02"), 0}, {"B", day("2026-01-01"), 0}} {
		if err := ledger.ReportReceived(wrong); !errors.Is(err, ErrNoCharge) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	if err := ledger.ReportReceived(Report{"A", day("2026-01-01"), -1}); err == nil {
		t.Error("less than nothing was received")
	}
	for _, received := range []Money{0, 30_00} { // the second corrects the first
		if err := ledger.ReportReceived(Report{"A", day("2026-01-01"), received}); err != nil {
			t.Fatal(err)
		}
	}
	statement := ledger.Statement(day("2026-01-31"))
	if got := statement.Arrears(); got != 20_00 || statement.Account("A").Paid != 30_00 || statement.Account("B").Charged != 0 {
		t.Errorf("arrears %v, %+v", got, statement)
	}
}

var anyLedger = rapid.Custom(func(t *rapid.T) Ledger {
	start := day("2026-01-01")
	accounts := rapid.SampledFrom([]string{"", "A", "B", "C"})
	amount := rapid.Map(rapid.IntRange(0, 300_00), func(n int) Money { return Money(n) })
	when := rapid.Map(rapid.IntRange(0, 60), func(n int) Date { return start.AddDays(n) })
	l := Ledger{
		Service: rapid.SampledFrom([]Service{DirectPay, CollectAndPay}).Draw(t, "service"),
		Charges: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Charge {
			purpose := rapid.SampledFrom([]Purpose{ForMaintenance, ForMaintenance, ForCollection, ForEnforcement}).Draw(t, "purpose")
			return Charge{accounts.Draw(t, "account"), purpose, when.Draw(t, "due"), amount.Draw(t, "amount")}
		}), 0, 12).Draw(t, "charges"),
		Payments: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Payment {
			return Payment{accounts.Draw(t, "account"), rapid.Bool().Draw(t, "shared"), when.Draw(t, "on"), amount.Draw(t, "amount")}
		}), 0, 8).Draw(t, "payments"),
	}
	for _, charge := range l.Charges {
		if oneIn(4).Draw(t, "reported") {
			_ = l.ReportReceived(Report{charge.Account, charge.Due, amount.Draw(t, "received")})
		}
	}
	return l
})

// Money is never created or lost: what came in is what was paid and what is
// credit, and what was charged is what was paid and what is not.
func TestTheLedgerKeepsAllMoney(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyLedger.Draw(t, "ledger")
		on := day("2026-01-01").AddDays(rapid.IntRange(-1, 70).Draw(t, "on"))
		s := l.Statement(on)
		var received, charged, kept, lines Money
		for _, payment := range l.received(on) {
			received += payment.Amount
		}
		for _, charge := range l.Charges {
			if charge.Due <= on {
				charged += charge.Amount
			}
		}
		kept = s.Credit
		for _, a := range s.Accounts {
			kept += a.Paid + a.Credit
			lines += a.Charged
			if a.Charged != a.Paid+a.Arrears+a.DueToday || a.Arrears < 0 || a.DueToday < 0 || a.Credit < 0 {
				t.Errorf("%+v does not add up", a)
			}
			for _, line := range a.Lines {
				if line.Paid < 0 || line.Paid > line.Amount || (line.Settled != 0) != (line.Paid == line.Amount) {
					t.Errorf("%+v", line)
				}
			}
		}
		if kept != received || lines != charged {
			t.Errorf("%v came in and %v is kept; %v was charged and %v listed", received, kept, charged, lines)
		}
	})
}

// What was paid for what never changes with later days.
func TestTheLedgerNeverRewritesThePast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyLedger.Draw(t, "ledger")
		on := day("2026-01-01").AddDays(rapid.IntRange(0, 60).Draw(t, "on"))
		later := l.Statement(on.AddDays(rapid.IntRange(0, 30).Draw(t, "days later")))
		for _, a := range l.Statement(on).Accounts {
			for i, line := range a.Lines {
				if now := later.Account(a.Name).Lines[i]; now.Paid < line.Paid || line.Settled != 0 && now.Settled != line.Settled {
					t.Errorf("%+v became %+v", line, now)
				}
			}
		}
	})
}

// A plan's charges give each account exactly what it is owed.
func TestChargesOfAPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		result := mustCalculate(t, anyCase.Draw(t, "case"))
		frequency := rapid.SampledFrom([]Frequency{Weekly, Fortnightly, FourWeekly, Monthly}).Draw(t, "frequency")
		plan := mustPlan(t, PlanTerms{Weekly: result.Fees.PayingTotal, Frequency: frequency, Start: day("2026-04-06"), Arrears: 99_99})
		charges, err := Charges(plan.Instalments, result.Owed())
		if err != nil {
			t.Fatal(err)
		}
		got, byDay := map[string]Money{}, map[Date]Money{}
		for _, charge := range charges {
			got[charge.Account] += charge.Amount
			byDay[charge.Due] += charge.Amount
		}
		for _, owed := range result.Owed() {
			if got[owed.Account] != owed.Amount {
				t.Errorf("%s is charged %v of %v", owed.Account, got[owed.Account], owed.Amount)
			}
		}
		for _, instalment := range plan.Instalments {
			if byDay[instalment.Due] != instalment.Regular {
				t.Errorf("%v is charged on %v, the instalment is %v", byDay[instalment.Due], instalment.Due, instalment.Regular)
			}
		}
	})
	instalments := []Instalment{{Regular: 10_00}}
	for _, owed := range []Money{9_99, 10_01} {
		if _, err := Charges(instalments, []Owed{{"A", ForMaintenance, owed}}); !errors.Is(err, ErrOwed) {
			t.Errorf("£10.00 for %v: %v", owed, err)
		}
	}
}

func TestSplit(t *testing.T) {
	tests := []struct {
		amount  Money
		weights []Money
		want    string
	}{
		{10_00, []Money{1, 1, 1}, "[£3.34 £3.33 £3.33]"},
		{10_00, []Money{2, 1}, "[£6.67 £3.33]"},
		{1, []Money{1, 3}, "[£0.00 £0.01]"},
		{5_00, []Money{0, 0}, "[£5.00 £0.00]"},
		{5_00, nil, "[]"},
		{0, []Money{1}, "[£0.00]"},
	}
	for _, test := range tests {
		if got := fmt.Sprint(Split(test.amount, test.weights)); got != test.want {
			t.Errorf("%v by %d: got %s, want %s", test.amount, test.weights, got, test.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		amount := Money(rapid.Int64Range(0, 1<<60).Draw(t, "amount"))
		weights := rapid.SliceOfN(rapid.Map(rapid.Int64Range(0, 1<<58), func(n int64) Money { return Money(n) }), 1, 8).Draw(t, "weights")
		sum := Money(0)
		for _, part := range Split(amount, weights) {
			if part < 0 {
				t.Errorf("a part of %v", part)
			}
			sum += part
		}
		if sum != amount {
			t.Errorf("the parts of %v come to %v", amount, sum)
		}
	})
}
