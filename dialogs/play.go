package dialogs

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Coverage is which branches of a dialog its transcripts have walked.
type Coverage struct {
	held, skipped steps
}

func (c *Coverage) trace(step int, held bool) {
	if held {
		c.held.add(step)
	} else {
		c.skipped.add(step)
	}
}

// Play runs one transcript and reports where the dialog said otherwise.
func (d *Dialog) Play(t Transcript, c *Coverage) Problems {
	p := player{dialog: d, transcript: t}
	p.rehearsal = Rehearsal{Dialog: d, Facts: t.Facts, Carry: t.carry, trace: c.trace}
	out, err := p.rehearsal.Begin()
	p.heard(out, err)
	for _, line := range t.Lines {
		if !p.line(line) {
			return p.problems
		}
	}
	if len(p.said) > 0 && !p.any {
		p.problem(t.Line, fmt.Sprintf("the transcript is over, and the dialog goes on to say %q", p.said[0]))
	}
	return p.problems
}

// carry answers a call with the header's result, or the example.
func (t *Transcript) carry(c Call) Result {
	if t.Failing[c.Name] {
		return Result{Failed: true}
	}
	if v, ok := t.Results[c.Name]; ok {
		return Result{Value: v}
	}
	s, _ := signature(c.Name)
	return Result{Value: s.Example}
}

// player follows a transcript line by line.
type player struct {
	dialog     *Dialog
	transcript Transcript
	rehearsal  Rehearsal
	said       []string // rendered, and not yet seen in the transcript
	end        *End
	any        bool // a lone … came: whatever is said next may be passed over
	failed     bool
	problems   Problems
}

func (p *player) problem(line int, message string) {
	p.failed = true
	p.problems = append(p.problems, Problem{File: p.transcript.File, Line: line, Column: 1,
		Message: p.transcript.Title + ": " + message})
}

func (p *player) heard(out Output, err error) {
	if err != nil {
		p.problem(p.transcript.Line, err.Error())
		return
	}
	for _, m := range out.Messages {
		p.said = append(p.said, m.Render(p.transcript.Facts.Channel))
	}
	if out.End != nil {
		p.end = out.End
	}
}

// line follows one line and reports whether to go on.
func (p *player) line(l TranscriptLine) bool {
	switch l.Mark {
	case "…":
		p.any = true
	case "<":
		p.expect(l)
	case ">":
		p.write(l, func() (Output, error) { return p.rehearsal.Say(l.Text) })
	case "+":
		d, err := parseWait(l.Text)
		if err != nil {
			p.problem(l.Number, err.Error())
			break
		}
		p.write(l, func() (Output, error) { return p.rehearsal.Wait(d) })
	case "=":
		p.ended(l)
	}
	return !p.failed
}

func (p *player) expect(l TranscriptLine) {
	if p.any && l.Text != "…" {
		if i := slices.Index(p.said, l.Text); i >= 0 {
			p.said, p.any = p.said[i+1:], false
			return
		}
	}
	switch {
	case len(p.said) == 0:
		p.problem(l.Number, fmt.Sprintf("the dialog says nothing here; expected %q", l.Text))
	case l.Text != "…" && p.said[0] != l.Text:
		p.problem(l.Number, fmt.Sprintf("the dialog says %q; expected %q", p.said[0], l.Text))
	default:
		p.said = p.said[1:]
	}
}

// write takes the person's turn, once all that was said has been seen.
func (p *player) write(l TranscriptLine, turn func() (Output, error)) {
	if len(p.said) > 0 && !p.any {
		p.problem(l.Number, fmt.Sprintf("before this the dialog says %q", p.said[0]))
		return
	}
	if p.end != nil {
		p.problem(l.Number, "the dialog has ended before this")
		return
	}
	p.said, p.any = nil, false
	out, err := turn()
	p.heard(out, err)
}

func (p *player) ended(l TranscriptLine) {
	if p.end == nil {
		p.problem(l.Number, "the dialog has not ended here")
		return
	}
	if len(p.said) > 0 && !p.any {
		p.problem(l.Number, fmt.Sprintf("before this the dialog says %q", p.said[0]))
		return
	}
	p.said = nil
	want := p.end.Outcome + " " + string(p.dialog.AnswersJSON(p.rehearsal.State()))
	if got := strings.TrimSpace(l.Text); got != want && got != p.end.Outcome {
		p.problem(l.Number, fmt.Sprintf("the dialog ends with %s; expected %s", want, got))
	}
}

func parseWait(text string) (time.Duration, error) {
	var n int
	var unit string
	if _, err := fmt.Sscanf(text, "%d%1s", &n, &unit); err == nil && n > 0 {
		switch unit {
		case "d":
			return time.Duration(n) * 24 * time.Hour, nil
		case "h":
			return time.Duration(n) * time.Hour, nil
		}
	}
	return 0, fmt.Errorf("%q is not a length of time: write + 2d or + 12h", text)
}
