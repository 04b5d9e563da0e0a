package dialogs_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"parley/dialogs"
	"parley/dialogs/scripts"
)

func versionOf(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := fstest.MapFS{}
	for name, content := range files {
		folder["rent/"+name] = &fstest.MapFile{Data: []byte(content)}
	}
	all, err := dialogs.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	return all[0].Version
}

func TestAVersionIsWhatADialogSays(t *testing.T) {
	first := versionOf(t, rent(t))
	for name, c := range map[string]struct {
		file, old, new string
		same           bool
	}{
		"nothing changes":          {"dialog.yaml", "", "", true},
		"the script":               {"dialog.yaml", "limit: 2", "limit: 3", false},
		"a comment in the script":  {"dialog.yaml", "steps:", "# the steps\nsteps:", false},
		"the words in Welsh":       {"cy.yaml", "Rhentu ynteu berchen?", "Rhentu neu berchen?", false},
		"the transcripts":          {"transcripts.txt", "# rents", "# still rents", true},
		"a file that is no dialog": {"notes.md", "", "Notes.", true},
	} {
		t.Run(name, func(t *testing.T) {
			files := rent(t)
			files[c.file] = strings.Replace(files[c.file], c.old, c.new, 1)
			if again := versionOf(t, files); (again == first) != c.same {
				t.Errorf("version %s, was %s", again, first)
			}
		})
	}
}

func TestADialogIsCompiledAgainFromItsSource(t *testing.T) {
	d := load(t, "income-change")
	stored, err := json.Marshal(d.Source())
	if err != nil {
		t.Fatal(err)
	}
	var files []dialogs.File
	if err := json.Unmarshal(stored, &files); err != nil {
		t.Fatal(err)
	}
	again, problems := dialogs.Compile(files)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if again.Version != d.Version || again.Name != d.Name {
		t.Errorf("%s %s, was %s %s", again.Name, again.Version, d.Name, d.Version)
	}
	began := talk(t, d, known(), "down")
	if got := heard(advance(t, again, began.State, dialogs.Input{Event: dialogs.Said, Text: "410 a week", Facts: known()})); !strings.HasPrefix(got[0], "When did") {
		t.Errorf("a conversation goes on with %q", got)
	}
	if _, problems := dialogs.Compile(nil); len(problems) == 0 {
		t.Error("a dialog without files compiles")
	}
}

func TestWhatADialogSaysOfItself(t *testing.T) {
	d := load(t, "income-change")
	if d.Title("en") != "Report a change of income" || d.Title("cy") != "Rhoi gwybod am newid mewn incwm" {
		t.Errorf("titles %q, %q", d.Title("en"), d.Title("cy"))
	}
	if english := compiled(t, twoQuestions); english.Title("cy") != "Any" {
		t.Errorf("a dialog without Welsh is called %q in Welsh", english.Title("cy"))
	}
	if d.For != "paying parent" || d.Identity != "known" || len(d.Languages) != 2 || len(d.Nudges) != 2 || d.Retries.Limit != 3 || d.Expire.Then != "handoff" {
		t.Errorf("%+v", d.Expire)
	}
}

// FuzzAnyScript: whatever is written in a script, its Welsh and its
// transcripts, it is judged and nothing worse.
func FuzzAnyScript(f *testing.F) {
	files := rent(f)
	f.Add(files["dialog.yaml"], files["cy.yaml"], files["transcripts.txt"])
	f.Add(oneQuestion, "", "# a\n… \n> 1\n= x")
	f.Add("dialog: rent\ntitle: x\nsteps: [{set: {a: known(a)}}, {call: estimate, with: {pay: 3}}, {check: {}}]", "a: {choices: 1}", "#  sms en, ={}")
	f.Fuzz(func(t *testing.T, script, welsh, transcripts string) {
		folder := fstest.MapFS{"rent/dialog.yaml": {Data: []byte(script)}, "rent/cy.yaml": {Data: []byte(welsh)}, "rent/transcripts.txt": {Data: []byte(transcripts)}}
		problems, err := dialogs.Check(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || p.Message == "" || !strings.HasPrefix(p.File, "rent/") {
				t.Errorf("%+v", p)
			}
		}
	})
}

// TestAVersionIsWhatItsSourceMakes: the source that is stored for a
// conversation, with that of the dialogs that are run, makes the same version
// again, in any build that has no such folder.
func TestAVersionIsWhatItsSourceMakes(t *testing.T) {
	all, err := dialogs.Load(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range append(all, groupDialog(t)) {
		again, problems := dialogs.Compile(d.Source())
		if len(problems) > 0 || again.Version != d.Version {
			t.Errorf("%s: version %s, made again %s; %v", d.Name, d.Version, again.Version, problems)
		}
	}
}
