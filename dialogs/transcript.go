package dialogs

import (
	"strings"

	"parley/dialogs/answers"
	"parley/templates"
)

// transcript is one conversation that must come out exactly so.
//
//	# asks again when pay is unclear      sms en, started by us, identity confirmed
//	< Has your pay before tax gone up or down? Reply 1 up, 2 down, 3 about the same.
//	> down
//	< …
//	+ 2d
//	= reported {"direction": "down"}
//
// "< " is what the person is told, "> " what they write, "+ 2d" time that
// passes without a word, "= " how it ends and what comes next, with the answers
// or without. What people do beside writing stands in brackets: see
// Rehearsal.Say. Two spaces continue a line, "< …" is any one message and "…" alone any number of
// messages. The header is read by set.
type transcript struct {
	title   string
	line    int // of its header
	facts   Facts
	results map[string]Value // what calls give back, other than their examples
	failing map[string]bool  // calls that fail
	lines   []transcriptLine
}

// transcriptLine is one line with the lines that continue it.
type transcriptLine struct {
	number int
	mark   string // "<", ">", "+", "=", or "…"
	text   string
}

// transcriptDay is today in a transcript whose header does not say.
var transcriptDay = answers.Date{Year: 2026, Month: 11, Day: 22}

// handoffDays is when a person is promised in transcripts.
const handoffDays = 7

// transcriptReader reads a file of transcripts.
type transcriptReader struct {
	file        string
	transcripts []transcript
	problems    Problems
}

func (r *transcriptReader) read(content []byte) {
	n := 0
	for line := range strings.Lines(string(content)) {
		n++
		r.line(n, strings.TrimRight(line, "\r\n"))
	}
}

func (r *transcriptReader) problem(line int, message string) {
	r.problems = append(r.problems, Problem{Lint: lintScript, File: r.file, Line: line, Column: 1, Message: message})
}

func (r *transcriptReader) line(n int, text string) {
	mark, rest, _ := strings.Cut(text, " ")
	if mark == "#" {
		r.begin(n, rest)
		return
	}
	if strings.TrimSpace(text) == "" {
		return
	}
	if len(r.transcripts) == 0 {
		r.problem(n, "a transcript begins with \"# title      sms en, started by us\"")
		return
	}
	t := &r.transcripts[len(r.transcripts)-1]
	switch {
	case strings.HasPrefix(text, "  ") && len(t.lines) > 0:
		t.lines[len(t.lines)-1].text += "\n" + text[2:]
	case mark == "<", mark == ">", mark == "+", mark == "=", text == "…":
		t.lines = append(t.lines, transcriptLine{number: n, mark: mark, text: rest})
	default:
		r.problem(n, "a line begins with \"< \", \"> \", \"+ \", \"= \" or two spaces, or is …")
	}
}

// begin reads a header: a title, two spaces or more, then what is given.
func (r *transcriptReader) begin(n int, text string) {
	title, settings, _ := strings.Cut(text, "  ")
	t := transcript{
		title: strings.TrimSpace(title), line: n,
		facts: Facts{
			Today: transcriptDay, HandoffBy: transcriptDay.AddDays(handoffDays),
			Channel: "sms", Identity: "known", Language: templates.English, Given: map[string]string{},
		},
		results: map[string]Value{}, failing: map[string]bool{},
	}
	for _, setting := range splitSettings(settings) {
		if err := t.set(setting); err != nil {
			r.problem(n, err.Error())
		}
	}
	r.transcripts = append(r.transcripts, t)
}
