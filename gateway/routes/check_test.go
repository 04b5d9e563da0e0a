package routes_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"parley/dialogs"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/routes"
	"parley/templates"
)

// shelf is three small dialogs: for anybody at all, for anybody known, and for
// the parent who pays.
func shelf(t *testing.T) []*dialogs.Dialog {
	t.Helper()
	file := func(name, head string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("dialog: " + name + "\ntitle: T\nlanguages: [en]\n" + head + "\nsteps:\n- say: Thank you.\n")}
	}
	all, err := dialogs.Load(fstest.MapFS{
		"welcome/dialog.yaml": file("welcome", "for: anyone\nidentity: unknown"),
		"known/dialog.yaml":   file("known", "for: anyone"),
		"paying/dialog.yaml":  file("paying", "for: paying parent"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	const names = "\nnames:\n  welcome: {en: other, cy: arall}\n  known: {en: a, cy: a}\n  paying: {en: b, cy: b}\n"
	const rest = "\n- {intent: [a, b], parent: nobody, dialog: welcome}"
	for _, test := range []struct{ name, table, problem string }{
		{"a gap", "intents:\n- {intent: a, dialog: welcome}\n- {intent: b, parent: paying, dialog: paying}\n- {intent: b, parent: nobody, dialog: welcome}",
			"t.yaml:1: b: no row for receiving, known, application"},
		{"two rows", "intents:\n- {intent: [a, b], parent: either, dialog: known}" + rest + "\n- {intent: b, parent: paying, state: closed, work: handoff, detail: x}",
			"t.yaml:4: b: line 2 leads there too for paying, known, closed"},
		{"an intent that is not there", "intents:\n- {intent: [a, b, c], dialog: welcome}", `t.yaml:2: there is no intent "c"`},
		{"a dialog that is not there", "intents:\n- {intent: [a, b], dialog: nothing}", `t.yaml:2: there is no dialog "nothing"`},
		{"a signpost that is not there", "intents:\n- {intent: [a, b], signpost: nothing}", `t.yaml:2: there is no signpost "nothing"`},
		{"work that is not there", "intents:\n- {intent: [a, b], parent: either, work: nothing, detail: x}" + rest, `t.yaml:2: there is no kind of work "nothing"`},
		{"a wish that is not there", "cues:\n- {wish: nothing, dialog: welcome}\nintents:\n- {intent: [a, b], dialog: welcome}", `t.yaml:2: there is no wish "nothing"`},
		{"a dialog for somebody known", "intents:\n- {intent: [a, b], dialog: known}", "t.yaml:2: known is not for somebody whom nobody knows"},
		{"a dialog for the other parent", "intents:\n- {intent: [a, b], parent: either, dialog: paying}" + rest, "t.yaml:2: paying is not for a receiving parent"},
		{"a cue that never comes", "cues:\n- {words: x, dialog: welcome}\n- {words: x, parent: paying, dialog: paying}\nintents:\n- {intent: [a, b], dialog: welcome}",
			"t.yaml:3: line 2 takes all that this row is for"},
	} {
		t.Run(test.name, func(t *testing.T) {
			table, err := routes.Read("t.yaml", []byte(test.table+names))
			if err != nil {
				t.Fatal(err)
			}
			none, err := routes.ReadSignposts("s.yaml", []byte("signposts: []"))
			if err != nil {
				t.Fatal(err)
			}
			err = table.Check(routes.Known{Intents: []string{"a", "b"}, Dialogs: shelf(t), Work: []string{"handoff"}, Signposts: none})
			if err == nil || !strings.Contains(err.Error(), test.problem) {
				t.Errorf("Check = %v, want %q", err, test.problem)
			}
		})
	}
}

func TestReadFindsWhatIsWrong(t *testing.T) {
	for _, test := range []struct{ name, row, problem string }{
		{"nowhere", "intent: a", "t.yaml:2: this row leads nowhere"},
		{"two ways", "intent: a, dialog: x, signpost: y", "leads to a dialog and elsewhere"},
		{"an unknown parent", "intent: a, parent: mother, dialog: x", `parent has no "mother"`},
		{"an unknown state", "intent: a, state: lost, dialog: x", `state has no "lost"`},
		{"an unknown column", "intent: a, colour: red, dialog: x", "unknown field"},
		{"work without a detail", "intent: a, parent: either, work: handoff", "work needs a detail"},
		{"work about nobody", "intent: a, work: handoff, detail: x", "there is no work for a person about nobody"},
		{"words by a state that is told to nobody", "intent: a, state: closed, signpost: x", "words by the state of the case need identity"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := routes.Read("t.yaml", []byte("intents:\n- {"+test.row+"}\n"))
			if err == nil || !strings.Contains(err.Error(), test.problem) {
				t.Errorf("Read = %v, want %q", err, test.problem)
			}
		})
	}
}

func TestSignposts(t *testing.T) {
	const good = "signpost: x, review-by: 2027-01-01, source: somewhere, "
	for _, test := range []struct{ name, written, problem string }{
		{"fit", good + "en: Call them., cy: Ffoniwch nhw.", ""},
		{"no Welsh", good + "en: Call them.", "has no words in cy"},
		{"no day", "signpost: x, source: s, en: A, cy: A", "does not say when it is to be reviewed"},
		{"a nation", good + "en: A, cy: A, nations: {france: {en: A, cy: A}}", `words for "france"`},
		{"tells what it is about", good + "en: Your maintenance., cy: A", `has "maintenance"`},
		{"too long", good + "en: " + strings.Repeat("word ", 200) + ", cy: A", "parts of a text message"},
		{"Unicode", good + "en: Tŷ, cy: A", "makes an English text message Unicode"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, err := routes.ReadSignposts("s.yaml", []byte("signposts:\n- {"+test.written+"}\n"))
			if test.problem != "" {
				if err == nil || !strings.Contains(err.Error(), test.problem) {
					t.Errorf("ReadSignposts = %v, want %q", err, test.problem)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if words, ok := s.Say("x", directory.Scotland, templates.Welsh); !ok || words != "Ffoniwch nhw." {
				t.Errorf("says %q", words)
			}
			day := func(text string) calculation.Date {
				d, err := calculation.ParseDate(text)
				if err != nil {
					t.Fatal(err)
				}
				return d
			}
			if before, after := s.Overdue(day("2027-01-01")), s.Overdue(day("2027-01-02")); len(before) != 0 || len(after) != 1 {
				t.Errorf("overdue %v and %v, want none on the day and one after it", before, after)
			}
		})
	}
}
