package dialogs

import (
	"fmt"
	"io/fs"
	"path"
)

// Review is what checking one dialog has found.
type Review struct {
	Dialog      string
	Transcripts int
	Branches    int // ways that the dialog can go at one of its steps
	Walked      int // those of them that a transcript walks
	Problems    Problems
}

// String is the review in a line: "income-change: 14 transcripts, 31 of 31
// branches".
func (r Review) String() string {
	if r.Branches == 0 {
		return r.Dialog + ": not played, since it cannot be read"
	}
	plural := "s"
	if r.Transcripts == 1 {
		plural = ""
	}
	return fmt.Sprintf("%s: %d transcript%s, %d of %d branches", r.Dialog, r.Transcripts, plural, r.Walked, r.Branches)
}

// Check finds what is wrong with every dialog in a folder: what does not
// compile, what the lints find, every transcript that comes out otherwise and
// every branch that none walks. The error is for a folder that holds no
// dialogs or cannot be read.
func Check(folder fs.FS) (Problems, error) {
	reviews, err := ReviewAll(folder)
	var problems Problems
	for _, r := range reviews {
		problems = append(problems, r.Problems...)
	}
	return problems, err
}

// ReviewAll is Check, dialog by dialog.
func ReviewAll(folder fs.FS) ([]Review, error) {
	names, err := dialogsIn(folder)
	if err != nil {
		return nil, err
	}
	reviews := make([]Review, len(names))
	for i, name := range names {
		reviews[i] = reviewOne(folder, name)
	}
	return reviews, nil
}

func reviewOne(folder fs.FS, name string) Review {
	d, problems := loadOne(folder, name)
	review := Review{Dialog: name, Problems: problems}
	if len(problems) > 0 {
		return review
	}
	l := linter{dialog: d, folder: name}
	l.lint()
	var walked coverage
	l.transcripts(folder, &review, &walked)
	branches := d.branches(&walked)
	review.Branches = len(branches)
	sound := len(l.problems) == 0 // else the missing branches may be those of broken transcripts
	for _, b := range branches {
		switch {
		case b.walked:
			review.Walked++
		case sound:
			l.found(lintBranch, scriptFile, b.at, "%s", b.missing("transcript"))
		}
	}
	review.Problems = l.problems.sorted()
	return review
}

// transcripts plays the transcripts of a dialog.
func (l *linter) transcripts(folder fs.FS, review *Review, walked *coverage) {
	file := path.Join(l.folder, transcriptsFile)
	content, err := fs.ReadFile(folder, file)
	if err != nil {
		l.found(lintBranch, scriptFile, place{1, 1}, "there are no transcripts: write %s", transcriptsFile)
		return
	}
	r := transcriptReader{file: file}
	r.read(content)
	l.problems = append(l.problems, r.problems...)
	if len(r.problems) > 0 {
		return
	}
	review.Transcripts = len(r.transcripts)
	for _, t := range r.transcripts {
		l.problems = append(l.problems, l.dialog.play(file, t, walked)...)
	}
}
