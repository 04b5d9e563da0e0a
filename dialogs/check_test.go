package dialogs_test

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"parley/dialogs"
	"parley/dialogs/scripts"
)

func TestShippedDialogsAreClean(t *testing.T) {
	problems, err := dialogs.Check(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
}

// TestDialogsDoAsTheirTranscriptsSay plays the dialogs of testdata, whose
// transcripts tell what each kind of step and answer does.
func TestDialogsDoAsTheirTranscriptsSay(t *testing.T) {
	problems, err := dialogs.Check(os.DirFS("testdata/dialogs"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
}

func TestLoadTellsAllThatIsWrong(t *testing.T) {
	_, err := dialogs.Load(fstest.MapFS{
		"a/dialog.yaml":   {Data: []byte("dialog: a\ntitle: A\nsteps:\n- say: Hello ((name)).\n")},
		"b/dialog.yaml":   {Data: []byte("dialog: b\n")},
		"c/dialog.yaml":   {Data: []byte("dialog: c\ntitle: C\nlanguages: [en, cy]\nsteps:\n- end: over\n")},
		"c/cy.yaml/x.txt": {},
	})
	const want = `a/dialog.yaml:4:8: nothing called ((name)) is known here: nothing has been asked
b/dialog.yaml:1:1: the dialog has no title
b/dialog.yaml:1:1: the dialog has no steps
c/cy.yaml:1:1: this file cannot be read`
	var problems dialogs.Problems
	if !errors.As(err, &problems) || err.Error() != want {
		t.Errorf("%v\nwant\n%s", err, want)
	}
}

func TestCheckNeedsDialogs(t *testing.T) {
	if _, err := dialogs.Check(fstest.MapFS{"dialog.yaml": {}}); err == nil {
		t.Error("a folder without dialogs is clean")
	}
	if _, err := dialogs.Load(fstest.MapFS{}); err == nil {
		t.Error("a folder without dialogs loads")
	}
}

// broken is the dialog testdata/dialogs/rent, in which nothing is wrong, with
// one thing changed. A ◆ in what is put in marks where the problem is
// reported; without one it is where at says, or else at the top of the file.
type broken struct {
	file, old, new string // no file: dialog.yaml; no old: new is all of it
	at             string // words in a file after its name: "cy.yaml: rent:"
	want           string
	others         int // problems that follow from it
}

func (b broken) check(t *testing.T) {
	t.Helper()
	b.file = cmp.Or(b.file, "dialog.yaml")
	files := rent(t)
	mark := "◆"
	if b.old != "" {
		if n := strings.Count(files[b.file], b.old); n != 1 {
			t.Fatalf("%q is %d times in %s", b.old, n, b.file)
		}
		b.new = strings.Replace(files[b.file], b.old, b.new, 1)
	}
	files[b.file] = b.new
	in := b.file
	if file, words, ok := strings.Cut(b.at, ": "); ok {
		in = file
		files[in] = strings.Replace(files[in], words, mark+words, 1)
	}
	want := fmt.Sprintf("rent/%s:%s: %s", in, place(files[in], mark), b.want)
	files[in] = strings.Replace(files[in], mark, "", 1)
	found := check(t, files)
	if len(found) != 1+b.others || !strings.Contains("\n"+strings.Join(found, "\n")+"\n", "\n"+want+"\n") {
		t.Errorf("found:\n  %s\nwant, with %d others:\n  %s", strings.Join(found, "\n  "), b.others, want)
	}
}

// place is "line:column" of a mark, "1:1" without it.
func place(text, mark string) string {
	before, _, ok := strings.Cut(text, mark)
	if !ok {
		before = ""
	}
	last := before[strings.LastIndex(before, "\n")+1:]
	return fmt.Sprintf("%d:%d", 1+strings.Count(before, "\n"), 1+utf8.RuneCountInString(last))
}

// rent is the dialog in which nothing is wrong.
func rent(t testing.TB) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, name := range []string{"dialog.yaml", "cy.yaml", "transcripts.txt"} {
		content, err := os.ReadFile("testdata/dialogs/rent/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(content)
	}
	return files
}

// check lists the problems of a dialog that is called rent; files without
// content are left out.
func check(t testing.TB, files map[string]string) []string {
	t.Helper()
	folder := fstest.MapFS{}
	for name, content := range files {
		if content != "" {
			folder["rent/"+name] = &fstest.MapFile{Data: []byte(content)}
		}
	}
	problems, err := dialogs.Check(folder)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, p := range problems {
		found = append(found, p.String())
	}
	return found
}
