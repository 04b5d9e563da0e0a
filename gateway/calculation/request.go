package calculation

// Request is what `parley calculate` is asked on one line: a case, and the
// payment plan to make for it when a frequency is named.
type Request struct {
	Case Case
	Plan PlanTerms // Weekly and Start are filled from the case and its result

	grossAnnual Pay
}

// DecodeRequest reads a request in its JSON form, described in
// docs/calculation.md. The error is an *InputError.
func DecodeRequest(line []byte) (Request, error) {
	var q Request
	r := newReader(line)
	if err := r.object(func(name string) error { return q.field(r, name) }); err != nil {
		return Request{}, err
	}
	if err := r.end(); err != nil {
		return Request{}, err
	}
	if q.Plan.Frequency == "" && q.Plan.Arrears != 0 {
		return Request{}, &InputError{"frequency", "is needed to plan how arrears are paid"}
	}
	if !q.Case.Income.Given.Known() {
		q.Case.Income.Given = q.grossAnnual
	}
	q.Plan.Start = q.Case.EffectiveDate
	for i := range q.Case.ReceivingParents {
		if q.Case.ReceivingParents[i].ID == "" {
			q.Case.ReceivingParents[i].ID = placeName(i)
		}
	}
	return q, nil
}

// placeName names the receiving parent in a place, from 0: A, B, …
func placeName(place int) string { return string(rune('A' + place%26)) }

func (q *Request) field(r *reader, name string) error {
	c := &q.Case
	switch name {
	case "gross_weekly_income":
		return r.pay(&c.Income.Given, PerWeek)
	case "gross_annual_income":
		return r.pay(&q.grossAnnual, PerYear)
	case "historic_annual_income":
		return r.pay(&c.Income.Historic, PerYear)
	case "current_annual_income":
		return r.pay(&c.Income.Current, PerYear)
	case "current_monthly_income":
		return r.pay(&c.Income.Current, PerMonth)
	case "current_weekly_income":
		return r.pay(&c.Income.Current, PerWeek)
	case "private_pension_annual":
		return r.pay(&c.Income.Pension, PerYear)
	case "flat_rate_benefit":
		return r.name((*string)(&c.Benefit))
	case "flat_rate_benefit_weekly":
		return r.pay(&c.BenefitIncome, PerWeek)
	case "nil_rate_circumstance":
		return r.name((*string)(&c.NilCircumstance))
	case "relevant_other_children":
		return r.count(&c.RelevantOtherChildren)
	case "family_based_arrangement_children":
		return r.count(&c.FamilyArrangementChildren)
	case "children_abroad":
		return r.count(&c.ChildrenAbroad)
	case "receiving_parents":
		return r.list(func() error { return q.receivingParent(r) })
	default:
		return q.furtherField(r, name)
	}
}

func (q *Request) furtherField(r *reader, name string) error {
	c := &q.Case
	switch name {
	case "partner_also_pays":
		return r.yes(&c.PartnerAlsoPays)
	case "shared_care_agreed_in_principle_nights_disputed":
		return r.yes(&c.NightsDisputed)
	case "equal_day_to_day_care":
		return r.yes(&c.EqualCare)
	case "default_maintenance_decision":
		return r.yes(&c.DefaultDecision)
	case "variation_special_expenses_weekly":
		return q.variation(r, SpecialExpenses, PerWeek)
	case "variation_special_expenses_annual":
		return q.variation(r, SpecialExpenses, PerYear)
	case "variation_additional_income_annual":
		return q.variation(r, AdditionalIncome, PerYear)
	case "variations":
		return r.list(func() error { return q.namedVariation(r) })
	case "service":
		return r.text((*string)(&c.Service))
	case "missed_payments":
		return r.yes(&c.MissedPayments)
	case "frequency":
		return r.text((*string)(&q.Plan.Frequency))
	case "effective_date":
		return r.date(&c.EffectiveDate)
	case "first_due":
		return r.date(&q.Plan.FirstDue)
	case "arrears":
		return r.money(&q.Plan.Arrears)
	case "arrears_instalments":
		return q.arrearsInstalments(r)
	}
	return errUnknownField
}

func (q *Request) receivingParent(r *reader) error {
	var parent ReceivingParent
	err := r.object(func(name string) error {
		switch name {
		case "id":
			return r.text(&parent.ID)
		case "children":
			return r.list(func() error {
				var child Child
				err := r.object(func(name string) error { return child.field(r, name) })
				parent.Children = append(parent.Children, child)
				return err
			})
		}
		return errUnknownField
	})
	q.Case.ReceivingParents = append(q.Case.ReceivingParents, parent)
	return err
}

func (c *Child) field(r *reader, name string) error {
	switch name {
	case "id":
		return r.text(&c.ID)
	case "shared_care_nights":
		return r.count(&c.Nights)
	case "local_authority_nights":
		return r.count(&c.LocalAuthorityNights)
	case "equal_day_to_day_care":
		return r.yes(&c.EqualCare)
	}
	return errUnknownField
}

// variation reads an amount for a ground; nothing is no variation.
func (q *Request) variation(r *reader, ground Ground, per Period) error {
	var amount Pay
	if err := r.pay(&amount, per); err != nil {
		return err
	}
	if amount.Amount > 0 {
		q.Case.Variations = append(q.Case.Variations, Variation{ground, amount})
	}
	return nil
}

func (q *Request) namedVariation(r *reader) error {
	var v Variation
	err := r.object(func(name string) error {
		switch name {
		case "ground":
			return r.text((*string)(&v.Ground))
		case "weekly":
			return r.pay(&v.Amount, PerWeek)
		case "monthly":
			return r.pay(&v.Amount, PerMonth)
		case "annual", "value":
			return r.pay(&v.Amount, PerYear)
		}
		return errUnknownField
	})
	q.Case.Variations = append(q.Case.Variations, v)
	return err
}

func (q *Request) arrearsInstalments(r *reader) error {
	const unread = -1 << 63 // none is written so
	n := unread
	switch err := r.count(&n); {
	case err != nil || n == unread:
		return err
	case n < 1:
		return r.fail("must be 1 or more")
	}
	q.Plan.ArrearsInstalments = n
	return nil
}
