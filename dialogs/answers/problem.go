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
	if words, ok := e.ownWords(language); ok {
		return words
	}
	return e.Kind.words(language)
}

// ownWords are those of the codes that can say more than what the kind asks for.
func (e *Error) ownWords(language templates.Language) (string, bool) {
	english, welsh := "", ""
	if e.Kind == KindCaseReference {
		return "", false // the kind's words say how long it is
	}
	switch e.Code {
	case TwoValues:
		english, welsh = "I read more than one answer. Give one.", "Gwelais fwy nag un ateb. Rhowch un."
		switch e.Kind {
		case KindMoney:
			english, welsh = "I read more than one amount. Give one, like 410 a week.", "Gwelais fwy nag un swm. Rhowch un, fel 410 yr wythnos."
		case KindDate:
			english, welsh = "I read more than one date. Give one, like 3 November.", "Gwelais fwy nag un dyddiad. Rhowch un, fel 3 Tachwedd."
		}
	case TooLong:
		english, welsh = "That is too long. Write less.", "Mae hynny'n rhy hir. Ysgrifennwch lai."
	case TooShort:
		english, welsh = "That is too short. Write more.", "Mae hynny'n rhy fyr. Ysgrifennwch fwy."
	case UnknownPeriod:
		english, welsh = "Say how much a week, fortnight, month or year.", "Dywedwch faint yr wythnos, y bythefnos, y mis neu'r flwyddyn."
		if e.Kind == KindNights {
			english, welsh = "Say how many nights a week, fortnight or year.", "Dywedwch sawl noson yr wythnos, y bythefnos neu'r flwyddyn."
		}
	case NoDay:
		english, welsh = "Give the day too, like 3 November.", "Rhowch y diwrnod hefyd, fel 3 Tachwedd."
	case NoSuchDate:
		english, welsh = "The calendar has no such date. Write it like 3 November 2026.", "Nid yw'r dyddiad hwnnw ar y calendr. Ysgrifennwch ef fel 3 Tachwedd 2026."
	case NoPostcode:
		english, welsh = "Give the postcode too, at the end.", "Rhowch y cod post hefyd, ar y diwedd."
	case NoStreet:
		english, welsh = "Give the house and street too, then the postcode.", "Rhowch y tŷ a'r stryd hefyd, yna'r cod post."
	}
	if language == templates.Welsh {
		return welsh, welsh != ""
	}
	return english, english != ""
}

// words tell what an answer of this kind looks like.
func (k Kind) words(language templates.Language) string {
	english, welsh := "Write your answer in a few words.", "Ysgrifennwch eich ateb mewn ychydig eiriau."
	switch k {
	case KindYesNo:
		english, welsh = "Answer yes or no.", "Atebwch ie neu na."
	case KindChoice:
		english, welsh = "Choose one of the answers offered.", "Dewiswch un o'r atebion a gynigir."
	case KindChoices:
		english, welsh = "Choose one or more of the answers offered, like 1 and 3.", "Dewiswch un neu fwy o'r atebion a gynigir, fel 1 a 3."
	case KindNumber:
		english, welsh = "Write a number, like 3.", "Ysgrifennwch rif, fel 3."
	case KindMoney:
		english, welsh = "Write an amount in pounds, like 410 a week.", "Ysgrifennwch swm mewn punnoedd, fel 410 yr wythnos."
	case KindPeriod:
		english, welsh = "Say how often: every week, fortnight, 4 weeks, month or year.", "Dywedwch pa mor aml: bob wythnos, pythefnos, 4 wythnos, mis neu flwyddyn."
	case KindDate:
		english, welsh = "Write a date, like 3 November 2026.", "Ysgrifennwch ddyddiad, fel 3 Tachwedd 2026."
	case KindNights:
		english, welsh = "Say how many nights and how often, like 2 nights a week.", "Dywedwch sawl noson a pha mor aml, fel 2 noson yr wythnos."
	case KindPhone:
		english, welsh = "Write a phone number, like 07700 900123.", "Ysgrifennwch rif ffôn, fel 07700 900123."
	case KindName:
		english, welsh = "Write a first name and a last name.", "Ysgrifennwch enw cyntaf ac enw olaf."
	case KindAddress:
		english, welsh = "Write the address with its postcode, like 12 High Street, Leeds, LS1 1AA.", "Ysgrifennwch y cyfeiriad gyda'i god post, fel 12 Stryd Fawr, Bangor, LL57 1AA."
	case KindPostcode:
		english, welsh = "Write a UK postcode, like LS1 1AA.", "Ysgrifennwch god post yn y DU, fel LL57 1AA."
	case KindNationalInsurance:
		english, welsh = "Write a National Insurance number: 2 letters, 6 numbers and a letter.", "Ysgrifennwch rif Yswiriant Gwladol: 2 lythyren, 6 rhif a llythyren."
	case KindCaseReference:
		english, welsh = "Write the 12 numbers of the reference on our letters.", "Ysgrifennwch y 12 rhif o'r cyfeirnod ar ein llythyrau."
	case KindEmail:
		english, welsh = "Write an email address, like name@example.com.", "Ysgrifennwch gyfeiriad e-bost, fel enw@example.com."
	}
	if language == templates.Welsh {
		return welsh
	}
	return english
}
