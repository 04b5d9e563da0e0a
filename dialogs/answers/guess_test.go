package answers

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A word that denies, bounds or makes conditional what stands beside it is
// never read over, whatever known words it stands among.
func TestDenyingWordsAreNeverReadOver(t *testing.T) {
	known := strings.Fields(`£400 £410.50 18k four hundred grand a week weekly pw per month monthly year about around
		I get my pay is its gross before tax now thanks please and 3 nights every other weekend Friday last next this
		3rd of November on the since yesterday 2026 3/11 2 weeks ago yr wythnos y mis bob noson tua dwi'n cael Tachwedd ydw nac na yes no ok`)
	denying := strings.Fields(`not isn't never less more under if unless except until was wasn't used without llai ond heblaw oni`)
	for name, read := range map[string]func(text string) error{
		"money":  func(text string) error { _, err := ReadMoney(text, inWelsh); return err },
		"nights": func(text string) error { _, err := ReadNights(text, inWelsh); return err },
		"number": func(text string) error { _, err := ReadNumber(text, inWelsh); return err },
		"period": func(text string) error { _, err := ReadPeriod(text, inWelsh); return err },
		"phone":  func(text string) error { _, err := ReadPhone(text, inWelsh); return err },
	} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				words := rapid.SliceOfN(rapid.SampledFrom(known), 1, 6).Draw(t, "words")
				at := rapid.IntRange(0, len(words)).Draw(t, "at")
				denial := rapid.SampledFrom(denying).Draw(t, "denial")
				text := strings.Join(words[:at], " ") + " " + denial + " " + strings.Join(words[at:], " ")
				if read(text) == nil && !(denial == "never" && name == "nights") {
					t.Fatalf("%q is read", text)
				}
			})
		})
	}
}

// Two readings joined by "or" are never one.
func TestAlternativesAreNeverOne(t *testing.T) {
	texts := map[string][]string{
		"money":  {"400", "£410 a week", "18k", "four hundred", "1.2k pm", "mil y mis", "410 pounds 50p"},
		"date":   {"3 November", "3/11/2026", "last Friday", "yesterday", "2 weeks ago", "the 3rd", "3ydd o Fawrth", "end of March"},
		"nights": {"3 nights a week", "every other weekend", "100 nights a year", "every Friday", "half the time", "never"},
		"yesno":  {"yes", "no", "nac ydw", "I do", "ok", "1", "2", "👍"},
	}
	readers := map[string]func(text string) error{
		"money":  func(text string) error { _, err := ReadMoney(text, inWelsh); return err },
		"date":   func(text string) error { _, err := ReadDate(text, inWelsh); return err },
		"nights": func(text string) error { _, err := ReadNights(text, inWelsh); return err },
		"yesno":  func(text string) error { _, err := ReadYesNo(text, inWelsh); return err },
	}
	for kind, read := range readers {
		for _, one := range texts[kind] {
			if err := read(one); err != nil {
				t.Errorf("%s %q: %v", kind, one, err)
			}
			for _, other := range texts[kind] {
				for _, or := range []string{" or ", " neu ", ", maybe ", " / "} {
					if read(one+or+other) == nil && one != other {
						t.Errorf("%s %q is read", kind, one+or+other)
					}
				}
			}
		}
	}
}
