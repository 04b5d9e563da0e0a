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

// besideAnAnswer are answers of the shipped transcripts that are also about
// what another dialog takes, with the reason why that does no harm.
var besideAnAnswer = map[string]string{
	"lost my job": whole, "wedi colli fy swydd": whole, "my pay went down": whole, "llai o gyflog": whole,
	"I have paid": whole, "a payment is missing": whole, "mae taliad ar goll": whole, "how it is worked out": whole, "why so much": whole,
	"no job": anyWords, "My mother does, and she is not paid.": anyWords,
}

const (
	whole    = "a choice from first to last: a dialog finds nothing beside it"
	anyWords = "the question takes any words, whatever they are about"
)

// What people answer in the transcripts of a dialog is not taken for a matter
// of another one that is for them: their conversation would be led away, or
// another put in the queue.
func TestAnswersAreNotTakenElsewhere(t *testing.T) {
	folder := filepath.Join("..", "scripts")
	all, err := dialogs.Load(os.DirFS(folder))
	if err != nil {
		t.Fatal(err)
	}
	answer, role := regexp.MustCompile(`^> ([^\[].*)$`), regexp.MustCompile(`\brole (\w+ parent)`)
	reader := shipped(t)
	tried, used := 0, map[string]bool{}
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
				used[m[1]] = true
				if besideAnAnswer[m[1]] == "" {
					t.Errorf("%s: %q is taken for %s, which leads to %s", d.Name, m[1], intent, other.Name)
				}
			}
		}
	}
	if tried < 1500 {
		t.Errorf("only %d answers tried", tried)
	}
	for text := range besideAnAnswer {
		if !used[text] {
			t.Errorf("%q is no exception any more", text)
		}
	}
}
