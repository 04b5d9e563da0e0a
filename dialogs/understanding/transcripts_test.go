package understanding_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/dialogs"
	"parley/dialogs/understanding"
)

// What people answer in the transcripts of a dialog is not taken for a matter
// of another one that is for them: their conversation would be led away, or
// another put in the queue. A model learnt from texts is allowed one slip in a
// hundred and fifty: the dialog still asks its question again.
func TestAnswersAreNotTakenElsewhere(t *testing.T) {
	folder := filepath.Join("..", "scripts")
	all, err := dialogs.Load(os.DirFS(folder))
	if err != nil {
		t.Fatal(err)
	}
	answer, role := regexp.MustCompile(`^> ([^\[].*)$`), regexp.MustCompile(`\brole (\w+ parent)`)
	reader := shipped(t)
	tried, astray := 0, 0
	for _, d := range all {
		if d.Name == "welcome" { // which leads there itself
			continue
		}
		content, err := os.ReadFile(filepath.Join(folder, d.Name, "transcripts.txt"))
		if err != nil {
			t.Fatal(err)
		}
		as := d.For
		for line := range strings.Lines(string(content)) {
			if strings.HasPrefix(line, "# ") {
				as = d.For
				if m := role.FindStringSubmatch(line); m != nil {
					as = m[1]
				}
			}
			m := answer.FindStringSubmatch(strings.TrimSpace(line))
			if m == nil {
				continue
			}
			tried++
			reading := reader.Read(m[1])
			intent := reading.Intent
			if !reading.Firm || reading.Whose == understanding.OtherPerson || slices.Contains(d.Intents, intent) {
				continue
			}
			for _, other := range all {
				if other.Name == d.Name || !slices.Contains(other.Intents, intent) || as != "" && other.For != "" && as != other.For {
					continue
				}
				astray++
				t.Logf("%s: %q is taken for %s, which leads to %s", d.Name, m[1], intent, other.Name)
			}
		}
	}
	if tried < 1500 {
		t.Errorf("only %d answers tried", tried)
	}
	if astray > tried/150 {
		t.Errorf("%d of %d answers are taken for something else", astray, tried)
	}
}
