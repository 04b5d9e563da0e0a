package answers

import "parley/templates"

// Kind is a kind of answer.
type Kind string

// The kinds that this package reads.
const (
	KindYesNo             Kind = "yesno"
	KindChoice            Kind = "choice"
	KindChoices           Kind = "choices" // as many as apply
	KindNumber            Kind = "number"
	KindMoney             Kind = "money"
	KindPeriod            Kind = "period"
	KindDate              Kind = "date"
	KindNights            Kind = "nights"
	KindPhone             Kind = "phone"
	KindEmail             Kind = "email"
	KindText              Kind = "text"
	KindName              Kind = "name"
	KindAddress           Kind = "address"
	KindPostcode          Kind = "postcode"
	KindNationalInsurance Kind = "ni" // a National Insurance number
	KindCaseReference     Kind = "reference"
)

// Code is why a text could not be read. Codes are stable.
type Code string

// Every Error has one of these.
const (
	Empty         Code = "empty"          // nothing was written
	TooLong       Code = "too_long"       // more than an answer of this kind can be
	TooShort      Code = "too_short"      // less than was asked for
	NotUnderstood Code = "not_understood" // a word that the reader does not know, or one missing
	TwoValues     Code = "two_values"     // "350 or 400", "yes and no"
	TwoMeanings   Code = "two_meanings"   // "four fifty": 450, or 4.50
	Unsure        Code = "unsure"         // "I don't know"
	OutOfRange    Code = "out_of_range"   // a value that cannot be: 9 nights a week
	UnknownPeriod Code = "unknown_period" // paid by the hour; nights without how often
	NoDay         Code = "no_day"         // "in March", "last week"
	NoSuchDate    Code = "no_such_date"   // 31 June
	NoPostcode    Code = "no_postcode"    // an address without one
	NoStreet      Code = "no_street"      // a postcode without the rest of an address
)

// Error is a text that could not be read. It never holds the text, which may
// be private.
type Error struct {
	Kind Kind
	Code Code
}

func (e *Error) Error() string { return "reading " + string(e.Kind) + ": " + string(e.Code) }

// Words is a short sentence that tells a person what to write.
func (e *Error) Words(language templates.Language) string {
	words := e.own()
	if words == (wording{}) {
		words = e.Kind.asks()
	}
	if language == templates.Welsh {
		return words.welsh
	}
	return words.english
}
