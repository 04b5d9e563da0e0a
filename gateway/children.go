package gateway

import (
	"context"

	"parley/dialogs"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// children are what a dialog may know of the children on a case: nothing until
// the person has confirmed who they are, and then only of the children that
// they pay or are paid for.
func (t *taking) children(ctx context.Context, d *dialogs.Dialog, c Conversation) ([]dialogs.Child, error) {
	if !d.ReadsChildren() || t.identity() < directory.Confirmed {
		return nil, nil
	}
	file, err := t.caseFile(ctx, c.Case)
	if err != nil {
		return nil, err
	}
	today := calculation.DateOf(t.now.In(t.g.calendar.london))
	var children []dialogs.Child
	for _, r := range file.ReceivingParents {
		if c.Person != file.PayingParent.ID && c.Person != r.ID {
			continue
		}
		for _, child := range r.Children {
			children = append(children, dialogs.Child{
				ID: child.ID, Name: child.Name, Age: age(child.DateOfBirth, today), Nights: child.SharedCareNights,
			})
		}
	}
	return children, nil
}

// age is in whole years, and 0 for a birth date that is not known.
func age(born, today calculation.Date) int {
	if born == 0 {
		return 0
	}
	b, t := born.Time(), today.Time()
	years := t.Year() - b.Year()
	if t.Month() < b.Month() || t.Month() == b.Month() && t.Day() < b.Day() {
		years--
	}
	return max(years, 0)
}
