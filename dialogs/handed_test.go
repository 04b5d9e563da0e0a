package dialogs_test

import (
	"errors"
	"slices"
	"testing"

	"parley/dialogs"
)

// What was agreed with somebody of ours counts as answered.
func TestAConversationIsHandedBack(t *testing.T) {
	d := compiled(t, twoQuestions)
	first := talk(t, d, known()).State
	for name, c := range map[string]struct {
		again string
		given map[string]string
		want  []string
	}{
		"nothing agreed": {"", nil, []string{"Back to where we were. How much?"}},
		"an answer":      {"", map[string]string{"pay": "410 a week"}, []string{"Since when?"}},
	} {
		in := dialogs.Input{Event: dialogs.Handed, Again: c.again, Facts: known()}
		in.Facts.Given = c.given
		if got := heard(advance(t, d, first, in)); !slices.Equal(got, c.want) {
			t.Errorf("%s: says %q, want %q", name, got, c.want)
		}
	}
	second := talk(t, d, known(), "£410 a week").State
	in := dialogs.Input{Event: dialogs.Handed, Again: "pay", Facts: known()}
	if got := heard(advance(t, d, second, in)); !slices.Equal(got, []string{"How much?"}) {
		t.Errorf("asked again: says %q", got)
	}
	in.Again = "nothing"
	var given *dialogs.GivenError
	if _, err := d.Advance(second, in); !errors.As(err, &given) {
		t.Errorf("asked again what is never asked: %v", err)
	}
}
