package directory

import "time"

// Identity is how sure we are of who is writing. References, names, birth
// dates, postcodes and National Insurance numbers never raise it: the other
// parent knows them.
type Identity int

// The levels. What each may do is written beside it.
const (
	Unknown   Identity = iota // be helped in general; be sent to a person
	Known                     // give answers and evidence; hears nothing from the record
	Confirmed                 // hear their own figures: the person's PIN was given
	Checked                   // change how they are reached: a caseworker called back
)

// String is the name that scripts use.
func (i Identity) String() string {
	switch i {
	case Known:
		return "known"
	case Confirmed:
		return "confirmed"
	case Checked:
		return "checked"
	default:
		return "unknown"
	}
}

// An address identifies nobody until it has been held unchanged for Settled,
// and no more once nothing has confirmed it for Silence (a mobile number that
// is not used is given to somebody else).
const (
	Settled = 7 * 24 * time.Hour
	Silence = 183 * 24 * time.Hour
)

// Standing is what is known of an address when a message comes from it or goes
// to it.
type Standing struct {
	Holders   []Holder
	Suspended bool // a child seems to write from it, or a specialist closed it
}

// Holder is one person whose record holds the address.
type Holder struct {
	Person    PersonID
	Since     time.Time // when the record began to hold it; zero: long ago
	Confirmed time.Time // when it was last heard from, or the record last checked
	Signalled bool      // the carrier says the number is gone (30005, 30006) or its SIM changed
}

// Reason says why an address identifies nobody.
type Reason string

// Why an address identifies nobody. The empty reason: it does.
const (
	NotHeld         Reason = "address not held"
	Shared          Reason = "address shared"
	RecentlyChanged Reason = "address changed recently"
	Silent          Reason = "address silent for six months"
	Signalled       Reason = "carrier signalled a change"
	Suspended       Reason = "address suspended"
)

// Identify returns who an address identifies at a moment, or why nobody.
func (s Standing) Identify(now time.Time) (PersonID, Reason) {
	switch {
	case s.Suspended:
		return "", Suspended
	case len(s.Holders) == 0:
		return "", NotHeld
	case len(s.Holders) > 1:
		return "", Shared
	}
	h := s.Holders[0]
	switch {
	case h.Signalled:
		return "", Signalled
	case now.Sub(h.Since) < Settled:
		return "", RecentlyChanged
	case now.Sub(h.Confirmed) > Silence:
		return "", Silent
	}
	return h.Person, ""
}
