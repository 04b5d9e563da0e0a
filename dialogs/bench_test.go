package dialogs_test

import (
	"testing"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/dialogs/scripts"
	"parley/templates"
)

// BenchmarkTurn is one engine turn as a gateway makes it: the state is read
// from its bytes, advanced with one answer, and written back, and what is to
// be said is rendered.
func BenchmarkTurn(b *testing.B) {
	d := load(b, "income-change")
	facts := dialogs.Facts{Today: answers.Date{Year: 2026, Month: 11, Day: 22}, Channel: "sms", Identity: "known",
		Language: templates.English, HandoffBy: answers.Date{Year: 2026, Month: 11, Day: 27}}
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
		b.Run(c.name, func(b *testing.B) {
			state := stateAfter(b, d, facts, c.before)
			in := dialogs.Input{Event: dialogs.Said, Text: c.answer, Facts: facts}
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
					_ = m.Render("sms")
				}
				if buffer, err = out.State.AppendBinary(buffer[:0]); err != nil {
					b.Fatal(err)
				}
			}
		})
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
