package answers

import (
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// Phone is a telephone number that somebody can be reached on.
type Phone struct {
	E164 string // +447700900123
	Type PhoneType
	SMS  bool // it can get text messages from a UK service
}

// PhoneType is what kind of line a number belongs to.
type PhoneType string

// The kinds that decide how a number may be used. Numbers of countries where
// mobiles and landlines look the same are Other.
const (
	Mobile   PhoneType = "mobile"
	Landline PhoneType = "landline"
	VoIP     PhoneType = "voip"
	Other    PhoneType = "other"
)

// ReadPhone reads a telephone number, one of the United Kingdom unless it
// begins with + or 00.
func ReadPhone(text string, _ Context) (Phone, error) {
	dialled, code := dialled(trim(text))
	if code != "" {
		return Phone{}, &Error{KindPhone, code}
	}
	if isDrama(dialled) {
		return Phone{E164: dialled, Type: Mobile, SMS: true}, nil
	}
	number, err := phonenumbers.Parse(dialled, "GB")
	if err != nil || !phonenumbers.IsValidNumber(number) {
		return Phone{}, &Error{KindPhone, NotUnderstood}
	}
	phone := Phone{E164: phonenumbers.Format(number, phonenumbers.E164)}
	switch phonenumbers.GetNumberType(number) {
	case phonenumbers.MOBILE:
		phone.Type, phone.SMS = Mobile, true
	case phonenumbers.FIXED_LINE_OR_MOBILE:
		phone.Type, phone.SMS = Other, true
	case phonenumbers.FIXED_LINE:
		phone.Type = Landline
	case phonenumbers.VOIP:
		phone.Type = VoIP
	default:
		phone.Type = Other
	}
	return phone, nil
}

// longestDialled is the most digits an E.164 number has, and the prefixes that
// people put before it.
const longestDialled = 15 + len("00") + len("(0)")

// dialled repairs what people write to the international form with +: it
// leaves out what they put between the digits, and tells 0044, 44 and 07 apart.
func dialled(text string) (string, Code) {
	if text == "" {
		return "", Empty
	}
	var buffer [longestDialled]byte
	b := buffer[:0]
	plus := false
	for i, typed := range text {
		r, class := fold(typed)
		switch {
		case class == digit:
			if len(b) == cap(b) {
				return "", NotUnderstood
			}
			b = append(b, byte(r))
		case r == '+' && len(b) == 0:
			plus = true
		case r == '-', typed == '(', typed == ')', unicode.IsSpace(typed), unicode.Is(unicode.Cf, typed):
		case r == '.' && !strings.HasPrefix(text[i+1:], "."):
		default:
			return "", NotUnderstood
		}
	}
	return international(string(b), plus)
}

// international puts the digits into the form with +.
func international(digits string, plus bool) (string, Code) {
	bare := strings.TrimLeft(digits, "0")
	zeros := len(digits) - len(bare)
	switch {
	case bare == "":
		return "", NotUnderstood
	case plus && zeros != 1, zeros >= 2:
	case strings.HasPrefix(bare, "44") && len(bare) > 10: // longer than any national number
	default:
		bare = "44" + bare
	}
	if national, ok := strings.CutPrefix(bare, "44"); ok { // +44 (0)7…
		bare = "44" + strings.TrimLeft(national, "0")
	}
	return "+" + bare, ""
}

// isDrama tells the numbers that Ofcom keeps for drama, 07700 900000 to
// 900999. The numbering plan has them unassigned; tests and demonstrations use
// them.
func isDrama(e164 string) bool {
	return strings.HasPrefix(e164, "+447700900") && len(e164) == len("+447700900000")
}
