package simulator

import (
	"encoding/json"
	"testing"
)

// What a stranger texts comes out of the JSON as it went in.
func FuzzAppendJSONString(f *testing.F) {
	for _, s := range []string{"", `"\`, "a\nb\x00\x1f\x7f", "ŵ👍\u2028", "\xff\xc3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got string
		if err := json.Unmarshal(appendJSONString(nil, s), &got); err != nil {
			t.Fatalf("%q is no JSON: %v", s, err)
		}
		if want := string([]rune(s)); got != want { // each bad byte becomes U+FFFD
			t.Fatalf("%q came back as %q", s, got)
		}
	})
}
