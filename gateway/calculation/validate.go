package calculation

import "fmt"

// Bounds on counts. They are far above any family and keep every fraction
// within 64 bits.
const (
	mostReceivingParents = 20
	mostChildren         = 40 // of one receiving parent, or other children
	nightsInYear         = 365
)

// Validate finds the first input that cannot be right, an *InputError.
func (c *Case) Validate() error {
	if err := c.Income.validate(); err != nil {
		return err
	}
	switch {
	case c.Service != "" && c.Service != DirectPay && c.Service != CollectAndPay:
		return &InputError{"service", fmt.Sprintf("%q is not a service: direct_pay or collect_and_pay", c.Service)}
	case c.Benefit != "" && !c.Benefit.known():
		return &InputError{"flat_rate_benefit", fmt.Sprintf("%q is not a benefit that counts for the flat rate", c.Benefit)}
	case c.NilCircumstance != "" && !c.NilCircumstance.known():
		return &InputError{"nil_rate_circumstance", fmt.Sprintf("%q is not a circumstance in which the nil rate applies", c.NilCircumstance)}
	}
	if err := checkPay("flat_rate_benefit_weekly", c.BenefitIncome); err != nil {
		return err
	}
	for i, v := range c.Variations {
		field := fmt.Sprintf("variations[%d]", i)
		if !v.Ground.effect().known {
			return &InputError{field + ".ground", fmt.Sprintf("%q is not a ground for a variation", v.Ground)}
		}
		if err := checkPay(field+".amount", v.Amount); err != nil {
			return err
		}
	}
	if err := checkCount("relevant_other_children", c.RelevantOtherChildren, mostChildren); err != nil {
		return err
	}
	if err := checkCount("family_based_arrangement_children", c.FamilyArrangementChildren, mostChildren); err != nil {
		return err
	}
	if err := checkCount("children_abroad", c.ChildrenAbroad, mostChildren); err != nil {
		return err
	}
	return c.validateReceivingParents()
}

func (i *Income) validate() error {
	fields := [...]struct {
		name string
		pay  Pay
	}{
		{"gross_weekly_income", i.Given},
		{"historic_annual_income", i.Historic},
		{"current_annual_income", i.Current},
		{"private_pension_annual", i.Pension},
	}
	for _, f := range fields {
		if err := checkPay(f.name, f.pay); err != nil {
			return err
		}
	}
	return nil
}

func (c *Case) validateReceivingParents() error {
	if len(c.ReceivingParents) == 0 {
		return &InputError{"receiving_parents", "is needed, with at least one child"}
	}
	if len(c.ReceivingParents) > mostReceivingParents {
		return &InputError{"receiving_parents", fmt.Sprintf("has more than %d entries", mostReceivingParents)}
	}
	for i := range c.ReceivingParents {
		parent := &c.ReceivingParents[i]
		field := func(rest string) string { return fmt.Sprintf("receiving_parents[%d].%s", i, rest) }
		switch n := len(parent.Children); {
		case n == 0:
			return &InputError{field("children"), "is empty: there is no child to pay for"}
		case n > mostChildren:
			return &InputError{field("children"), fmt.Sprintf("has more than %d entries", mostChildren)}
		}
		for j := range c.ReceivingParents[:i] {
			if c.ReceivingParents[j].ID == parent.ID {
				return &InputError{field("id"), fmt.Sprintf("%q is there twice", parent.ID)}
			}
		}
		for j := range parent.Children {
			if name, problem := parent.Children[j].problem(); problem != "" {
				return &InputError{field(fmt.Sprintf("children[%d].%s", j, name)), problem}
			}
		}
	}
	return nil
}

func (c *Child) problem() (field, problem string) {
	switch {
	case c.Nights < 0:
		return "shared_care_nights", "cannot be less than nought"
	case c.Nights > nightsInYear:
		return "shared_care_nights", "cannot be more than the 365 nights of a year"
	case c.LocalAuthorityNights < 0:
		return "local_authority_nights", "cannot be less than nought"
	case c.LocalAuthorityNights > nightsInYear-c.Nights:
		return "local_authority_nights", "cannot bring the nights of a year above 365"
	}
	return "", ""
}

func checkPay(field string, p Pay) error {
	switch {
	case p.Per == "" && p.Amount != 0, p.Per != "" && !p.Per.valid():
		return &InputError{field, fmt.Sprintf("is for %q, which is not a period", p.Per)}
	case p.Amount < 0:
		return &InputError{field, errMoneyNegative.Error()}
	case p.Amount > mostMoney:
		return &InputError{field, errMoneyLarge.Error()}
	}
	return nil
}

func checkCount(field string, n, most int) error {
	switch {
	case n < 0:
		return &InputError{field, "cannot be less than nought"}
	case n > most:
		return &InputError{field, fmt.Sprintf("cannot be more than %d", most)}
	}
	return nil
}
