package calculation

// Service is how maintenance is passed on. The zero Service is Direct Pay.
type Service string

// The services. Between parents who pay each other directly there is no fee.
const (
	DirectPay     Service = "direct_pay"
	CollectAndPay Service = "collect_and_pay"
)

// FeeRates are the Collect and Pay fees in force from a day on, in percent of
// the maintenance (FR 7). A reform is one more row.
type FeeRates struct {
	From            Date
	PayingParent    int64 // added to what the paying parent pays
	PayingMissed    int64 // the same, of a parent who has missed payments
	ReceivingParent int64 // taken from what the receiving parent gets
}

// FeesInForce lists the collection fees so far. The reform announced in June
// 2025 (2% from each parent, 20% from one who does not pay) has no date yet
// and so no row.
func FeesInForce() []FeeRates {
	return []FeeRates{
		{From: NewDate(2014, 8, 11), PayingParent: 20, PayingMissed: 20, ReceivingParent: 4}, // SI 2014/612 reg 1(4)
	}
}

// Fees are what is charged on a week's maintenance.
type Fees struct {
	PayingParent    Money // added to the maintenance
	PayingTotal     Money // maintenance and fee
	ReceivingParent Money // taken from the maintenance
	ReceivingGets   Money // maintenance less fee, of all receiving parents
}

// fees takes the fees on each receiving parent's weekly amount, rounded to a
// penny, half upwards (FR 7); the totals are sums of those. The regulation
// speaks of a seventh for each day; a fee on the week is what the published
// examples show.
func (w *worksheet) fees() {
	f := Fees{PayingTotal: w.result.Weekly, ReceivingGets: w.result.Weekly}
	if w.Service == CollectAndPay {
		rates := w.feeRates()
		paying := rates.PayingParent
		if w.MissedPayments {
			paying = rates.PayingMissed
		}
		for i := range w.result.Shares {
			share := &w.result.Shares[i]
			share.PayingFee = w.fee(share, paying, stepPayingFee)
			share.ReceivingFee = w.fee(share, rates.ReceivingParent, stepReceivingFee)
			f.PayingParent += share.PayingFee
			f.ReceivingParent += share.ReceivingFee
		}
		f.PayingTotal += f.PayingParent
		f.ReceivingGets -= f.ReceivingParent
	}
	w.result.Fees = f
}

func (w *worksheet) fee(share *Share, percent int64, kind stepKind) Money {
	fee := w.start(pence(share.Weekly), UnitMoney).part(exact{percent, 100}, UnitPercent)
	fee.value = pence(fee.value.rounded())
	if share.Weekly > 0 {
		w.stepFor(share.ReceivingParent, kind, fee)
	}
	return Money(fee.value.num)
}

// feeRates finds the row in force on the effective date; without a date, the
// latest. Before the first row there were no fees.
func (w *worksheet) feeRates() FeeRates {
	table := w.FeeTable
	if table == nil {
		table = FeesInForce()
	}
	var found FeeRates
	for _, row := range table {
		if row.From >= found.From && (w.EffectiveDate == 0 || row.From <= w.EffectiveDate) {
			found = row
		}
	}
	return found
}
