package rulefile_test

import (
	"fmt"
	"testing"

	"parley/gateway/rulefile"
)

func TestWhatIsWrongIsToldWithItsLine(t *testing.T) {
	for content, want := range map[string]string{
		"days: 3\n":                 "",
		"# head\ndays: 3\nday: 4\n": `rules.yaml:3: unknown field "day"`,
		"# head\ndays: many\n":      "rules.yaml:2: cannot unmarshal string into Go struct field .Days of type int",
		"lists: !any\n 3\n":         "rules.yaml:1: a value has no tag here (!)",
		"days: [\n":                 "rules.yaml:1: sequence end token ']' not found",
		"":                          "",
		"# nothing\n":               "",
		"days: 3\n---\ndays: 4\n":   "rules.yaml:2: a second document begins here: one file holds one",
	} {
		var rules struct {
			Days  int
			Lists []string
		}
		got := ""
		if err := rulefile.Read("rules.yaml", []byte(content), &rules); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: %s, want %s", content, got, want)
		}
	}
}

// FuzzRead: whatever is in a file, it is read or refused.
func FuzzRead(f *testing.F) {
	f.Add([]byte("days: 3\nlists: [one, two]"))
	f.Add([]byte(""))
	f.Add([]byte("lists: !any [one]"))
	f.Add([]byte("days: 1\n...\ndays: 2\n"))
	f.Add([]byte("--- 1\n--- 2\n... x"))
	f.Fuzz(func(t *testing.T, content []byte) {
		var rules struct {
			Days  int
			Lists []string
		}
		if err := rulefile.Read("rules.yaml", content, &rules); err == nil && rulefile.Unfit(content) != nil {
			t.Error("what is unfit is read")
		}
	})
}

func ExampleRead() {
	var rules struct{ Days int }
	fmt.Println(rulefile.Read("rules.yaml", []byte("days: 3"), &rules), rules.Days)
	// Output: <nil> 3
}
