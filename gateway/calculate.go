package gateway

import (
	"fmt"
	"strconv"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/gateway/calculation"
)

// calculate is the call calculate: an estimate for anybody, from nothing but
// what they say. One receiving parent and the same nights for every child are
// assumed; without a pay, a benefit for which the flat rate is paid (CR 44).
// The amounts with_fee and after_fee are what one parent would pay and the
// other get if the service collected it.
func calculate(c dialogs.Call) (dialogs.Value, error) {
	said := calculation.Case{
		Service:               calculation.CollectAndPay,
		Income:                calculation.Income{Current: pay(c)},
		RelevantOtherChildren: whole(passed(c, "others")),
	}
	if !said.Income.Current.Known() {
		said.Benefit = calculation.SomeBenefit
	}
	family := calculation.ReceivingParent{Children: make([]calculation.Child, whole(passed(c, "children")))}
	for i := range family.Children {
		family.Children[i].Nights = whole(passed(c, "nights"))
	}
	said.ReceivingParents = []calculation.ReceivingParent{family}
	r, err := calculation.Explain(said)
	if err != nil {
		return dialogs.Value{}, fmt.Errorf("calculating what somebody says: %w", err)
	}
	own := r.For(calculation.PayingParent())
	return dialogs.Group(append([]dialogs.Field{
		{Name: "weekly_amount", Value: amount(r.Weekly)},
		{Name: "rate", Value: rateInWords(r.Rate)},
		{Name: "with_fee", Value: amount(r.Fees.PayingTotal)},
		{Name: "after_fee", Value: amount(r.Fees.ReceivingGets)},
	}, byTopic(&own)...)...), nil
}

// passed is what a call passes on under a name.
func passed(c dialogs.Call, name string) dialogs.Value {
	for _, f := range c.With {
		if f.Name == name {
			return f.Value
		}
	}
	return dialogs.Value{}
}

// whole is a number or nights; nothing is nought.
func whole(v dialogs.Value) int {
	n, err := strconv.Atoi(v.Text)
	if err != nil {
		return 0
	}
	return n
}

func amount(m calculation.Money) dialogs.Value { return dialogs.Amount(answers.Pence(m)) }

// rateInWords names a rate as the Child Maintenance Service does, without its
// article; the Welsh as after one: "y gyfradd sylfaenol".
func rateInWords(r calculation.Rate) dialogs.Value {
	switch r {
	case calculation.DefaultRate:
		return dialogs.Words("default rate", "gyfradd ddiofyn")
	case calculation.FlatRate:
		return dialogs.Words("flat rate", "gyfradd unffurf")
	case calculation.ReducedRate:
		return dialogs.Words("reduced rate", "gyfradd is")
	case calculation.BasicRate:
		return dialogs.Words("basic rate", "gyfradd sylfaenol")
	case calculation.BasicPlus:
		return dialogs.Words("basic plus rate", "gyfradd sylfaenol ychwanegol")
	default: // and where nobody is liable, there is nothing to pay either
		return dialogs.Words("nil rate", "gyfradd sero")
	}
}
