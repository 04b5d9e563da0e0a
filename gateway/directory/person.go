package directory

import (
	"slices"
	"strings"

	"parley/gateway/calculation"
	"parley/templates"
)

// PersonID names a person service-wide, whichever cases they are on.
type PersonID string

// Channel names a way to reach a person: sms, email, webchat, voice or letter.
type Channel string

// The channels that a directory entry can name.
const (
	SMS     Channel = "sms"
	Email   Channel = "email"
	WebChat Channel = "webchat"
	Voice   Channel = "voice"
	Letter  Channel = "letter"
)

// Channels lists them all.
func Channels() []Channel { return []Channel{SMS, Email, WebChat, Voice, Letter} }

// Visited reports whether people come to the channel themselves: what is shown
// or said there reaches them only while their visit, or their call, goes on.
func (c Channel) Visited() bool { return c == WebChat || c == Voice }

// Person is somebody on a case.
type Person struct {
	ID          PersonID           `json:"id"`
	Name        string             `json:"name"`
	Language    templates.Language `json:"language"` // empty: not known
	DateOfBirth calculation.Date   `json:"date_of_birth,omitzero"`
	Postcode    string             `json:"postcode,omitempty"`
	// NationalInsurance finds a parent's income. It identifies nobody: the
	// other parent may know it.
	NationalInsurance string           `json:"national_insurance,omitempty"`
	PIN               string           `json:"pin,omitempty"` // only on the way in; kept as PINHash
	PINHash           string           `json:"pin_hash,omitempty"`
	Phone             string           `json:"phone,omitempty"` // E.164
	PhoneSince        calculation.Date `json:"phone_since,omitzero"`
	Email             string           `json:"email,omitempty"`
	EmailSince        calculation.Date `json:"email_since,omitzero"`
	PreferredChannel  Channel          `json:"preferred_channel,omitempty"`
	PostalAddress     []string         `json:"postal_address,omitempty"` // lines, without the name
	SafeContact       *SafeContact     `json:"safe_contact"`             // nil: never asked, so discreet
	Risk              *Risk            `json:"risk"`
	Needs             []string         `json:"needs,omitempty"` // a Need, or anything else that staff should know
	// ElectronicService is whether they have agreed to get statutory notices by
	// email instead of by post.
	ElectronicService bool `json:"electronic_service,omitempty"`
}

// Need is what somebody needs so that our words reach them (Equality Act 2010
// section 20), as the record names it.
type Need string

// The needs that decide how somebody is reached.
const (
	PhoneOnly   Need = "phone only" // nothing in writing
	LargePrint  Need = "large print"
	Braille     Need = "braille"
	BSL         Need = "bsl"         // British Sign Language, for calls
	Interpreter Need = "interpreter" // neither English nor Welsh
	Relay       Need = "relay"       // calls through Relay UK
)

// Has reports whether the person needs something, however the record writes it:
// "large_print" and "Large Print" are "large print".
func (p *Person) Has(n Need) bool {
	return slices.ContainsFunc(p.Needs, func(need string) bool {
		return strings.EqualFold(strings.Join(strings.FieldsFunc(need, isNeedSpace), " "), string(n))
	})
}

func isNeedSpace(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == '\u00a0' }

// Risk is a marker on one person. It is never visible, in words or in timing,
// to anyone else on the case.
type Risk struct {
	Kind   string           `json:"kind"`
	Review calculation.Date `json:"review,omitzero"`
}

// SafeContact is when and how a person has said they can safely be reached.
type SafeContact struct {
	Channels []Channel `json:"channels"`
	Hours    Hours     `json:"hours"`
	Post     bool      `json:"post"`
	Discreet bool      `json:"discreet"`
	// Phone is a second number, which is used instead of the person's own:
	// nothing goes to that one any more, and nobody is known by it.
	Phone      string           `json:"phone,omitempty"`
	PhoneSince calculation.Date `json:"phone_since,omitzero"`
	Review     calculation.Date `json:"review,omitzero"`
}

// Discreet reports whether nothing that a bystander could read may say who we
// are or what it is about. Somebody who was never asked is discreet.
func (p *Person) Discreet() bool { return p.SafeContact == nil || p.SafeContact.Discreet }

// SafeHours are the hours in which the person may be sent anything at all.
// Somebody who was never asked has no hours of their own.
func (p *Person) SafeHours() Hours {
	if p.SafeContact == nil {
		return Hours{}
	}
	return p.SafeContact.Hours
}

// Permits reports whether the person's safe contact allows the channel.
// Somebody who was never asked can be reached by the channel they gave us, but
// not by post: who opens it is not known.
func (p *Person) Permits(c Channel) bool {
	switch {
	case c == Letter:
		return p.SafeContact != nil && p.SafeContact.Post
	case p.SafeContact == nil:
		return true
	}
	return slices.Contains(p.SafeContact.Channels, c)
}

// Address is one way to reach one person, as the case record holds it.
type Address struct {
	Channel Channel
	Value   string           // E.164, an email address in normal form, or the lines of a postal one
	Since   calculation.Date // zero: not known, which counts as long ago
}

// Addresses lists the person's addresses. Web chat has none: it is reached
// through a link to one of these.
func (p *Person) Addresses() []Address {
	var addresses []Address
	phone := Address{Channel: SMS, Value: p.Phone, Since: p.PhoneSince}
	if s := p.SafeContact; s != nil && s.Phone != "" {
		phone.Value, phone.Since = s.Phone, s.PhoneSince
	}
	if phone.Value != "" {
		addresses = append(addresses, phone)
	}
	if p.Email != "" {
		addresses = append(addresses, Address{Channel: Email, Value: p.Email, Since: p.EmailSince})
	}
	if len(p.PostalAddress) > 0 {
		lines := append([]string{p.Name}, p.PostalAddress...)
		addresses = append(addresses, Address{Channel: Letter, Value: strings.Join(lines, "\n")})
	}
	return addresses
}

// Address returns the person's address on a channel.
func (p *Person) Address(c Channel) (Address, bool) {
	for _, a := range p.Addresses() {
		if a.Channel == c {
			return a, true
		}
	}
	return Address{}, false
}
