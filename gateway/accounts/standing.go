package accounts

import (
	"slices"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// Standing is where one person stands.
type Standing struct {
	Regular calculation.Money // each time, to the penny below
	Next    calculation.Instalment
	Behind  calculation.Money // was due before today, and is unpaid
	Ahead   calculation.Money // paid beyond what was due
	Came    []Receipt         // the latest first, three at most
}

// Receipt is money that came on a day.
type Receipt struct {
	On     calculation.Date
	Amount calculation.Money
}

// mostReceipts is how many of the latest payments are told.
const mostReceipts = 3

// Of is where a parent on the case stands. For anybody else the error is
// ErrNotTheirs.
func (b *Books) Of(person directory.PersonID) (Standing, error) {
	share, err := b.share(person)
	switch {
	case err != nil:
		return Standing{}, err
	case share == nil:
		return b.paying()
	}
	return b.receiving(share)
}

// share is a receiving parent's part of the amount; none for who pays it.
func (b *Books) share(person directory.PersonID) (*calculation.Share, error) {
	if person != "" && person == b.file.PayingParent.ID {
		return nil, nil
	}
	i := slices.IndexFunc(b.result.Shares, func(s calculation.Share) bool { return s.ReceivingParent == string(person) })
	if i < 0 {
		return nil, ErrNotTheirs
	}
	return &b.result.Shares[i], nil
}
