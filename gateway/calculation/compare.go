package calculation

import "slices"

// Comparison says why a weekly amount moved. The Amounts of its Changes add up
// exactly to After − Before.
type Comparison struct {
	Before, After Money
	Changes       []Change
}

// Change is one reason, and how far it moved the weekly amount.
type Change struct {
	Factor Factor
	Amount Money // below nought when the weekly amount fell

	from, to words
}

// Compare works out both cases and finds what each difference did: the
// factors of the first case give way to the second's one after another, and
// the amount is worked out after each. What two differences did only together
// counts for the later one. Amounts are those the recipient knows: the whole
// for the paying parent and staff, the own part for a receiving parent; one who
// has no part in one of the cases is told nothing of why. The error is an
// *InputError.
func Compare(before, after Case, who Recipient) (Comparison, error) {
	first, err := Calculate(before)
	if err != nil {
		return Comparison{}, err
	}
	last, err := Calculate(after)
	if err != nil {
		return Comparison{}, err
	}
	c := Comparison{Before: who.weekly(&first), After: who.weekly(&last)}
	if !who.partOf(&first) || !who.partOf(&last) {
		c.addUnnamed(c.After - c.Before)
		return c, nil
	}
	was, wasResult := before, first
	for _, move := range moves(&first, &last) {
		now := was
		for _, factor := range move {
			factor.apply(&now, &after)
		}
		nowResult, err := work(&now, false)
		if err != nil {
			// A mixture that cannot be worked out, for want of an income, is
			// passed over: the next move tells of both.
			was = now
			continue
		}
		c.add(Change{
			Factor: move[0],
			Amount: who.weekly(&nowResult) - who.weekly(&wasResult),
			from:   move[0].value(&was, &wasResult, who),
			to:     move[0].value(&now, &nowResult, who),
		}, who)
		was, wasResult = now, nowResult
	}
	return c, nil
}

// add takes in a change that the recipient may be told. What moved a receiving
// parent's amount and may not be told is one change without a name.
func (c *Comparison) add(change Change, who Recipient) {
	if change.from == (words{}) || change.to == (words{}) {
		change.from, change.to = words{}, words{}
	}
	if change.from == change.to {
		if who.role == toReceiver {
			c.addUnnamed(change.Amount)
			return
		}
		if change.Amount == 0 {
			return
		}
	}
	c.Changes = append(c.Changes, change)
}

func (c *Comparison) addUnnamed(amount Money) {
	if amount == 0 {
		return
	}
	for i := range c.Changes {
		if c.Changes[i].Factor != FactorOther {
			continue
		}
		if c.Changes[i].Amount += amount; c.Changes[i].Amount == 0 {
			c.Changes = slices.Delete(c.Changes, i, i+1)
		}
		return
	}
	c.Changes = append(c.Changes, Change{Factor: FactorOther, Amount: amount})
}

// weekly is the amount that the recipient knows.
func (who Recipient) weekly(r *Result) Money {
	if who.role != toReceiver {
		return r.Weekly
	}
	if i := slices.IndexFunc(r.Shares, who.owns); i >= 0 {
		return r.Shares[i].Weekly
	}
	return 0
}
