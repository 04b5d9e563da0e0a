package dialogs_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/dialogs"
	"parley/dialogs/scripts"
	"parley/templates"
)

// everyDialog is the shipped dialogs and those of testdata.
func everyDialog(t *testing.T) []*dialogs.Dialog {
	t.Helper()
	shipped, err := dialogs.Load(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	others, err := dialogs.Load(os.DirFS("testdata/dialogs"))
	if err != nil {
		t.Fatal(err)
	}
	return append(shipped, others...)
}

// secret is a private amount that nothing else in a conversation holds.
const secret = "83,471.29"

// pool is what people write: answers, commands, and anything.
var pool = []string{
	"1", "2", "3", "up", "down", "same", "i lawr", "rent", "own", "yes", "no", "ie", "na", "ok", "£" + secret + " a year", "about £" + secret, secret,
	"410 a week", "week", "monthly", "1 November 2026", "2026-11-01", "yesterday", "1 March 2027", "later", "wedyn", "always", "nothing", "hmm", "",
	"CHANGE 1", "NEWID 2", "CHANGE", "BACK", "YN ÔL", "HELP", "STATUS", "CYMRAEG", "ENGLISH", "((report.due))", "🙂", "\x00\xff", strings.Repeat("x", 500),
}

// fitting is what may answer the last message.
func fitting(out dialogs.Output) []string {
	m := out.Messages[len(out.Messages)-1]
	fits := []string{"£" + secret + " a year", "about £" + secret + " a year", secret, "410 a week", "1 November 2026", "1 March 2027", "later", "nothing", "3"}
	if m.Ask == nil {
		return []string{"CHANGE 1", "ok"} // which answer is wrong?
	}
	if m.Ask.Kind == dialogs.ForCheck {
		fits = []string{"ok", "iawn", "CHANGE 2"}
	}
	for i, o := range m.Ask.Options {
		if i == 0 {
			fits = nil
		}
		fits = append(fits, o.Label)
	}
	return fits
}

// TestAnyConversation holds random conversations in every dialog: nothing that
// a person writes is ever an error, the state survives its bytes at each turn,
// the same turn twice says the same, what is private is never in a message
// that is not, no file is lost, and a person can be had at any time.
func TestAnyConversation(t *testing.T) {
	all := everyDialog(t)
	rapid.Check(t, func(t *rapid.T) {
		d := all[rapid.IntRange(0, len(all)-1).Draw(t, "dialog")]
		facts := known()
		facts.Channel = rapid.SampledFrom(dialogs.Channels()).Draw(t, "channel")
		facts.Identity = rapid.SampledFrom([]string{"known", "confirmed", "checked"}).Draw(t, "identity")
		facts.Language = rapid.SampledFrom(templates.Languages()).Draw(t, "language")
		facts.Discreet, facts.ByUs = rapid.Bool().Draw(t, "discreet"), rapid.Bool().Draw(t, "by us")
		out := turn(t, d, dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Facts: facts})
		for n := 0; out.End == nil; n++ {
			if len(out.Messages) == 0 {
				t.Fatal("the dialog waits and has said nothing")
			}
			if asked := turn(t, d, out.State, dialogs.Input{Event: dialogs.Said, Text: "PERSON", Facts: facts}); asked.End == nil || !asked.End.Handoff {
				t.Fatalf("nobody can be reached: %+v", asked)
			}
			if n == 12 {
				out = turn(t, d, out.State, dialogs.Input{Event: dialogs.Lapse, Facts: facts})
				continue
			}
			in := dialogs.Input{Event: dialogs.Said, Facts: facts}
			if rapid.IntRange(0, 9).Draw(t, "silence") == 0 {
				in.Event = rapid.SampledFrom([]dialogs.Event{dialogs.Nudge, dialogs.Resume, dialogs.Identified, dialogs.Handed}).Draw(t, "event")
			} else {
				in.Text = rapid.OneOf(rapid.SampledFrom(fitting(out)), rapid.SampledFrom(pool), rapid.String()).Draw(t, "says")
				in.Lost = rapid.IntRange(0, 1).Draw(t, "lost")
				if rapid.IntRange(0, 3).Draw(t, "sends a file") == 0 {
					in.Files = []string{"F" + strconv.Itoa(n)}
				}
				in.Aside = rapid.SampledFrom([]dialogs.Aside{dialogs.NoAside, dialogs.NoAside, dialogs.Need, dialogs.Question, dialogs.Signpost, dialogs.Person}).Draw(t, "aside")
			}
			next := turn(t, d, out.State, in)
			for _, file := range in.Files {
				if answers := string(d.AnswersJSON(next.State)); !strings.Contains(answers, strconv.Quote(file)) {
					t.Fatalf("a file is lost: %s", answers)
				}
			}
			if next.Aside == dialogs.Question || in.Event == dialogs.Identified && len(next.Messages) == 0 {
				next.Messages = out.Messages // nothing is said, and the same waits
			}
			out = next
		}
		if out.State.Outcome != out.End.Outcome || out.Call != nil {
			t.Fatalf("ended %+v in state %+v", out.End, out.State)
		}
	})
}

// turn is one turn with its calls, some of which fail, and all that must hold
// of it.
func turn(t *rapid.T, d *dialogs.Dialog, state dialogs.State, in dialogs.Input) dialogs.Output {
	t.Helper()
	var messages []dialogs.Message
	for {
		out, err := d.Advance(state, in)
		if err != nil {
			t.Fatalf("%q: %v", in.Text, err)
		}
		twice, _ := d.Advance(state, in)
		if diff := cmp.Diff(out, twice, cmp.AllowUnexported(dialogs.Pending{})); diff != "" {
			t.Fatalf("the same turn again differs:\n%s", diff)
		}
		reveals(t, in.Facts, out.Messages)
		state = reloaded(t, out.State)
		messages = append(messages, out.Messages...)
		if out.Call == nil {
			out.State, out.Messages = state, messages
			return out
		}
		in.Event, in.Result = dialogs.Answered, dialogs.Result{Step: out.Call.Step, Value: dialogs.ResultOf(out.Call.Name)}
		in.Result.Failed = rapid.IntRange(0, 4).Draw(t, "fails") == 0
	}
}

func reloaded(t *rapid.T, s dialogs.State) dialogs.State {
	t.Helper()
	written, err := s.MarshalBinary()
	var back dialogs.State
	if err == nil {
		err = back.UnmarshalBinary(written)
	}
	again, _ := back.MarshalBinary()
	if err != nil || !slices.Equal(written, again) {
		t.Fatalf("%+v comes back from its bytes as %+v: %v", s, back, err)
	}
	return back
}

// reveals fails when a message shows what it may not.
func reveals(t *rapid.T, facts dialogs.Facts, messages []dialogs.Message) {
	t.Helper()
	for _, m := range messages {
		text := m.Render(facts.Channel)
		if !strings.Contains(text, secret) {
			continue
		}
		if !m.Private {
			t.Fatalf("not private: %q", text)
		}
		if facts.Discreet {
			t.Fatalf("told to a discreet person: %q", text)
		}
	}
}

// FuzzAnyText: whatever a stranger writes at whichever question, the dialog
// says something.
func FuzzAnyText(f *testing.F) {
	d := load(f, "income-change")
	var waiting []dialogs.State
	for _, said := range [][]string{nil, {"down"}, {"down", "410"}, {"down", "about 410 a week"}, {"down", "410 a week"}, {"down", "410 a week", "1 Nov"}, {"down", "410 a week", "1 Nov", "later"}} {
		waiting = append(waiting, talk(f, d, known(), said...).State)
	}
	for _, text := range pool {
		f.Add(text, 0)
	}
	f.Fuzz(func(t *testing.T, text string, lost int) {
		for _, state := range waiting {
			out := advance(t, d, state, dialogs.Input{Event: dialogs.Said, Text: text, Lost: lost, Facts: known()})
			if len(out.Messages) == 0 {
				t.Errorf("at step %d nothing is said to %q", state.Step, text)
			}
		}
	})
}

// TestBothLanguagesEndWithTheSameAnswers gives the same answers in English and
// in Welsh.
func TestBothLanguagesEndWithTheSameAnswers(t *testing.T) {
	pairs := map[string][][2]string{ // by question
		"direction": {{"up", "i fyny"}, {"gone down", "wedi gostwng"}, {"same", "dim newid"}, {"2", "2"}, {"sideways", "i'r ochr"}},
		"pay":       {{"410 a week", "410 yr wythnos"}, {"£1.2k a month", "£1.2k y mis"}, {"four hundred a week", "pedwar cant yr wythnos"}, {"lots", "llawer"}, {"BACK", "YN ÔL"}},
		"since":     {{"1 November 2026", "1 Tachwedd 2026"}, {"3rd of October 2026", "3ydd o Hydref 2026"}, {"tomorrow", "yfory"}, {"CHANGE 1", "NEWID 1"}},
		"payslip":   {{"later", "wedyn"}, {"LATER.", "WEDYN."}, {"no", "na"}},
		"check":     {{"ok", "iawn"}, {"yes", "ydy"}, {"no", "na"}, {"CHANGE 2", "NEWID 2"}, {"HELP", "HELPU"}},
		"":          {{"PERSON", "RHYWUN"}},
	}
	d := load(t, "income-change")
	rapid.Check(t, func(t *rapid.T) {
		english, welsh := known(), known()
		welsh.Language = templates.Welsh
		en := advance(t, d, dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Facts: english})
		cy := advance(t, d, dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Facts: welsh})
		for n := 0; en.End == nil && n < 15; n++ {
			step := en.Messages[len(en.Messages)-1].Step
			pair := rapid.SampledFrom(append(pairs[step], pairs[""]...)).Draw(t, "says")
			en = advance(t, d, en.State, dialogs.Input{Event: dialogs.Said, Text: pair[0], Facts: english})
			cy = advance(t, d, cy.State, dialogs.Input{Event: dialogs.Said, Text: pair[1], Facts: welsh})
			if a, b := d.AnswersJSON(en.State), d.AnswersJSON(cy.State); string(a) != string(b) {
				t.Fatalf("%q gives %s, %q gives %s", pair[0], a, pair[1], b)
			}
		}
		if diff := cmp.Diff(en.End, cy.End); diff != "" {
			t.Fatalf("ends (-English +Welsh):\n%s", diff)
		}
	})
}
