package gateway

import (
	"errors"
	"strings"

	"parley/dialogs"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// Why the nights that a parent tells cannot be held against the record.
var (
	errChildUnknown = errors.New("no one child on the case has that first name")
	errNightsUneven = errors.New("the call passes on other children than nights")
)

// nightsBand is the call nights_band: whether the nights that a parent tells
// could alter the amount. They can where they move a child into another band
// than the nights on the case record do (Sch 1 para 7(4)), and else they cannot.
// A parent is held against their own children only.
func nightsBand(c directory.Case, person directory.PersonID, call dialogs.Call) (dialogs.Value, error) {
	_, paying, err := recipient(c, person)
	if err != nil {
		return dialogs.Value{}, err
	}
	names, nights := passed(call, "children").Fields, passed(call, "nights").Fields
	if len(names) != len(nights) {
		return dialogs.Value{}, errNightsUneven
	}
	own := childrenOf(c, person)
	withPayer := paying == (passed(call, "whose").Text == "me")
	matters := false
	for i := range names {
		child, err := childCalled(own, names[i].Value.Text)
		if err != nil {
			return dialogs.Value{}, err
		}
		told := whole(nights[i].Value)
		if !withPayer {
			told = max(daysInYear-told, 0)
		}
		matters = matters || calculation.NightsMatter(child.SharedCareNights, told)
	}
	return dialogs.Group(dialogs.Field{Name: "matters", Value: dialogs.YesNo(matters)}), nil
}

// daysInYear is what nights are counted out of, in leap years too.
const daysInYear = 365

// childrenOf are the children that a person pays or is paid for.
func childrenOf(c directory.Case, person directory.PersonID) []directory.Child {
	var children []directory.Child
	for _, r := range c.ReceivingParents {
		if person == c.PayingParent.ID || person == r.ID {
			children = append(children, r.Children...)
		}
	}
	return children
}

// childCalled finds the one child of a first name.
func childCalled(children []directory.Child, firstName string) (found directory.Child, err error) {
	err = errChildUnknown
	for _, child := range children {
		first, _, _ := strings.Cut(child.Name, " ")
		if !strings.EqualFold(first, strings.TrimSpace(firstName)) {
			continue
		}
		if err == nil {
			return directory.Child{}, errChildUnknown
		}
		found, err = child, nil
	}
	return found, err
}
