package console

import (
	"os"
	"parley/gateway/gatewaytest"
	"regexp"
	"testing"
)

// There are words for every notice, and for every occasion of one.
func TestWordsOfWhatIsToBeSent(t *testing.T) {
	for _, n := range gatewaytest.Notices(t) {
		if caseWords["notice."+n.Name] == ([2]string{}) {
			t.Errorf("there is no word for the notice %q", n.Name)
		}
	}
	source, err := os.ReadFile("../../gateway/schedule/rule.go")
	if err != nil {
		t.Fatal(err)
	}
	table := regexp.MustCompile(`(?s)var ids = .*?\n}`).Find(source)
	kinds := regexp.MustCompile(`: "([a-z ]+)"`).FindAllSubmatch(table, -1)
	if len(kinds) < 20 {
		t.Fatalf("%d kinds", len(kinds))
	}
	for _, kind := range kinds {
		if caseWords["occasion."+string(kind[1])] == ([2]string{}) {
			t.Errorf("there is no word for the occasion %q", kind[1])
		}
	}
}
