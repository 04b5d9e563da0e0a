package directory

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"parley/dialogs/answers"
	"parley/templates"
)

// A PIN is entered on a keypad; the postcodes of other countries are kept too.
const (
	shortestPIN     = 4
	longestPIN      = 12
	longestPostcode = 12

	mostAddressLines = 8 // that the window of an envelope shows, with the name
)

const channelForm = "must be sms, email, webchat, voice or letter"

// normalise checks a person, who stands at a path in the record. The error is
// a *FieldError.
func (p *Person) normalise(path string) error {
	fail := func(field, problem string) error { return &FieldError{path + "." + field, problem} }
	p.Postcode = strings.ToUpper(strings.Join(strings.Fields(p.Postcode), " "))
	switch {
	case !isIdentifier(string(p.ID)):
		return fail("id", identifierForm)
	case !tidy(&p.Name):
		return fail("name", textForm)
	case p.Language != "" && p.Language != templates.English && p.Language != templates.Welsh:
		return fail("language", "must be en or cy")
	case len(p.Postcode) > longestPostcode || !tidy(&p.Postcode):
		return fail("postcode", "must be a postcode such as LS1 1AA")
	case p.PIN != "" && (len(p.PIN) < shortestPIN || len(p.PIN) > longestPIN || !isDigits(p.PIN)):
		return fail("pin", "must be 4 to 12 digits")
	case p.PINHash != "":
		return fail("pin_hash", "cannot be given: give the PIN")
	case p.PreferredChannel != "" && !p.PreferredChannel.known():
		return fail("preferred_channel", channelForm)
	case p.Risk != nil && !isIdentifier(p.Risk.Kind):
		return fail("risk.kind", identifierForm)
	}
	for i := range p.Needs {
		need := &p.Needs[i]
		*need = strings.ToLower(strings.ReplaceAll(*need, "_", " "))
		if !tidy(need) || *need == "" {
			return fail("needs["+strconv.Itoa(i)+"]", textForm)
		}
	}
	if s := p.SafeContact; s != nil {
		for i, channel := range s.Channels {
			if !channel.known() {
				return fail("safe_contact.channels["+strconv.Itoa(i)+"]", channelForm)
			}
		}
	}
	if p.NationalInsurance != "" {
		number, err := answers.ReadNationalInsurance(p.NationalInsurance, answers.Context{})
		if err != nil {
			return fail("national_insurance", "must be a National Insurance number such as AB123456C")
		}
		p.NationalInsurance = number
	}
	return p.normaliseAddresses(fail)
}

// normaliseAddresses brings phone numbers to E.164 and the email address to
// lower case with an ASCII domain.
func (p *Person) normaliseAddresses(fail func(field, problem string) error) error {
	if err := normalisePhone(&p.Phone); err != nil {
		return fail("phone", err.Error())
	}
	if p.SafeContact != nil {
		if err := normalisePhone(&p.SafeContact.Phone); err != nil {
			return fail("safe_contact.phone", err.Error())
		}
	}
	if len(p.PostalAddress) > mostAddressLines {
		return fail("postal_address", fmt.Sprintf("has more than %d lines", mostAddressLines))
	}
	for i := range p.PostalAddress {
		if line := &p.PostalAddress[i]; !tidy(line) || *line == "" {
			return fail("postal_address["+strconv.Itoa(i)+"]", textForm)
		}
	}
	if p.Email != "" {
		email, err := answers.ReadEmail(p.Email, answers.Context{})
		if err != nil {
			return fail("email", "must be an email address such as name@example.com")
		}
		p.Email = email
	}
	return nil
}

// errPhone is words for people that follow a field's name.
var errPhone = errors.New("must be a phone number such as +447700900101")

func normalisePhone(number *string) error {
	if *number == "" {
		return nil
	}
	phone, err := answers.ReadPhone(*number, answers.Context{})
	if err != nil {
		return errPhone
	}
	*number = phone.E164
	return nil
}

func (c Channel) known() bool {
	switch c {
	case SMS, Email, WebChat, Voice, Letter:
		return true
	}
	return false
}
