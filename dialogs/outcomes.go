package dialogs

import (
	"maps"
	"slices"
)

// Outcomes is all that a dialog can come to. What its reports and hand-offs
// hold is described by AnswersSchema.
type Outcomes struct {
	// Ends are how it ends, as the script names it, without a person's taking
	// over at once.
	Ends []string `json:"ends"`
	// Reports are the kinds of the reports that it sends.
	Reports []string `json:"reports"`
	// Handoffs are the reasons for which a person takes over. "asked", "retries"
	// and "lapsed" are those of every dialog.
	Handoffs []string `json:"handoffs"`
	// Next are the dialogs that its ends lead to.
	Next []string `json:"next"`
}

// Outcomes lists what the dialog can come to, each sorted.
func (d *Dialog) Outcomes() Outcomes {
	ends, reports, handoffs, next := map[string]bool{}, map[string]bool{}, map[string]bool{"asked": true}, map[string]bool{}
	if d.Retries.Then == "handoff" {
		handoffs["retries"] = true
	}
	if d.Expire.Then == "handoff" {
		handoffs["lapsed"] = true
	}
	for i := range d.steps {
		s := &d.steps[i]
		switch {
		case s.kind == handoffStep:
			handoffs[s.end] = true
		case s.end != "" && s.part == "":
			ends[s.end] = true
		}
		if s.writes {
			reports[s.with[0].words] = true
		}
		if s.next != "" && s.part == "" {
			next[s.next] = true
		}
	}
	return Outcomes{sorted(ends), sorted(reports), sorted(handoffs), sorted(next)}
}

// sorted lists a set; one of nothing is an empty list in JSON too.
func sorted(set map[string]bool) []string {
	return append([]string{}, slices.Sorted(maps.Keys(set))...)
}
