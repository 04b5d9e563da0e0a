package understanding_test

import (
	"strings"
	"testing"

	"parley/dialogs/understanding"
)

// shipped is the reader with the network that is built in.
func shipped(t testing.TB) *understanding.Reader {
	t.Helper()
	r, err := understanding.New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRead(t *testing.T) {
	cases := []struct {
		text   string
		intent string
		danger understanding.Danger
	}{
		{"PAY", understanding.ReportIncomeChange, ""},
		{"my pay's gone down", understanding.ReportIncomeChange, ""},
		{"Mae fy nghyflog wedi gostwng", understanding.ReportIncomeChange, ""},
		{"I lost my job on 3 March", understanding.LostJob, ""},
		{"Hello!", understanding.SmallTalk, ""},
		{"can I speak to someone please", understanding.SpeakToPerson, ""},
		{"wrong number mate", understanding.WrongPerson, ""},
		{"I cannot pay this month", understanding.CannotPay, ""},
		{"I cannot pay by card", understanding.None, ""},
		{"I moved house", understanding.None, ""},
		{"", understanding.None, ""},
		{"😀", understanding.None, ""},
		{"he's reading my texts", understanding.None, understanding.Watched},
		{"my pay is down and he HITS me", understanding.ReportIncomeChange, understanding.Abuse},
		{"Mae ofn arna i", understanding.None, understanding.Abuse},
		{"Dwi'n ofni mynd adref", understanding.None, understanding.Abuse},
		{"mae o'n taro'r plant", understanding.None, understanding.ChildAtRisk},
		{"I'll kill her", understanding.None, understanding.Threat},
		{"I don't want to live", understanding.None, understanding.SelfHarm},
		{"hunanladdiad", understanding.None, understanding.SelfHarm},
		{"she hits the kids", understanding.None, understanding.ChildAtRisk},
		// Near misses: words that stand in other words, or mean something else.
		{"the bill is killing my budget", understanding.None, ""},
		{"personal", understanding.None, ""},
		{"they cut overtime, hit rate is low", understanding.ReportIncomeChange, ""},
	}
	r := shipped(t)
	for _, c := range cases {
		if got := r.Read(c.text); got.Intent != c.intent || got.Danger != c.danger {
			t.Errorf("%q: %q %q, want %q %q", c.text, got.Intent, got.Danger, c.intent, c.danger)
		}
	}
}

func TestDangerIsFoundAnywhereInALongMessage(t *testing.T) {
	long := strings.Repeat("about my pay and hours ", 500) + "and she threatened me"
	if got := shipped(t).Read(long).Danger; got != understanding.Abuse {
		t.Errorf("danger %q, want abuse", got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("he hits me")
	f.Add("\xff\x00’")
	reader := shipped(f)
	f.Fuzz(func(t *testing.T, text string) {
		if r := reader.Read(text); r.Intent == "" {
			t.Error("no intent at all")
		}
	})
}

func BenchmarkRead(b *testing.B) {
	r := shipped(b)
	b.ReportAllocs()
	for b.Loop() {
		r.Read("I am paid 410 a week since the first of November")
	}
}
