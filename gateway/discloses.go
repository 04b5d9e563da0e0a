package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"parley/gateway/directory"
	"parley/templates"
)

// DisclosureError says what a text of a member of staff must not tell, by kinds
// only: "phone", "email", "postcode", "address", "reference", "employer",
// "bank details".
type DisclosureError struct{ Kinds []string }

// Error names the kinds, never what was found.
func (e *DisclosureError) Error() string {
	return ErrDiscloses.Error() + ": " + strings.Join(e.Kinds, ", ")
}

// Unwrap is ErrDiscloses.
func (e *DisclosureError) Unwrap() error { return ErrDiscloses }

// bankDetails are a sort code, or an account number on its own.
var bankDetails = regexp.MustCompile(`\b\d{2}[- ]\d{2}[- ]\d{2}\b|\b\d{8}\b`)

// discloses checks what is about to be sent to a conversation's person for what
// only the others on their cases should know.
func (t *taking) discloses(ctx context.Context, c Conversation, text string) error {
	kinds, err := t.g.Disclosed(ctx, c.Person, text)
	if err == nil && len(kinds) > 0 {
		err = &DisclosureError{Kinds: kinds}
	}
	return err
}

// Disclosed names what a text to a person tells of the others on their cases:
// a phone number, email, postcode, address, case reference or employer; and bank
// details, which are never sent, whosesoever they are. What the person shares
// with them is theirs to know.
func (g *Gateway) Disclosed(ctx context.Context, to directory.PersonID, text string) ([]string, error) {
	seen := newScreened(text)
	var kinds []string
	if bankDetails.MatchString(text) {
		kinds = append(kinds, "bank details")
	}
	if to == "" {
		return kinds, nil
	}
	_, parties, err := g.Store.Person(ctx, to)
	if err != nil {
		return nil, fmt.Errorf("loading person: %w", err)
	}
	for _, p := range parties {
		file, err := g.Store.Case(ctx, p.Case)
		if err != nil {
			return nil, fmt.Errorf("loading case: %w", err)
		}
		found, err := g.disclosedOf(ctx, &file, to, seen)
		if err != nil {
			return nil, err
		}
		kinds = append(kinds, found...)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds), nil
}

func (g *Gateway) disclosedOf(ctx context.Context, file *directory.Case, to directory.PersonID, seen screened) (kinds []string, err error) {
	own := newScreened("")
	for _, p := range file.People() {
		if p.ID == to {
			own = newScreened(strings.Join(locators(p), "\n"))
		}
	}
	employers, err := g.employers(ctx, file.Reference)
	if err != nil {
		return nil, err
	}
	for _, party := range file.Parties() {
		if party.Person == to {
			continue
		}
		person := file.People()[slices.IndexFunc(file.People(), func(p *directory.Person) bool { return p.ID == party.Person })]
		kinds = append(kinds, seen.tells(person, own)...)
		if party.Role == directory.Receiving && party.Reference != file.Reference && seen.hasDigits(string(party.Reference)) {
			kinds = append(kinds, "reference")
		}
		if name := employers[party.Person]; name != "" && templates.ContainsWord(seen.lower, strings.ToLower(name)) {
			kinds = append(kinds, "employer")
		}
	}
	return kinds, nil
}

// employersSince is how far back what people reported of employers is looked for.
const employersSince = 10 * 365 * 24 * time.Hour

// employers are those that people on a case last told us of.
func (g *Gateway) employers(ctx context.Context, of directory.CaseReference) (map[directory.PersonID]string, error) {
	reports, err := g.Store.ReportsBetween(ctx, of, of, "job-change", g.Clock().Add(-employersSince))
	if err != nil {
		return nil, fmt.Errorf("looking for employers: %w", err)
	}
	employers := map[directory.PersonID]string{}
	for _, r := range reports {
		var told struct{ Employer string }
		if json.Unmarshal(r.Answers, &told) == nil && len(told.Employer) > 2 {
			employers[r.Person] = told.Employer
		}
	}
	return employers, nil
}

// screened is a text in the forms in which things are looked for in it.
type screened struct {
	lower  string
	joined string // letters and digits alone
	digits string // runs of digits, joined over spaces, dots, brackets and dashes
}

func newScreened(text string) screened {
	s := screened{lower: strings.ToLower(text)}
	var joined, digits strings.Builder
	for _, r := range s.lower {
		switch {
		case unicode.IsDigit(r):
			joined.WriteRune(r)
			digits.WriteRune(r)
		case unicode.IsLetter(r):
			joined.WriteRune(r)
			digits.WriteByte(' ')
		case r == '\n':
			joined.WriteByte('\n')
			digits.WriteByte(' ')
		}
	}
	s.joined, s.digits = joined.String(), digits.String()
	return s
}

// hasDigits reports whether a number stands in the text, however it is spaced.
func (s screened) hasDigits(number string) bool {
	return number != "" && strings.Contains(s.digits, number)
}

// tells names what of a person's stands in the text and is not also own.
func (s screened) tells(p *directory.Person, own screened) (kinds []string) {
	for _, phone := range []string{p.Phone, secondPhone(p)} {
		if last := national(phone); s.hasDigits(last) && !own.hasDigits(last) {
			kinds = append(kinds, "phone")
		}
	}
	for kind, value := range map[string]string{"email": p.Email, "postcode": p.Postcode, "National Insurance number": p.NationalInsurance} {
		if form := newScreened(value).joined; form != "" && strings.Contains(s.joined, form) && !strings.Contains(own.joined, form) {
			kinds = append(kinds, kind)
		}
	}
	for _, line := range p.PostalAddress {
		if form := newScreened(line).joined; len(form) >= 6 && strings.Contains(s.joined, form) && !strings.Contains(own.joined, form) {
			kinds = append(kinds, "address")
		}
	}
	return kinds
}

func secondPhone(p *directory.Person) string {
	if p.SafeContact == nil {
		return ""
	}
	return p.SafeContact.Phone
}

// national is a number as it ends in every way of writing it.
func national(e164 string) string { return strings.TrimPrefix(strings.TrimPrefix(e164, "+"), "44") }

// locators are what tells where somebody is or how they are reached.
func locators(p *directory.Person) []string {
	return append([]string{p.Phone, secondPhone(p), national(p.Phone), p.Email, p.Postcode, p.NationalInsurance}, p.PostalAddress...)
}
