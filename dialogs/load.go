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
	var files []File
	for _, file := range append([]string{scriptFile}, translationFiles()...) {
		file = path.Join(name, file)
		content, err := fs.ReadFile(folder, file)
		switch {
		case errors.Is(err, fs.ErrNotExist): // Compile says whether it is needed
		case err != nil:
			return &Dialog{}, Problems{{File: file, Line: 1, Column: 1, Message: "this file cannot be read"}}
		default:
			files = append(files, File{Name: file, Content: content})
		}
	}
	return Compile(files)
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
// other languages.
func Compile(files []File) (*Dialog, Problems) {
	var problems Problems
	d := &Dialog{files: files, givers: map[string]int{}, Version: hash(files)}
	if len(files) == 0 {
		return d, Problems{{File: scriptFile, Line: 1, Column: 1, Message: "there is no script"}}
	}
	script := &scriptReader{dialog: d, source: source{file: files[0].Name, problems: &problems}}
	if !script.read(files[0].Content) {
		return d, problems
	}
	translated := []templates.Language{templates.English}
	for _, f := range files[1:] {
		t := &translation{dialog: d, source: source{file: f.Name, problems: &problems}}
		t.language = templates.Language(strings.TrimSuffix(path.Base(f.Name), ".yaml"))
		t.read(f.Content)
		translated = append(translated, t.language)
	}
	for _, l := range d.Languages {
		if !slices.Contains(translated, l) {
			script.problem(place{1, 1}, "there are no words in %s: write %s.yaml", languageNames[l], l)
		}
	}
	l := &linker{source: script.source, dialog: d}
	l.link(script.drafts)
	return d, problems.sorted()
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
