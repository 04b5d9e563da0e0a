package answers

import (
	"strconv"
	"testing"
)

var (
	directions = []Choice{{Value: "up", Label: "up"}, {Value: "down", Label: "down"}, {Value: "same", Label: "about the same"}}
	jobs       = []Choice{
		{Value: "lost", Label: "I lost my job", Also: []string{"redundancy", "made redundant", "sacked"}},
		{Value: "new", Label: "new employer", Also: []string{"new job"}},
		{Value: "sick", Label: "off sick"},
		{Value: "self_employed", Label: "self-employed", Also: []string{"own business"}},
	}
	counts    = []Choice{{Value: "1", Label: "1 night"}, {Value: "2", Label: "2 nights"}, {Value: "3", Label: "3 nights or more"}}
	shifted   = []Choice{{Value: "none", Label: "0"}, {Value: "one", Label: "1"}, {Value: "more", Label: "2 or more"}}
	cyfeiriad = []Choice{{Value: "up", Label: "i fyny"}, {Value: "down", Label: "i lawr"}, {Value: "same", Label: "tua'r un fath"}}
)

func TestReadChoice(t *testing.T) {
	for _, group := range []struct {
		name    string
		choices []Choice
		context Context
		rows    []row
	}{
		{"directions", directions, inEnglish, []row{
			// The number offered.
			{"1", "up"}, {"1.", "up"}, {"1)", "up"}, {"(1)", "up"}, {"#1", "up"}, {" 2 ", "down"}, {"3!", "same"},
			{"option 1", "up"}, {"Option 2", "down"}, {"number 3", "same"}, {"no. 3", "same"}, {"answer 2", "down"},
			{"one", "up"}, {"two", "down"}, {"three", "same"}, {"number one", "up"}, {"option two please", "down"},
			{"1st", "up"}, {"2nd", "down"}, {"the first", "up"}, {"first one", "up"}, {"the second one", "down"}, {"the third option", "same"},
			{"1 please", "up"}, {"2 thanks", "down"}, {"its 2", "down"}, {"１", "up"}, {"2 x", "down"},
			// Its words.
			{"up", "up"}, {"UP", "up"}, {"Up.", "up"}, {"\"down\"", "down"}, {"down please", "down"}, {"its down", "down"}, {"it is up", "up"},
			{"same", "same"}, {"the same", "same"}, {"about the same", "same"}, {"About the same!", "same"}, {"about", "same"}, {"about the", "same"},
			// The number and its words.
			{"1 up", "up"}, {"1. up", "up"}, {"2 - down", "down"}, {"3 about the same", "same"}, {"3, same", "same"},
			// One slip.
			{"dwon", "down"}, {"donw", "down"}, {"dowm", "down"}, {"dpwn", "down"}, {"downn", "down"}, {"dow", "down"}, {"saem", "same"}, {"abut the same", "same"}, {"about teh same", "!not_understood"},
			{"about the smae", "same"}, {"aboutt the same", "same"},
			// Asked again.
			{"town", "!not_understood"}, {"ip", "!not_understood"}, {"u", "!not_understood"}, {"don", "down"},
			{"4", "!out_of_range"}, {"option 9", "!out_of_range"}, {"0", "!not_understood"}, {"12", "!out_of_range"}, {"1.5", "!two_values"}, {"-1", "!not_understood"},
			{"1 down", "!two_values"}, {"2 up", "!two_values"},
			{"up or down", "!two_values"}, {"1 or 2", "!two_values"}, {"1 2", "!not_understood"}, {"1 and 2", "!two_values"}, {"both", "!not_understood"},
			{"not up", "!not_understood"}, {"not 1", "!not_understood"}, {"up a bit then down", "!not_understood"}, {"the", "!not_understood"}, {"please", "!not_understood"}, {"400", "!not_understood"},
			{"upside", "!not_understood"}, {"hello", "!not_understood"}, {"", "!empty"}, {"😀", "!empty"},
			// Welsh is understood in an English conversation.
			{"y cyntaf", "up"}, {"yr ail", "down"}, {"opsiwn 2", "down"}, {"dau", "down"}, {"2 os gwelwch yn dda", "down"},
		}},
		{"jobs", jobs, inEnglish, []row{
			{"lost my job", "!not_understood"}, {"i lost my job", "lost"}, {"I lost", "lost"}, {"redundancy", "lost"}, {"redundency", "lost"}, {"made redundent", "lost"}, {"sakced", "lost"},
			{"new job", "new"}, {"new employer", "new"}, {"new emplyer", "new"}, {"new", "new"}, {"off sick", "sick"}, {"of sick", "!not_understood"}, {"sick", "sick"},
			{"self employed", "self_employed"}, {"self-employed", "self_employed"}, {"selfemployed", "self_employed"}, {"self emploeyd", "self_employed"}, {"self", "self_employed"}, {"self_employed", "self_employed"}, {"own business", "self_employed"},
			{"I", "lost"}, {"4", "self_employed"}, {"the last one", "!not_understood"},
		}},
		{"counts", counts, inEnglish, []row{
			{"1", "1"}, {"2", "2"}, {"3", "3"}, {"2 nights", "2"}, {"1 nigth", "1"}, {"3 nights or more", "3"}, {"3 nights", "3"}, {"2 night", "2"}, {"4 nights", "!not_understood"},
		}},
		{"shifted", shifted, inEnglish, []row{
			// "1" is the label of the second, and was offered for the first.
			{"1", "!two_values"}, {"0", "none"}, {"none", "none"}, {"2", "!two_values"}, {"2 or more", "more"}, {"more", "more"}, {"3", "more"}, {"one", "!two_values"},
		}},
		{"cyfeiriad", cyfeiriad, inWelsh, []row{
			{"1", "up"}, {"un", "up"}, {"y cyntaf", "up"}, {"yr ail un", "down"}, {"y trydydd", "same"}, {"i fyny", "up"}, {"I LAWR", "down"}, {"i lawr, diolch", "down"}, {"i larw", "down"},
			{"tua'r un fath", "same"}, {"tuar un fath", "same"}, {"tua’r un", "same"}, {"i", "!two_values"}, {"rhif 3", "same"},
		}},
	} {
		t.Run(group.name, func(t *testing.T) {
			checkRows(t, group.rows, func(text string) string {
				i, err := ReadChoice(text, group.choices, group.context)
				return outcome(group.choices[i].Value, false, err)
			})
		})
	}
}

// "monday" and "sunday" are each one slip from "munday".
func TestReadChoiceDoesNotGuessBetweenTwoSlips(t *testing.T) {
	days := []Choice{{Value: "mon", Label: "monday"}, {Value: "sun", Label: "sunday"}}
	if i, err := ReadChoice("munday", days, inEnglish); outcome(strconv.Itoa(i), false, err) != "!two_values" {
		t.Errorf("munday is read as %d, %v", i, err)
	}
}

func TestSoundAlike(t *testing.T) {
	for _, test := range []struct {
		a, b  Choice
		alike bool
	}{
		{Choice{Value: "up", Label: "up"}, Choice{Value: "down", Label: "down"}, false},
		{Choice{Value: "up", Label: "up"}, Choice{Value: "same", Label: "about the same"}, false},
		{Choice{Value: "a", Label: "Up"}, Choice{Value: "b", Label: "up!"}, true},
		{Choice{Value: "a", Label: "Up"}, Choice{Value: "b", Label: "UP"}, true},
		{Choice{Value: "a", Label: "lost"}, Choice{Value: "b", Label: "b", Also: []string{"Lost"}}, true},
		{Choice{Value: "a", Label: "new"}, Choice{Value: "b", Label: "new job"}, true},
		{Choice{Value: "a", Label: "house"}, Choice{Value: "b", Label: "hours"}, false},
		{Choice{Value: "a", Label: "house"}, Choice{Value: "b", Label: "horse"}, true},
		{Choice{Value: "weekly", Label: "every week"}, Choice{Value: "weakly", Label: "never"}, true},
		{Choice{Value: "a", Label: "2 nights"}, Choice{Value: "b", Label: "3 nights"}, false},
		{Choice{Value: "1", Label: "i fyny"}, Choice{Value: "2", Label: "i lawr"}, false},
	} {
		if got := SoundAlike(test.a, test.b); got != test.alike {
			t.Errorf("%+v and %+v alike: %v", test.a, test.b, got)
		}
		if SoundAlike(test.a, test.b) != SoundAlike(test.b, test.a) {
			t.Errorf("%+v and %+v are not alike both ways", test.a, test.b)
		}
	}
}

// Choices that do not sound alike are never taken for one another.
func FuzzReadChoice(f *testing.F) {
	f.Add("dwon", "up", "down")
	f.Add("1", "0", "1")
	f.Add("a\x00", "é", "e")
	f.Add("2", "2 nights", "3 nights")
	f.Fuzz(func(t *testing.T, text, a, b string) {
		choices := []Choice{{Value: "former", Label: a}, {Value: "latter", Label: b}}
		if i, err := ReadChoice(text, choices, inEnglish); i < 0 || i > 1 || err != nil && i != 0 {
			t.Errorf("%q of %q and %q is choice %d, %v", text, a, b, i, err)
		}
		if SoundAlike(choices[0], choices[1]) {
			return
		}
		for want, label := range []string{a, b} {
			if i, err := ReadChoice(label, choices, inEnglish); err == nil && i != want {
				t.Errorf("%q of %q and %q is choice %d", label, a, b, i)
			}
		}
	})
}
