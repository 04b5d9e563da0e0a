package dialogs

import (
	"fmt"
	"slices"
	"strings"

	"parley/templates"
)

// play runs one transcript and reports where the dialog said otherwise: the
// first place only, for all that follows would be wrong too.
func (d *Dialog) play(file string, t transcript, c *coverage) Problems {
	p := player{dialog: d, file: file, transcript: t, at: t.line, rehearsal: t.rehearsal(d, c)}
	p.heard(p.rehearsal.Begin())
	for _, line := range t.lines {
		if len(p.problems) > 0 {
			return p.problems
		}
		p.at = line.number
		p.line(line)
	}
	if len(p.problems) == 0 {
		p.over()
	}
	return p.problems
}

// rehearsal is one with what the header gives, which tells what it walks.
func (t *transcript) rehearsal(d *Dialog, c *coverage) Rehearsal {
	carry := func(call Call) Result {
		result := t.carry(call)
		if result.Failed {
			c.failed.add(call.Step)
		}
		return result
	}
	return Rehearsal{Dialog: d, Facts: t.facts, Carry: carry, trace: c.trace}
}

// carry answers a call with the header's result, or the example.
func (t *transcript) carry(c Call) Result {
	if t.failing[c.Name] {
		return Result{Failed: true}
	}
	if v, ok := t.results[c.Name]; ok {
		return Result{Value: v}
	}
	s, _ := signatureOf(c.Name)
	return Result{Value: s.example}
}

// player follows a transcript line by line.
type player struct {
	dialog     *Dialog
	file       string
	transcript transcript
	rehearsal  Rehearsal
	at         int      // the line it is at
	said       []string // rendered, and not yet seen in the transcript
	skips      bool     // a lone … came: whatever is said next may be passed over
	end        *End
	told       bool // the transcript has told the end
	problems   Problems
}

func (p *player) problem(format string, values ...any) {
	p.problems = append(p.problems, Problem{Lint: lintTranscript, File: p.file, Line: p.at, Column: 1,
		Message: p.transcript.title + ": " + fmt.Sprintf(format, values...)})
}

// heard takes what the dialog says. A text message that would not go out is a
// problem here, where the values in it are known.
func (p *player) heard(out Output, err error) {
	if err != nil {
		p.problem("%v", err)
		return
	}
	channel := p.transcript.facts.Channel
	for _, m := range out.Messages {
		text := m.Render(channel)
		p.said = append(p.said, text)
		if parts := templates.PrepareSMS(text).Segments; channel == "sms" && parts > templates.MaxSegments {
			p.problem("what %q says takes %d text messages and may take %d", m.Step, parts, templates.MaxSegments)
		}
	}
	if out.End != nil {
		p.end = out.End
	}
}

// line follows one line.
func (p *player) line(l transcriptLine) {
	switch l.mark {
	case "…":
		p.skips = true
	case "<":
		p.expect(l.text)
	case ">":
		p.write(func() (Output, error) { return p.rehearsal.Say(l.text) })
	case "+":
		d, err := parseDuration(l.text)
		if err != nil {
			p.problem("%q is %v", l.text, err)
			return
		}
		p.write(func() (Output, error) { return p.rehearsal.Wait(d) })
	case "=":
		p.ended(strings.TrimSpace(l.text))
	}
}

func (p *player) expect(text string) {
	if i := slices.Index(p.said, text); p.skips && i >= 0 {
		p.said, p.skips = p.said[i+1:], false
		return
	}
	switch {
	case len(p.said) == 0:
		p.problem("the dialog says nothing here; expected %q", text)
	case text != "…" && p.said[0] != text:
		p.problem("the dialog says %q; expected %q", p.said[0], text)
	default:
		p.said = p.said[1:]
	}
}

// seen reports whether all that was said has been seen.
func (p *player) seen() bool {
	if len(p.said) > 0 && !p.skips {
		p.problem("before this the dialog says %q", p.said[0])
		return false
	}
	p.said, p.skips = nil, false
	return true
}

// write takes the person's turn.
func (p *player) write(turn func() (Output, error)) {
	if !p.seen() {
		return
	}
	if p.end != nil {
		p.problem("the dialog has ended before this, with %s", p.outcome())
		return
	}
	p.heard(turn())
}

func (p *player) ended(text string) {
	if !p.seen() {
		return
	}
	switch {
	case p.end == nil:
		p.problem("the dialog has not ended here")
	case text != p.outcome() && text != p.end.String():
		p.problem("the dialog ends with %s; expected %s", p.outcome(), text)
	}
	p.told = true
}

// outcome is how the dialog ended, as a transcript writes it.
func (p *player) outcome() string {
	return p.end.String() + " " + string(p.dialog.AnswersJSON(p.rehearsal.State()))
}

// over checks that nothing is left when the transcript is over.
func (p *player) over() {
	switch {
	case len(p.said) > 0 && !p.skips:
		p.problem("the transcript is over, and the dialog goes on to say %q", p.said[0])
	case p.end != nil && !p.told:
		p.problem("the transcript is over, and does not tell the end: = %s", p.outcome())
	}
}
