package templates

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

var englishMonths = [...]string{"January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December"}

var welshMonths = [...]string{"Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin",
	"Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"}

// Date writes a date that exists (month and day from 1) as GOV.UK does, the
// first of a month too: "3 November 2026", "1 Tachwedd 2026".
func (l Language) Date(year, month, day int) string {
	months := &englishMonths
	if l == Welsh {
		months = &welshMonths
	}
	return strconv.Itoa(day) + " " + months[month-1] + " " + strconv.Itoa(year)
}

// Money writes an amount the same way in both languages, with pence only when
// there are some: "£410", "£410.50", "£1,200", "-£5".
func Money(pence int64) string {
	sign, absolute := "", uint64(pence)
	if pence < 0 {
		sign, absolute = "-", -absolute
	}
	words := sign + "£" + thousands(strconv.FormatUint(absolute/100, 10))
	if part := absolute % 100; part != 0 {
		words += "." + string([]byte{'0' + byte(part/10), '0' + byte(part%10)})
	}
	return words
}

func thousands(digits string) string {
	if len(digits) <= 3 {
		return digits
	}
	return thousands(digits[:len(digits)-3]) + "," + digits[len(digits)-3:]
}

// MoneyPer writes an amount and how often it is paid: "£410 a week",
// "£410 yr wythnos". The period is week, fortnight, four_weeks, month or year;
// without one ("") the amount stands alone, and any other is put in brackets
// as it is, so that nothing is lost.
func (l Language) MoneyPer(pence int64, period string) string {
	switch per := l.Per(period); {
	case period == "":
		return Money(pence)
	case per == "":
		return Money(pence) + " (" + period + ")"
	default:
		return Money(pence) + " " + per
	}
}

// Per writes how often something is paid: "a week", "yr wythnos". A period
// that it does not know gives "".
func (l Language) Per(period string) string {
	var english, welsh string
	switch period {
	case "week":
		english, welsh = "a week", "yr wythnos"
	case "fortnight":
		english, welsh = "a fortnight", "y pythefnos"
	case "four_weeks":
		english, welsh = "every 4 weeks", "bob 4 wythnos"
	case "month":
		english, welsh = "a month", "y mis"
	case "year":
		english, welsh = "a year", "y flwyddyn"
	}
	if l == Welsh {
		return welsh
	}
	return english
}

// List joins words with commas and a last "and": "a, b and c", "a, b ac c".
// Welsh says ac before a vowel. The mutation that a causes is left to the
// author: what is listed is mostly names and amounts, which do not mutate.
func (l Language) List(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := items[len(items)-1]
	and := " and "
	if l == Welsh {
		and = " a "
		if startsWithWelshVowel(last) {
			and = " ac "
		}
	}
	return strings.Join(items[:len(items)-1], ", ") + and + last
}

// startsWithWelshVowel goes by the sound. W and y are vowels in Welsh (wyth,
// Ynys) but not before another vowel (William, Yusuf); a number is read aloud
// (1 is un, 8 is wyth, and so begin 11 and all that is written with a leading 8).
func startsWithWelshVowel(words string) bool {
	words = strings.TrimLeft(words, `"'(£`)
	first, size := utf8.DecodeRuneInString(words)
	switch {
	case first == '8':
		return true
	case first == '1':
		number := words[:len(words)-len(strings.TrimLeft(words, "0123456789,"))]
		return number == "1" || number == "11" || number == "11,000"
	case strings.ContainsRune("aeiouAEIOU", unaccentedVowel(first)):
		return true
	case strings.ContainsRune("wyWY", unaccentedVowel(first)):
		next, _ := utf8.DecodeRuneInString(words[size:])
		return !strings.ContainsRune("aeiouAEIOU", unaccentedVowel(next))
	}
	return false
}

// unaccentedVowel is a letter without the marks that Welsh puts on its vowels.
func unaccentedVowel(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	plain, _ := utf8.DecodeRuneInString(unaccented(r))
	return plain
}
