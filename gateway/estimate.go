package gateway

import (
	"errors"
	"fmt"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// errPayUnknown is a call without a pay, or with one that has no period.
var errPayUnknown = errors.New("the call passes on no pay for a period")

// pay is the pay that a call passes on.
func pay(c dialogs.Call) calculation.Pay {
	for _, f := range c.With {
		if f.Name == "pay" {
			return calculation.Pay{Amount: calculation.Money(f.Value.Pence), Per: calculation.Period(f.Value.Period)}
		}
	}
	return calculation.Pay{}
}

// estimate is the call estimate: what might be payable each week with this
// pay, on what the case record holds, and whether that is another amount than
// without it.
func estimate(c directory.Case, current calculation.Pay) (dialogs.Value, error) {
	if !current.Known() {
		return dialogs.Value{}, errPayUnknown
	}
	known := c.OnRecord()
	before, err := calculation.Calculate(known)
	if err != nil {
		return dialogs.Value{}, fmt.Errorf("calculating case %s: %w", c.Reference, err)
	}
	known.Income.Current = current
	after, err := calculation.Calculate(known)
	if err != nil {
		return dialogs.Value{}, fmt.Errorf("estimating case %s: %w", c.Reference, err)
	}
	return dialogs.Group(
		dialogs.Field{Name: "weekly_amount", Value: dialogs.Amount(answers.Pence(after.Weekly))},
		dialogs.Field{Name: "changes", Value: dialogs.YesNo(after.Weekly != before.Weekly)},
	), nil
}
