package dialogs_test

import (
	"regexp"
	"slices"
	"testing"

	"parley/dialogs"
)

// Whoever applies, asks for another service or for a variation, or doubts who
// the parents are, is asked first whether it is safe to contact the other parent;
// unless it is, a person comes before any further question about that.
func TestSafetyIsAskedFirst(t *testing.T) {
	all := shipped(t)
	for _, name := range []string{"apply", "switch-service", "variation", "parentage"} {
		steps := all[name].Outline()
		first := slices.IndexFunc(steps, func(o dialogs.Outlined) bool { return o.Kind == dialogs.OutlineAsk })
		if o := steps[first]; o.Step != "safe-to-contact/safe" || o.When != "" {
			t.Errorf("%s asks %s first, when %q", name, o.Step, o.When)
		}
		if !slices.ContainsFunc(steps, func(o dialogs.Outlined) bool {
			return o.Kind == dialogs.OutlineHandoff && o.When == `safe != "yes"`
		}) {
			t.Errorf("%s goes on when it is not safe", name)
		}
	}
}

// Every dialog can come to a report or to a person, and says what either holds:
// all that it asks, by name.
func TestEveryDialogLeadsToWork(t *testing.T) {
	for name, d := range shipped(t) {
		out, schema := d.Outcomes(), d.AnswersSchema()
		if len(out.Reports)+len(out.Handoffs) == 0 {
			t.Errorf("%s leads to no work", name)
		}
		if schema.Type != "object" || schema.Schema == "" {
			t.Errorf("%s says nothing of what it collects: %+v", name, schema)
		}
		asks := 0
		for _, o := range d.Outline() {
			if o.Kind == dialogs.OutlineAsk && o.Frame != "" {
				asks++ // of its own group, below
				continue
			}
			if o.Kind == dialogs.OutlineAsk && schema.Properties[o.Step] == nil {
				t.Errorf("%s does not say what %s is", name, o.Step)
			}
		}
		if asks > 0 && len(schema.Properties) == 1 { // files alone
			t.Errorf("%s says nothing of its groups", name)
		}
	}
}

// Every report is promised by a date, in words, and so is every person who takes
// over, by the dialog language itself.
func TestEveryReportIsPromisedByADate(t *testing.T) {
	for name, d := range shipped(t) {
		for i, o := range d.Outline() {
			if o.Call != "report" {
				continue
			}
			if !promisesADate(d.Outline()[i+1:]) {
				t.Errorf("%s: after %s nothing gives a date", name, o.Step)
			}
		}
	}
}

// promisesADate reports whether one of the steps says by when, in every language.
func promisesADate(steps []dialogs.Outlined) bool {
	return slices.ContainsFunc(steps, func(o dialogs.Outlined) bool {
		for _, words := range o.Words {
			if !dueWords.MatchString(words) {
				return false
			}
		}
		return len(o.Words) > 0
	})
}

var dueWords = regexp.MustCompile(`\(\(\w+\.due\)\)`)
