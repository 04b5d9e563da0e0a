package understanding_test

import (
	"strings"
	"sync"
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
	r := shipped(t)
	for _, c := range []struct {
		text   string
		intent string
		danger understanding.Danger
	}{
		{"my pay's gone down", understanding.ReportIncomeChange, ""},
		{"Mae fy nghyflog wedi gostwng", understanding.ReportIncomeChange, ""},
		{"I lost my job on 3 March", understanding.LostJob, ""},
		{"hes not paid again n rents due", understanding.MissedPayment, ""},
		{"Hello!", understanding.SmallTalk, ""},
		{"can I speak to someone please", understanding.SpeakToPerson, ""},
		{"wrong number mate", understanding.WrongPerson, ""},
		{"I cannot pay this month", understanding.CannotPay, ""},
		{"I moved house", understanding.ChangeAddress, ""},
		{"", understanding.None, ""},
		{"😀", understanding.None, ""},
		{"he's reading my texts", understanding.InDanger, understanding.Watched},
		{"he hits me", understanding.InDanger, understanding.Abuse},
		{"Mae ofn arna i", understanding.InDanger, understanding.Abuse},
		{"she hits the kids", understanding.InDanger, understanding.ChildAtRisk},
		{"I'll kill her", understanding.InDanger, understanding.Threat},
		{"hunanladdiad", understanding.InDanger, understanding.SelfHarm},
	} {
		if got := r.Read(c.text); got.Intent != c.intent || got.Danger != c.danger {
			t.Errorf("%q: %q %q, want %q %q", c.text, got.Intent, got.Danger, c.intent, c.danger)
		}
	}
}

// The reviewed phrases are never overruled, whatever else a message is about.
func TestPhrasesOfDangerAlwaysCount(t *testing.T) {
	r := shipped(t)
	for _, of := range []string{"my pay is down and he HITS me", "when is my next payment. I don't want to live", "new phone number. he tracks my phone", "thanks bye. ofni fo"} {
		if got := r.Read(of); got.Danger == understanding.NoDanger {
			t.Errorf("%q: no danger", of)
		}
	}
}

func TestFiguresOfSpeechAreNoDanger(t *testing.T) {
	r := shipped(t)
	for _, text := range []string{"he's dead late with the money again", "this bill is killing me", "it hit me hard when my hours were cut", "they cut overtime, hit rate is low"} {
		if got := r.Read(text); got.Danger != understanding.NoDanger {
			t.Errorf("%q: %q", text, got.Danger)
		}
	}
}

func TestWhatGoesBeside(t *testing.T) {
	r := shipped(t)
	if got := r.Read("my ex has got a new job at the hospital").Whose; got != understanding.OtherPerson {
		t.Errorf("whose job: %q", got)
	}
	if got := r.Read("I've been made redundant").Whose; got == understanding.OtherPerson {
		t.Errorf("whose job: %q", got)
	}
	if got := r.Read("letters only please").Wish; got != understanding.ByLetter {
		t.Errorf("wish: %q", got)
	}
	if got := r.Read("please don't ring me").Wish; got != understanding.NoCalls {
		t.Errorf("wish: %q", got)
	}
	if got := r.Read("dw i wedi colli fy swydd ac alla i ddim talu").Language; got != "cy" {
		t.Errorf("language: %q", got)
	}
}

// Any number may read at once; the race detector watches.
func TestReadersDoNotDisturbEachOther(t *testing.T) {
	r := shipped(t)
	const text = "I lost my job and we had another baby"
	want := r.Read(text)
	var all sync.WaitGroup
	for range 2000 {
		all.Go(func() {
			if got := r.Read(text); got.Intent != want.Intent || got.Confidence != want.Confidence {
				t.Errorf("%+v, want %+v", got, want)
			}
		})
	}
	all.Wait()
}

// The budget of a message: everything on the way to a turn is counted in
// microseconds.
func TestReadingIsCheap(t *testing.T) {
	r := shipped(t)
	for _, text := range []string{"I am paid 410 a week since the first of November", "hes not paid again n rents due, and I want to change my phone number"} {
		if n := testing.AllocsPerRun(20, func() { r.Read(text) }); n > 30 {
			t.Errorf("%q: %.0f allocations", text, n)
		}
	}
}

func TestDangerIsFoundAnywhereInALongMessage(t *testing.T) {
	long := strings.Repeat("about my pay and hours ", 500) + "and she threatened me"
	if got := shipped(t).Read(long).Danger; got != understanding.Abuse {
		t.Errorf("danger %q, want abuse", got)
	}
}

// Both heads that know of danger have a say in whether somebody reads a message.
func TestUneaseLiesBetweenTheHeads(t *testing.T) {
	r := shipped(t)
	for _, text := range []string{"he hits me", "my bag is packed by the door", "when is my next payment", "mae gen i ofn", ""} {
		one, other := r.Suspicion(text), r.Likelihood(text, understanding.InDanger, 1)
		if got := r.Unease(text); got < min(one, other)-1e-6 || got > max(one, other)+1e-6 {
			t.Errorf("%q: %g, want between %g and %g", text, got, one, other)
		}
	}
}

// A word does not become surer by being said again.
func TestSayingItAgainDoesNotMakeItSurer(t *testing.T) {
	r := shipped(t)
	for _, text := range []string{"a long story ", "hm ", "when is it due "} {
		once, often := r.Read(text), r.Read(strings.Repeat(text, 200))
		if often.Danger != once.Danger || r.Suspicion(strings.Repeat(text, 200)) > r.Suspicion(text)+0.2 {
			t.Errorf("%q: once %+v, often %+v", text, once, often)
		}
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

func BenchmarkReadTwoMatters(b *testing.B) {
	r := shipped(b)
	b.ReportAllocs()
	for b.Loop() {
		r.Read("hes not paid again n rents due, and I want to change my phone number")
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		shipped(b)
	}
}
