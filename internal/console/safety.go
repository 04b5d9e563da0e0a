package console

import (
	"errors"
	"net/url"

	"parley/gateway"
	"parley/gateway/directory"
)

// safety is what can be done for the safety of a person, from their own page
// and from a conversation with them.
type safety struct {
	ID       directory.PersonID
	Case     directory.CaseReference
	Token    string // of its forms
	To       string // where they lead back; empty: to the person's page
	Contact  gateway.Contact
	Number   string // to call back
	NoNumber string // why there is none: "none" or "new"
	Check    *gateway.Check
	Checked  bool // it counts still
	Kinds    []gateway.Danger
	Release  bool // whoever looks may release a hold

	Problem, Field string
	Wrote          url.Values
}

// Address is that of a deed.
func (s safety) Address(deed string) string { return personAddress(s.ID, deed) }

// Stopped are the channels on which they have said STOP.
func (s safety) Stopped() []directory.Channel {
	var stopped []directory.Channel
	for _, w := range s.Contact.Ways {
		if w.OptedOut {
			stopped = append(stopped, w.Channel)
		}
	}
	return stopped
}

// safetyOf is what can be done for somebody on a case.
func (c *Console) safetyOf(r *request, id directory.PersonID, of directory.CaseReference, contact gateway.Contact) (safety, error) {
	s := safety{ID: id, Case: of, Token: r.token, Contact: contact, Kinds: dangers, Release: r.Staff.Role == directory.Specialist}
	number, err := c.config.Case.Desk.CallBackNumber(r.Context(), id)
	switch {
	case errors.Is(err, gateway.ErrNewNumber):
		s.NoNumber = "new"
	case errors.Is(err, gateway.ErrNoNumber):
		s.NoNumber = "none"
	case err != nil:
		return s, err
	default:
		s.Number = written07(number)
	}
	check, err := c.config.Case.Records.LastCheck(r.Context(), id)
	if errors.Is(err, gateway.ErrNotFound) {
		return s, nil
	}
	s.Check, s.Checked = &check, c.config.Clock().Sub(check.At) <= gateway.CheckLife
	return s, err
}

// safetyIn is what can be done for the person of a conversation, who is led back
// to it; nil when it is of no person, or of no case.
func (c *Console) safetyIn(r *request, view *gateway.ConversationView) (*safety, error) {
	if view.Person == "" || view.Case == "" {
		return nil, nil
	}
	file, err := c.config.Cases.Case(r.Context(), view.Case)
	if err != nil {
		return nil, err
	}
	contacts, err := c.config.Case.Desk.Contacts(r.Context(), &file)
	if err != nil {
		return nil, err
	}
	for _, contact := range contacts {
		if contact.Person == view.Person {
			s, err := c.safetyOf(r, view.Person, view.Case, contact)
			s.To = "/console/conversations/" + url.PathEscape(string(view.ID))
			return &s, err
		}
	}
	return nil, nil // they are not on the case any more
}
