package console

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"parley/gateway"
	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates"
)

// parent is somebody on a case, with what concerns them alone.
type parent struct {
	directory.Person
	Role      directory.Role
	Reference directory.CaseReference // by which they know the case
	Case      directory.CaseReference
	Children  []directory.Child
	Contact   gateway.Contact
	Tell      *tellable // nil: nothing is known that they may be told
	ReviewDue bool      // of the safe contact: its day has come
}

// Known reports whether they were ever asked how it is safe to contact them.
func (p parent) Known() bool { return p.SafeContact != nil }

// Careful reports whether something about contacting them must not be missed.
func (p parent) Careful() bool {
	return p.Contact.Held || p.Contact.CaseHeld || p.Risk != nil || p.Discreet() || len(p.Needs) > 0 || p.ReviewDue
}

// Hours are those in which they may be sent anything; empty: at any time.
func (p parent) Hours() string {
	h := p.SafeHours()
	if h.Contains(0) && h.Contains(24*60-1) && h.From%(24*60) == h.To%(24*60) {
		return ""
	}
	return fmt.Sprintf("%02d:%02d–%02d:%02d", h.From/60, h.From%60, h.To/60, h.To%60)
}

// Second reports whether their phone is a second number, in place of their own.
func (p parent) Second() bool { return p.SafeContact != nil && p.SafeContact.Phone != "" }

// A way is a channel, and whether they are reached by it.
type way struct {
	Channel  directory.Channel
	Value    string // as people write it; empty: they have given none
	Safe     bool   // they have said that it is safe
	OptedOut bool
	Doubt    directory.Reason
}

// Usable reports whether something may be sent by it.
func (w way) Usable() bool { return w.Safe && w.Value != "" && !w.OptedOut && w.Doubt == "" }

// Ways are the channels by which somebody could be reached.
func (p parent) Ways() []way {
	ways := []way{{Channel: directory.SMS}, {Channel: directory.Voice}, {Channel: directory.Email}, {Channel: directory.Letter}}
	for i := range ways {
		w := &ways[i]
		w.Safe = p.Permits(w.Channel)
		for _, known := range p.Contact.Ways {
			switch {
			case known.Channel == w.Channel:
				w.Value, w.OptedOut, w.Doubt = written(known.Address), known.OptedOut, known.Doubt
			case known.Channel == directory.SMS && w.Channel == directory.Voice: // one number; STOP is of texts
				w.Value, w.Doubt = written(known.Address), known.Doubt
			}
		}
	}
	return ways
}

// written is an address as people write it; a postal one without the name.
func written(a directory.Address) string {
	switch a.Channel {
	case directory.SMS:
		return written07(a.Value)
	case directory.Letter:
		_, lines, _ := strings.Cut(a.Value, "\n")
		return lines
	default:
		return a.Value
	}
}

// written07 is a UK number as people write it: 07700 900101.
func written07(number string) string {
	const uk = "+44"
	if len(number) != len("+447700900101") || number[:len(uk)] != uk {
		return number
	}
	return "0" + number[3:7] + " " + number[7:]
}

// tellable is what somebody may be told of the calculation and the account, and
// nothing else (Child Support Maintenance Calculation Regulations 2012 reg 25).
type tellable struct {
	Pays      bool // to others; they are paid otherwise
	Direct    bool // from parent to parent
	Weekly    calculation.Money
	After     calculation.Money // with the fee for who pays, less it for who is paid
	Since     string
	Frequency string
	Standing  *accounts.Standing // nil: there is no plan
	Next      string             // the day
	Came      []cameIn
	Steps     []string
}

// cameIn is a payment that came.
type cameIn struct {
	Day    string
	Amount calculation.Money
}

func (c *Console) fillParents(r *request, v *caseView) (err error) {
	v.Parents, err = c.parentsOf(r, &v.Case, v.Money)
	return err
}

// parentsOf are the people on a case, who pays first.
func (c *Console) parentsOf(r *request, of *directory.Case, m *money) ([]parent, error) {
	contacts, err := c.config.Case.Desk.Contacts(r.Context(), of)
	if err != nil {
		return nil, err
	}
	parties := of.Parties()
	var list []parent
	for i, person := range of.People() {
		p := parent{Person: *person, Role: parties[i].Role, Reference: parties[i].Reference, Case: of.Reference, Contact: contacts[i]}
		if i > 0 {
			p.Children = of.ReceivingParents[i-1].Children
		}
		p.ReviewDue = p.SafeContact != nil && p.SafeContact.Review != 0 && p.SafeContact.Review <= c.today()
		p.Tell = m.tell(r.Language, of, &p)
		list = append(list, p)
	}
	return list, nil
}

// tell is what somebody on a case may be told.
func (m *money) tell(l templates.Language, of *directory.Case, p *parent) *tellable {
	if m == nil {
		return nil
	}
	who := calculation.ReceivingParentNamed(string(p.ID))
	if p.Role == directory.Paying {
		who = calculation.PayingParent()
	}
	result := m.result.For(who)
	t := &tellable{
		Pays: p.Role == directory.Paying, Direct: of.Service == directory.DirectPay,
		Weekly: result.Weekly, Since: dayIn(l, result.EffectiveDate), Frequency: of.Plan.Frequency,
	}
	if t.After = result.Fees.ReceivingGets; t.Pays {
		t.After = result.Fees.PayingTotal
	}
	for i := range result.Steps {
		t.Steps = append(t.Steps, inLanguage(l, &result.Steps[i]))
	}
	t.Steps = slices.Compact(t.Steps)
	if m.books == nil {
		return t
	}
	standing, err := m.books.Of(p.ID)
	if err != nil {
		return t
	}
	t.Standing, t.Next = &standing, dayIn(l, standing.Next.Due)
	for _, came := range standing.Came {
		t.Came = append(t.Came, cameIn{dayIn(l, came.On), came.Amount})
	}
	return t
}

// dayIn is a day in words; none for no day.
func dayIn(l templates.Language, d calculation.Date) string {
	if d == 0 {
		return ""
	}
	year, month, day := d.Time().Date()
	return l.Date(year, int(month), day)
}

// inLanguage is a step in words.
func inLanguage(l templates.Language, s *calculation.Step) string {
	if l == templates.Welsh {
		return s.Welsh()
	}
	return s.English()
}

// unreckoned reports whether an error says that the record does not hold enough
// to work something out.
func unreckoned(err error) bool {
	return errors.Is(err, accounts.ErrNoPlan) || errors.As(err, new(*calculation.InputError))
}
