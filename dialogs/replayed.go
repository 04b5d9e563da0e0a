package dialogs

// conversation is what one transcript comes to: every word of it, and the steps
// that said something.
type conversation struct {
	lines    []transcriptLine
	steps    []string // that said or asked something, by their keys
	end      *End
	problems Problems
}

// replayed holds the conversation of a transcript, whose lines may leave out
// what is said.
func (d *Dialog) replayed(t transcript) conversation {
	p := player{dialog: d, transcript: t, at: t.line, rehearsal: t.rehearsal(d, &coverage{})}
	var talk conversation
	heard := func(out Output, err error) {
		if err != nil {
			p.problem("%v", err)
			return
		}
		for _, m := range out.Messages {
			talk.lines = append(talk.lines, transcriptLine{mark: "<", text: m.Render(t.facts.Channel)})
			talk.steps = append(talk.steps, m.Step)
		}
		if out.End != nil {
			talk.end = out.End
		}
	}
	heard(p.rehearsal.Begin())
	for _, line := range t.lines {
		switch line.mark {
		case ">":
			talk.lines = append(talk.lines, line)
			heard(p.rehearsal.Say(line.text))
		case "+":
			wait, _ := parseDuration(line.text) // it is checked where transcripts are
			talk.lines = append(talk.lines, line)
			heard(p.rehearsal.Wait(wait))
		}
	}
	talk.problems = p.problems
	return talk
}
