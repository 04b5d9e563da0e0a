package calculation

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
// for the paying parent and staff, the own part for a receiving parent. The
// error is an *InputError.
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
	was, wasResult := before, first
	for _, factor := range order(&first) {
		now := was
		factor.apply(&now, &after)
		nowResult, err := work(&now, false)
		if err != nil {
			// A mixture that cannot be worked out, such as one with neither
			// income nor benefit, is passed over: the next factor tells of both.
			was = now
			continue
		}
		change := Change{Factor: factor, Amount: who.weekly(&nowResult) - who.weekly(&wasResult)}
		change.from = factor.value(&was, &wasResult, who)
		change.to = factor.value(&now, &nowResult, who)
		if change.from == (words{}) || change.to == (words{}) {
			change.from, change.to = words{}, words{}
		}
		if told, ok := change.toldTo(who); ok {
			c.Changes = append(c.Changes, told)
		}
		was, wasResult = now, nowResult
	}
	return c, nil
}

// weekly is the amount that the recipient knows.
func (who Recipient) weekly(r *Result) Money {
	if who.role != toReceiver {
		return r.Weekly
	}
	for _, share := range r.Shares {
		if share.ReceivingParent == who.receivingParent {
			return share.Weekly
		}
	}
	return 0
}

// toldTo leaves out what did not change, and hides what a receiving parent is
// not told: that parent hears only that something else moved the amount.
func (c Change) toldTo(who Recipient) (Change, bool) {
	if c.from == c.to && c.Amount == 0 {
		return c, false
	}
	if c.from == c.to && who.role == toReceiver {
		c.Factor = FactorOther
	}
	return c, true
}
