package dialogs

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"parley/templates"
)

// The files of a dialog's folder.
const (
	scriptFile      = "dialog.yaml"
	transcriptsFile = "transcripts.txt"
)

// What a file of a dialog may hold: several times what the longest of ours does.
// The YAML reader's time grows with the square of lists within lists.
const (
	maxFile     = 32 << 10 // bytes
	maxBrackets = 20       // of brackets and braces
)

// tooLarge tells why a file would take too long to read; nil when it would not.
func tooLarge(content []byte) error {
	if len(content) > maxFile {
		return fmt.Errorf("the file has %d bytes and may have %d: split the dialog", len(content), maxFile)
	}
	depth := 0
	for _, c := range content {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(depth-1, 0)
		}
		if depth > maxBrackets {
			return fmt.Errorf("more than %d brackets stand in each other: close those that are open", maxBrackets)
		}
	}
	return nil
}

// Load reads and compiles every dialog in a folder of dialogs, in the order of
// their names. The error is Problems when the dialogs are at fault.
func Load(folder fs.FS) ([]*Dialog, error) {
	names, err := dialogsIn(folder)
	if err != nil {
		return nil, err
	}
	var dialogs []*Dialog
	var problems Problems
	for _, name := range names {
		d, found := loadOne(folder, name)
		problems = append(problems, found...)
		dialogs = append(dialogs, d)
	}
	if len(problems) > 0 {
		return nil, problems.sorted()
	}
	return dialogs, nil
}

var errNoDialogs = errors.New("there are no dialogs here: a dialog is a folder that holds " + scriptFile)

// dialogsIn lists the folders that hold a dialog.
func dialogsIn(folder fs.FS) ([]string, error) {
	scripts, err := fs.Glob(folder, "*/"+scriptFile)
	if err != nil {
		return nil, fmt.Errorf("looking for dialogs: %w", err)
	}
	if len(scripts) == 0 {
		return nil, errNoDialogs
	}
	for i := range scripts {
		scripts[i] = path.Dir(scripts[i])
	}
	return scripts, nil
}

func loadOne(folder fs.FS, name string) (*Dialog, Problems) {
	files, problems := filesOf(folder, name)
	if len(problems) > 0 {
		return &Dialog{}, problems
	}
	find := func(other string) []File {
		files, _ := filesOf(folder, other) // what is wrong with it is said of it
		return files
	}
	d, problems := compile(files, find)
	for i := range d.steps {
		if s := &d.steps[i]; s.own() && s.next != "" && len(find(s.next)) == 0 {
			script := source{file: files[0].Name, problems: &problems}
			script.problem(s.nextAt, "there is no dialog %q to go on with", s.next)
		}
	}
	return d, problems
}

// filesOf are the files of a dialog in a folder of dialogs, the script first;
// none when there is no such dialog.
func filesOf(folder fs.FS, name string) ([]File, Problems) {
	var files []File
	for _, file := range append([]string{scriptFile}, translationFiles()...) {
		file = path.Join(name, file)
		content, err := fs.ReadFile(folder, file)
		switch {
		case errors.Is(err, fs.ErrNotExist) && len(files) == 0: // no script, no dialog
			return nil, nil
		case errors.Is(err, fs.ErrNotExist): // compile says whether it is needed
		case err != nil:
			return nil, Problems{{Lint: lintScript, File: file, Line: 1, Column: 1, Message: "this file cannot be read"}}
		default:
			files = append(files, File{Name: file, Content: content})
		}
	}
	return files, nil
}

// translationFiles are the files of words in other languages than English.
func translationFiles() []string {
	var files []string
	for _, l := range templates.Languages() {
		if l != templates.English {
			files = append(files, string(l)+".yaml")
		}
	}
	return files
}

// Compile makes a dialog of its files: the script first, then its words in
// other languages, then the files of the dialogs that it runs.
func Compile(files []File) (*Dialog, Problems) {
	if len(files) == 0 {
		return &Dialog{}, Problems{{Lint: lintScript, File: scriptFile, Line: 1, Column: 1, Message: "there is no script"}}
	}
	in := func(folder string) []File {
		return slices.DeleteFunc(slices.Clone(files), func(f File) bool { return path.Dir(f.Name) != folder })
	}
	return compile(in(path.Dir(files[0].Name)), in)
}

// compile makes a dialog of its own files, and finds those of the dialogs that
// it runs.
func compile(files []File, find func(name string) []File) (*Dialog, Problems) {
	var problems Problems
	d := &Dialog{files: slices.Clone(files), givers: map[string]int{}, repeated: map[string][]int{}}
	script := &scriptReader{dialog: d, source: source{file: files[0].Name, problems: &problems}, find: find}
	script.runs = []string{path.Base(path.Dir(files[0].Name))}
	if !script.read(files[0].Content) {
		return d, problems
	}
	d.translate(ranPart{files: files}, &problems)
	for _, part := range d.parts {
		d.translate(part, &problems)
		if !slices.ContainsFunc(d.files, func(f File) bool { return f.Name == part.files[0].Name }) {
			d.files = append(d.files, part.files...)
		}
	}
	l := &linker{source: script.source, dialog: d}
	l.link(script.drafts)
	d.Version = hash(d.files)
	return d, slices.Compact(problems.sorted()) // steps that are repeated have the same problems
}

// translate reads the words of a dialog, or of one that it runs, in the other
// languages of the dialog.
func (d *Dialog) translate(p ranPart, problems *Problems) {
	translated := []templates.Language{templates.English}
	for _, f := range p.files[1:] {
		t := &translation{dialog: d, of: p.name, source: source{file: f.Name, problems: problems}}
		t.language = templates.Language(strings.TrimSuffix(path.Base(f.Name), ".yaml"))
		if p.name == "" || slices.Contains(d.Languages, t.language) {
			t.read(f.Content)
		}
		translated = append(translated, t.language)
	}
	for _, l := range d.Languages {
		if !slices.Contains(translated, l) {
			script := source{file: p.files[0].Name, problems: problems}
			script.found(lintNoWords, place{1, 1}, "there are no words in %s: write %s.yaml", languageNames[l], l)
		}
	}
}

// hash names a version by everything that decides what it says and asks.
func hash(files []File) string {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%s %d\n", path.Base(f.Name), len(f.Content))
		h.Write(f.Content)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
