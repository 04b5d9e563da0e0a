package accounts

import (
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// CheckArrears is the error of an agreement on arrears that cannot be kept: a
// *calculation.InputError.
func CheckArrears(p *directory.Plan) error {
	switch {
	case p.Arrears < 0:
		return &calculation.InputError{Field: "arrears", Problem: "must not be less than nothing"}
	case (p.Arrears == 0) != (p.ArrearsFrom == 0):
		return &calculation.InputError{Field: "arrears_from", Problem: "goes together with arrears"}
	}
	return nil
}

// spreadArrears has what was unpaid when an agreement on it began fall due as it
// was agreed: so much more with each payment from that day on, until nothing is
// left. Payments pay the oldest debt first all the same.
func (b *Books) spreadArrears() {
	from := b.file.Plan.ArrearsFrom
	if from == 0 || b.file.Service != directory.CollectAndPay || b.today < from {
		return
	}
	var owed []calculation.Charge // what was unpaid, by account
	var left []calculation.Money
	var charges []calculation.Charge
	before := b.ledger.Statement(from - 1)
	for _, a := range before.Accounts {
		for _, line := range a.Lines {
			if missing := line.Amount - line.Paid; missing > 0 {
				owed, left = append(owed, line.Charge), append(left, missing)
			}
			if line.Amount = line.Paid; line.Amount > 0 {
				charges = append(charges, line.Charge)
			}
		}
	}
	for _, c := range b.ledger.Charges {
		if c.Due >= from {
			charges = append(charges, c)
		}
	}
	b.agreed = map[calculation.Date]calculation.Money{}
	for _, due := range b.days(b.ledger.Charges[len(b.ledger.Charges)-1].Due) {
		if due < from {
			continue
		}
		for i, part := range calculation.Split(min(b.file.Plan.Arrears, sum(left)), left) {
			if part > 0 {
				left[i] -= part
				b.agreed[due] += part
				charges = append(charges, calculation.Charge{Account: owed[i].Account, Purpose: owed[i].Purpose, Due: due, Amount: part})
			}
		}
	}
	b.ledger.Charges = charges
}

func sum(amounts []calculation.Money) (all calculation.Money) {
	for _, a := range amounts {
		all += a
	}
	return all
}
