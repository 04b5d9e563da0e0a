package dialogs_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"parley/dialogs"
)

// A script that would unfold into gigabytes, or go on without end, is refused
// before a gateway takes it up while it runs.
func TestBombsAreRefused(t *testing.T) {
	var laughs strings.Builder
	laughs.WriteString("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n")
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&laughs, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	for name, script := range map[string]string{
		"aliases of aliases": laughs.String(),
		"merged aliases":     "a: &a {x: 1}\nb: {<<: [*a, *a], y: *a}\n",
		"an alias of itself": "a: &a [*a]\n",
		"brackets":           "purpose: " + strings.Repeat("[", 5_000),
		"a deep expression":  "name: x\nsteps:\n- set: y\n  to: " + strings.Repeat("(", 5_000) + "1" + strings.Repeat(")", 5_000) + "\n",
		"a huge number":      "name: 1" + strings.Repeat("0", 100_000) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			folder := fstest.MapFS{"bomb/dialog.yaml": {Data: []byte(script)}}
			if loaded, err := dialogs.Load(folder); err == nil {
				t.Errorf("loaded %d dialogs", len(loaded))
			}
		})
	}
}

// What is refused for its size says how large it may be.
func TestFilesThatAreTooLargeSayWhy(t *testing.T) {
	for script, want := range map[string]string{
		"dialog: bomb\n" + strings.Repeat("# words\n", 5_000): "bomb/dialog.yaml:1:1: the file has 40013 bytes and may have 32768: split the dialog",
		"title: " + strings.Repeat("[", 20_000):               "bomb/dialog.yaml:1:1: more than 20 brackets stand in each other: close those that are open",
	} {
		_, err := dialogs.Load(fstest.MapFS{"bomb/dialog.yaml": {Data: []byte(script)}})
		if err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
