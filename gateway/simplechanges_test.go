package gateway

import (
	"strings"
	"testing"

	"parley/dialogs"
	"parley/dialogs/scripts"
)

func TestSimpleChangesOfTheService(t *testing.T) {
	list, err := readSimpleChanges(shippedSimpleChanges)
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := dialogs.Load(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	reported := map[string]bool{}
	for _, d := range shipped {
		for _, kind := range d.Outcomes().Reports {
			reported[kind] = true
		}
	}
	for _, kind := range list {
		if !reported[kind] {
			t.Errorf("no dialog reports %s", kind)
		}
	}
}

func TestSimpleChangesThatAreRefused(t *testing.T) {
	for _, kind := range []string{"contact-details", "bank-details", "overnight-stays", "children-change", "safe-contact", "close-case"} {
		if _, err := readSimpleChanges([]byte("- payment-made\n- " + kind)); err == nil || !strings.Contains(err.Error(), `"`+kind+`" is never changed`) {
			t.Errorf("%s: %v", kind, err)
		}
	}
	for _, list := range []string{"- a\n- a", "- ''", "a: b"} {
		if _, err := readSimpleChanges([]byte(list)); err == nil {
			t.Errorf("%q is read", list)
		}
	}
}
