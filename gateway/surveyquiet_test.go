package gateway

import (
	"slices"
	"testing"

	"parley/dialogs"
	"parley/dialogs/scripts"
)

// unasked are the dialogs after which nobody is asked how easy it was. What is
// said in danger is in no conversation that could end.
var unasked = []string{"close-case", "complaint", "death", "enforcement-query", "safe-to-contact", "survey", "wrong-person"}

func TestNoSurveyAfterWhatHurts(t *testing.T) {
	shipped, err := dialogs.Load(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range shipped {
		ends := d.Outcomes().Ends
		if asked := slices.ContainsFunc(ends, served); asked == slices.Contains(unasked, d.Name) {
			t.Errorf("%s: a survey follows: %t (it ends %v)", d.Name, asked, ends)
		}
	}
}
