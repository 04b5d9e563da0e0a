package directory

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/gateway/calculation"
)

// Bounds that are far above any family. Those on counts are the calculation's.
const (
	mostReceivingParents = 20
	mostChildren         = 40
	nightsInYear         = 365
	longestText          = 200 // characters of a name
)

const (
	referenceForm  = "must be 12 digits"
	identifierForm = "must be 1 to 64 letters, digits and . _ : -"
	textForm       = "must be one line of up to 200 characters"
)

// normalise checks a case as it comes from outside, brings its values to their
// normal form and fills in what may be left out. The error is a *FieldError.
func (c *Case) normalise() error {
	c.Nation = cmp.Or(c.Nation, England)
	switch {
	case !isReference(c.Reference):
		return &FieldError{"reference", referenceForm}
	case !isIdentifier(string(c.Team)):
		return &FieldError{"team", identifierForm}
	case !c.Nation.known():
		return &FieldError{"nation", "must be england, wales, scotland or northern_ireland"}
	case c.Service != DirectPay && c.Service != CollectAndPay:
		return &FieldError{"service", "must be direct_pay or collect_and_pay"}
	case c.NamedCaseworker != nil && !tidy(c.NamedCaseworker):
		return &FieldError{"named_caseworker", textForm}
	}
	if err := c.normalisePeople(); err != nil {
		return err
	}
	if err := c.Income.check(); err != nil {
		return err
	}
	if f := calculation.Frequency(c.Plan.Frequency); f != "" && f.Instalments() == 0 {
		return &FieldError{"plan.frequency", "must be weekly, fortnightly, four_weekly or monthly"}
	}
	if c.Plan.Arrears < 0 || (c.Plan.Arrears == 0) != (c.Plan.ArrearsFrom == 0) {
		return &FieldError{"plan.arrears", "must be an amount, with arrears_from, the day from which it is paid"}
	}
	return nil
}

// normalisePeople also sees that ids and references name one person each.
func (c *Case) normalisePeople() error {
	if err := c.PayingParent.normalise("paying_parent"); err != nil {
		return err
	}
	switch n := len(c.ReceivingParents); {
	case n == 0:
		return &FieldError{"receiving_parents", "must name at least one, with a child"}
	case n > mostReceivingParents:
		return &FieldError{"receiving_parents", fmt.Sprintf("has more than %d entries", mostReceivingParents)}
	}
	people := map[PersonID]bool{c.PayingParent.ID: true}
	references := map[CaseReference]bool{}
	children := map[string]bool{}
	for i := range c.ReceivingParents {
		r := &c.ReceivingParents[i]
		path := "receiving_parents[" + strconv.Itoa(i) + "]"
		if err := r.Person.normalise(path); err != nil {
			return err
		}
		switch {
		case people[r.ID]:
			return &FieldError{path + ".id", "is on the case twice"}
		case r.Reference != "" && !isReference(r.Reference):
			return &FieldError{path + ".reference", referenceForm}
		case r.Reference == "" && len(c.ReceivingParents) > 1, references[r.Reference]:
			// A reference never leads from one receiving parent to another.
			return &FieldError{path + ".reference", "must be a reference of their own where several are paid"}
		}
		people[r.ID], references[r.Reference] = true, true
		if err := r.checkChildren(path, children); err != nil {
			return err
		}
	}
	return nil
}

// checkChildren adds the children's ids to those that are taken.
func (r *ReceivingParent) checkChildren(path string, taken map[string]bool) error {
	switch n := len(r.Children); {
	case n == 0:
		return &FieldError{path + ".children", "must name at least one"}
	case n > mostChildren:
		return &FieldError{path + ".children", fmt.Sprintf("has more than %d entries", mostChildren)}
	}
	for i := range r.Children {
		child := &r.Children[i]
		path := path + ".children[" + strconv.Itoa(i) + "]"
		switch {
		case child.ID != "" && !isIdentifier(child.ID):
			return &FieldError{path + ".id", identifierForm}
		case taken[child.ID]:
			return &FieldError{path + ".id", "is on the case twice"}
		case !tidy(&child.Name):
			return &FieldError{path + ".name", textForm}
		case child.SharedCareNights < 0 || child.SharedCareNights > nightsInYear:
			return &FieldError{path + ".shared_care_nights", "must be from 0 to 365"}
		}
		if child.ID != "" {
			taken[child.ID] = true
		}
	}
	return nil
}

// check has nothing to say of amounts: none that is below nothing can be read.
func (i *Income) check() error {
	switch {
	case i.TaxYear != "" && !isTaxYear(i.TaxYear):
		return &FieldError{"income.tax_year", "must have the form 2025-26"}
	case i.RelevantOtherChildren < 0 || i.RelevantOtherChildren > mostChildren:
		return &FieldError{"income.relevant_other_children", fmt.Sprintf("must be from 0 to %d", mostChildren)}
	}
	return nil
}

func (n Nation) known() bool {
	switch n {
	case England, Wales, Scotland, NorthernIreland:
		return true
	}
	return false
}

func isReference(r CaseReference) bool { return len(r) == 12 && isDigits(string(r)) }

func isDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// isIdentifier takes ids that can stand in a log and in an address: an email
// address or a name as an id would show there.
func isIdentifier(text string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	return text != "" && len(text) <= 64 && strings.Trim(text, letters+"._:-") == ""
}

// isTaxYear takes "2025-26": a year and the one after it.
func isTaxYear(text string) bool {
	begins, ends, _ := strings.Cut(text, "-")
	if len(begins) != 4 || len(ends) != 2 || !isDigits(begins+ends) {
		return false
	}
	year, _ := strconv.Atoi(begins)
	return fmt.Sprintf("%02d", (year+1)%100) == ends
}

// tidy leaves out the white space around a text, and reports whether the rest
// is one line that is not too long. Nothing is a text too.
func tidy(text *string) bool {
	*text = strings.TrimSpace(*text)
	return utf8.RuneCountInString(*text) <= longestText && !strings.ContainsFunc(*text, unicode.IsControl)
}
