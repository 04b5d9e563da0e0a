package chaos

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestWriteFigures(t *testing.T) {
	first := Figures{Seed: 7, Parents: 10, In: 50, Out: 60, Turns: 50, Conversations: 11, Calls: 2, Notices: 5, Held: 1, Faults: 12, Hurt: time.Minute, Took: 90 * time.Second}
	first.Waits([]time.Duration{3 * time.Second, time.Second, 2 * time.Second})
	second := first
	second.Seed, second.Violations = 8, 1
	var out strings.Builder
	if err := WriteFigures(&out, []Figures{first, second}); err != nil {
		t.Fatal(err)
	}
	const want = `| 7 | 10 | 1m0s | 50 | 60 | 50 | 11 | 2 | 5 | 1 | 12 | 2s, 3s | 1m30s | 0 |
| 8 | 10 | 1m0s | 50 | 60 | 50 | 11 | 2 | 5 | 1 | 12 | 2s, 3s | 1m30s | 1 |
| all | 20 | 2m0s | 100 | 120 | 100 | 22 | 4 | 10 | 2 | 24 | 2s, 3s | 3m0s | 1 |
`
	_, rows, _ := strings.Cut(out.String(), "|---|\n")
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
