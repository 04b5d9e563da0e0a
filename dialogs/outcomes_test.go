package dialogs_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/dialogs"
	"parley/dialogs/scripts"
)

func shipped(t *testing.T) map[string]*dialogs.Dialog {
	t.Helper()
	all, err := dialogs.Load(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]*dialogs.Dialog{}
	for _, d := range all {
		byName[d.Name] = d
	}
	return byName
}

func TestOutcomes(t *testing.T) {
	all := shipped(t)
	for name, want := range map[string]dialogs.Outcomes{
		"close-case": {Ends: []string{}, Reports: []string{}, Handoffs: []string{"asked", "close-case", "lapsed", "retries"}, Next: []string{}},
		"complaint": {Ends: []string{"chosen", "noted"}, Reports: []string{"complaint"}, Handoffs: []string{"asked", "lapsed", "retries"},
			Next: []string{"challenge-decision"}},
	} {
		if diff := cmp.Diff(want, all[name].Outcomes()); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}
