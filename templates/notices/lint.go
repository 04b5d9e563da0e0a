package notices

import (
	"strings"

	"parley/templates"
)

// lint looks at what loaded: whether it can be sent as it is.
type lint struct {
	*formReader
	language templates.Language
	forms    *forms
}

func (l lint) all() {
	l.words(l.lines[subjectForm], l.forms.subject.raw(l.notice))
	l.words(l.lines[SMS], l.forms.sms.raw(l.notice))
	l.words(l.lines[Discreet], l.forms.discreet.raw(l.notice))
	for _, blocks := range [][]block{l.forms.email, l.forms.letter} {
		for _, b := range blocks {
			for i := range b.texts {
				l.words(b.line, b.texts[i].raw(l.notice))
			}
		}
	}
	l.carried(SMS, &l.forms.sms, mostParts)
	l.carried(Discreet, &l.forms.discreet, 1)
	l.discreet()
}

// words reports what nobody may be asked or shown, by any channel.
func (l lint) words(line int, raw string) {
	if word := templates.AsksReserved(raw); word != "" {
		l.problem(line, "reserved-word", "this asks people to reply %s, which the network keeps for itself: use another word", word)
	}
	for _, host := range templates.ForeignLinks(raw) {
		l.problem(line, "link", "this links to %s: only %s is allowed", host, templates.LinkDomain)
	}
}

// mostParts is how many text messages a notice may take.
const mostParts = 3

// carried reports what a text message cannot carry as it is written, and words
// that take too many with the longest values.
func (l lint) carried(form Form, t *text, most int) {
	raw, line := t.raw(l.notice), l.lines[form]
	if l.language == templates.English {
		wrong, instead := templates.Uncarried(raw)
		for i := range wrong {
			l.problem(line, "character", "%s cannot stand in a text message as it is%s", wrong[i], fix(instead[i]))
		}
	}
	longest := string(t.append(nil, l.longest(), l.language))
	if parts := templates.PrepareSMS(longest).Segments; parts > most {
		l.problem(line, "too-long", "with the longest values this takes %d text messages and may take %d: make it shorter", parts, most)
	}
}

func fix(instead string) string {
	if instead == "" {
		return ": take it out"
	}
	return ": write " + instead
}

// longest are values as long as they come, with letters that more than halve
// what a text message carries.
func (l lint) longest() []Value {
	values := make([]Value, len(l.notice.Fields))
	for i, f := range l.notice.Fields {
		values[i] = longestOf(f.Kind, l.language)
	}
	return values
}

func longestOf(kind Kind, language templates.Language) Value {
	switch kind {
	case MoneyKind:
		return Money(99_999_99)
	case DateKind:
		if language == templates.Welsh {
			return Day(2026, 7, 28) // Gorffennaf
		}
		return Day(2026, 9, 28) // September
	case NumberKind:
		return Number(9999)
	case FlagKind:
		return Flag(true)
	case ListKind:
		return List(strings.Repeat("ŵ", 15), strings.Repeat("ŵ", 15), strings.Repeat("ŵ", 15))
	case TableKind:
		return Table()
	}
	long := strings.Repeat("w", 40)
	welsh := strings.Repeat("ŵ", 40)
	if kind == TextKind { // a name may be Welsh in an English text
		long = welsh
	}
	return Value{kind: kind, text: long, welsh: welsh}
}

// telling are words of money and family, with the forms that a Welsh word takes
// after others. A discreet notice stands alone on a screen, so it says less than
// a discreet answer does.
var telling = []string{
	"pay", "paid", "payment", "payments", "money", "bank", "amount", "child", "children", "parent", "income", "debt", "court", "case", "decision",
	"talu", "dalu", "thalu", "taliad", "daliad", "thaliad", "arian", "banc", "fanc", "swm", "plant", "blant", "phlant", "plentyn", "blentyn",
	"rhiant", "riant", "incwm", "dyled", "ddyled", "llys", "lys", "achos", "penderfyniad", "benderfyniad", "phenderfyniad",
}

// discreet reports what would tell a bystander something.
func (l lint) discreet() {
	raw, line := l.forms.discreet.raw(l.notice), l.lines[Discreet]
	if tells := templates.Telltale(raw); tells != "" {
		l.problem(line, "discreet", "the discreet form says %q, which tells what it is about: take it out", tells)
	}
	seen := strings.ToLower(string(l.forms.discreet.append(nil, l.longest(), l.language)))
	for _, word := range telling {
		if templates.ContainsWord(seen, word) {
			l.problem(line, "discreet", "the discreet form says %q, which hints at what it is about: take it out", word)
		}
	}
	for _, i := range l.forms.discreet.fields() {
		if kind := l.notice.Fields[i].Kind; kind != DateKind && kind != FlagKind {
			l.problem(line, "discreet", "the discreet form says ((%s)), which may tell what it is about: only dates may stand there", l.notice.Fields[i].Name)
		}
	}
}
