package dialogs_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/templates"
)

// anyValue draws a value that a state can hold.
func anyValue(depth int) *rapid.Generator[dialogs.Value] {
	return rapid.Custom(func(t *rapid.T) dialogs.Value {
		kinds := []dialogs.Kind{
			dialogs.NoValue, dialogs.TextValue, dialogs.ChoiceValue, dialogs.YesNoValue, dialogs.NumberValue,
			dialogs.MoneyValue, dialogs.DateValue, dialogs.WordsValue, dialogs.FileValue,
		}
		if depth > 0 {
			kinds = append(kinds, dialogs.GroupValue)
		}
		v := dialogs.Value{Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
		switch v.Kind {
		case dialogs.TextValue, dialogs.ChoiceValue, dialogs.NumberValue:
			v.Text = rapid.String().Draw(t, "text")
		case dialogs.YesNoValue:
			v.Yes = rapid.Bool().Draw(t, "yes")
		case dialogs.MoneyValue:
			v.Pence = answers.Pence(rapid.Int64().Draw(t, "pence"))
			v.Period = rapid.SampledFrom([]answers.Period{"", answers.Week, answers.Year}).Draw(t, "period")
		case dialogs.DateValue:
			v.Date = answers.Date{Year: rapid.IntRange(1, 9999).Draw(t, "year"), Month: rapid.IntRange(1, 12).Draw(t, "month"), Day: rapid.IntRange(1, 28).Draw(t, "day")}
		case dialogs.FileValue:
			v.Many = rapid.SliceOfN(rapid.String(), 1, 3).Draw(t, "files")
		case dialogs.WordsValue:
			v = dialogs.Words(rapid.String().Draw(t, "english"), rapid.String().Draw(t, "welsh"))
		case dialogs.GroupValue:
			v.Fields = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) dialogs.Field {
				return dialogs.Field{Name: rapid.String().Draw(t, "name"), Value: anyValue(depth-1).Draw(t, "value")}
			}), 1, 3).Draw(t, "fields")
		}
		return v
	})
}

// anyState draws a state, of no dialog in particular.
func anyState(t *rapid.T) dialogs.State {
	step := rapid.IntRange(0, 63)
	s := dialogs.State{
		Version:  rapid.String().Draw(t, "version"),
		Language: rapid.SampledFrom(templates.Languages()).Draw(t, "language"),
		Step:     step.Draw(t, "step"),
		Tries:    rapid.IntRange(0, 10).Draw(t, "tries"),
		Spoken:   rapid.Bool().Draw(t, "spoken"),
		Proof:    rapid.Bool().Draw(t, "proof"),
		Outcome:  rapid.String().Draw(t, "outcome"),
		Pending:  dialogs.Pending{Value: anyValue(0).Draw(t, "pending")},
	}
	for range rapid.IntRange(0, 2).Draw(t, "files") {
		s.Files = append(s.Files, rapid.String().Draw(t, "file"))
	}
	for range rapid.IntRange(0, 4).Draw(t, "answers") {
		s.Answers = append(s.Answers, dialogs.Answer{Step: step.Draw(t, "of"), Value: anyValue(1).Draw(t, "answer")})
	}
	for range rapid.IntRange(0, 3).Draw(t, "results") {
		s.Results = append(s.Results, dialogs.Result{Step: step.Draw(t, "of"), Failed: rapid.Bool().Draw(t, "failed"), Value: anyValue(2).Draw(t, "result")})
	}
	return s
}

func TestAStateReadBackIsTheStateWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		written := anyState(t)
		b, err := written.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var read dialogs.State
		if err := read.UnmarshalBinary(b); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(written, read, cmp.AllowUnexported(dialogs.Pending{})); diff != "" {
			t.Fatalf("(-written +read):\n%s", diff)
		}
		for short := range b {
			if read.UnmarshalBinary(b[:short]) == nil {
				t.Fatalf("%d of %d bytes are a state", short, len(b))
			}
		}
		if read.UnmarshalBinary(append(b, 0)) == nil {
			t.Fatal("a byte too many is a state")
		}
	})
}

// TestAnOlderStateIsRead: conversations go on that were begun before states
// held what was given, or before that files and proof.
func TestAnOlderStateIsRead(t *testing.T) {
	out := talk(t, load(t, "income-change"), known(), "down", "410")
	b, err := out.State.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	after := 1 + 1 + len(out.State.Version) + 1 + len(out.State.Language) + 3 // format, texts with their lengths, step, tries, spoken
	given := after + 3 + len(out.State.Said)                                  // proof, what is owed, files, what is said, each of a byte
	end := given + len(out.State.Given)
	for format, older := range map[byte][]byte{
		3: slices.Concat(b[1:given], b[end:]),
		2: slices.Concat(b[1:after], b[after+3:given], b[end:]),
	} {
		var read dialogs.State
		if err := read.UnmarshalBinary(append([]byte{format}, older...)); err != nil {
			t.Fatalf("format %d: %v", format, err)
		}
		if diff := cmp.Diff(out.State, read, cmp.AllowUnexported(dialogs.Pending{})); diff != "" {
			t.Errorf("format %d (-written +read):\n%s", format, diff)
		}
	}
}

func FuzzStateIsReadStrictly(f *testing.F) {
	d := load(f, "income-change")
	for _, said := range [][]string{nil, {"down"}, {"down", "410"}, {"down", "about 410 a week"}, {"down", "410 a week", "1 Nov", "later"}, {"3", "ok"}, {"person"}} {
		out := talk(f, d, known(), said...)
		b, err := out.State.MarshalBinary()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var s dialogs.State
		if s.UnmarshalBinary(b) != nil {
			return
		}
		if again, err := s.MarshalBinary(); err != nil || b[0] == 4 && !bytes.Equal(again, b) {
			t.Fatalf("%x is read, and written %x (%v)", b, again, err)
		}
		for _, text := range []string{"yes", "CHANGE 1", "back", "410 a week"} { // whatever was read, Advance answers or refuses it
			_, _ = d.Advance(s, dialogs.Input{Event: dialogs.Said, Text: text, Facts: known()})
		}
	})
}
