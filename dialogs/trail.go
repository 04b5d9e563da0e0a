package dialogs

// Waits names the step at which a conversation waits, with the item that it is
// repeated for, like "pay" or "child/2/nights". It is empty once the dialog has
// ended, and for a state of another dialog.
func (d *Dialog) Waits(s State) string {
	if s.Outcome != "" || !d.fits(&s) {
		return ""
	}
	return d.steps[s.Step].path()
}

// Answered returns what was answered at a step, as JSON, and whether anything
// was. The step is named as Waits names it.
func (d *Dialog) Answered(s State, step string) (value string, answered bool) {
	for _, a := range s.Answers {
		if a.Step < len(d.steps) && d.steps[a.Step].path() == step {
			return string(appendFields(nil, []Field{{Name: d.steps[a.Step].name, Value: a.Value}})), true
		}
	}
	return "", false
}
