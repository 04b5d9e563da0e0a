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

func ExampleRead() {
	var rules struct{ Days int }
	fmt.Println(rulefile.Read("rules.yaml", []byte("days: 3"), &rules), rules.Days)
	// Output: <nil> 3
}
