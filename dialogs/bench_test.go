package dialogs_test

import (
	"slices"
	"testing"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/dialogs/scripts"
	"parley/templates"
)

// A turn as a gateway makes it: the state is read from its bytes, advanced with
// one answer, and written back, and what is to be said is rendered.
func benchmarkTurn(b *testing.B, d *dialogs.Dialog, before []string, answer string) {
	facts := dialogs.Facts{Today: answers.Date{Year: 2026, Month: 11, Day: 22}, Channel: "sms", Identity: "known",
		Language: templates.English, HandoffBy: answers.Date{Year: 2026, Month: 11, Day: 27}}
	state := stateAfter(b, d, facts, before)
	in := dialogs.Input{Event: dialogs.Said, Text: answer, Facts: facts}
	buffer := make([]byte, 0, 512)
	b.ReportAllocs()
	for b.Loop() {
		var s dialogs.State
		if err := s.UnmarshalBinary(state); err != nil {
			b.Fatal(err)
		}
		out, err := d.Advance(s, in)
		if err != nil {
			b.Fatal(err)
		}
		for _, m := range out.Messages {
			_ = m.Text("sms")
		}
		if buffer, err = out.State.AppendBinary(buffer[:0]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTurn(b *testing.B) {
	d := load(b, "income-change")
	for _, c := range []struct {
		name   string
		before []string
		answer string
	}{
		{"choice", nil, "down"},
		{"money", []string{"down"}, "£410 a week"},
		{"date", []string{"down", "410 a week"}, "1 November 2026"},
		{"yes", []string{"down", "410 a week", "yesterday"}, "yes"},
	} {
		b.Run(c.name, func(b *testing.B) { benchmarkTurn(b, d, c.before, c.answer) })
	}
}

// BenchmarkLongestTurn is the turns with most to do in the longest dialogs:
// with everything asked that a caseworker can ask, and with many children.
func BenchmarkLongestTurn(b *testing.B) {
	information, overnight := load(b, "information-request"), load(b, "overnight-stays")
	everything := []string{"1, 2, 3, 4, 5, 6, 7, 8", "My hours", "later", "Acme", "1 November 2026", "450 a week", "80 a week", "2 nights a week", "Bryn Primary"}
	children := []string{"they have changed", "with me", "4"}
	for _, name := range []string{"Jo", "Sam", "Ella"} {
		children = append(children, name, "2 nights a week", "3 nights a week")
	}
	children = append(children, "Mari", "2 nights a week")
	for _, c := range []struct {
		name   string
		dialog *dialogs.Dialog
		before []string
		answer string
	}{
		{"first", information, everything[:1], everything[1]},
		{"text", information, everything[:8], everything[8]},
		{"child", overnight, children[:11], children[11]},
		{"children", overnight, children, "3 nights a week"},
		{"check", overnight, append(slices.Clone(children), "3 nights a week", "1 November 2026"), "court order"},
	} {
		b.Run(c.name, func(b *testing.B) { benchmarkTurn(b, c.dialog, c.before, c.answer) })
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := dialogs.Load(scripts.FS); err != nil {
			b.Fatal(err)
		}
	}
}

func load(tb testing.TB, name string) *dialogs.Dialog {
	tb.Helper()
	all, err := dialogs.Load(scripts.FS)
	if err != nil {
		tb.Fatal(err)
	}
	for _, d := range all {
		if d.Name == name {
			return d
		}
	}
	tb.Fatalf("no dialog %s", name)
	return nil
}

// stateAfter is the state's bytes after some answers.
func stateAfter(tb testing.TB, d *dialogs.Dialog, facts dialogs.Facts, said []string) []byte {
	tb.Helper()
	out, err := d.Advance(dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Facts: facts})
	for _, text := range said {
		if err == nil {
			out, err = d.Advance(out.State, dialogs.Input{Event: dialogs.Said, Text: text, Facts: facts})
		}
	}
	if err != nil {
		tb.Fatal(err)
	}
	state, err := out.State.MarshalBinary()
	if err != nil {
		tb.Fatal(err)
	}
	return state
}
