package chaos

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A seed always gives the same strikes, in order of time, and each fault as
// often as any other.
func TestPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed, rounds := rapid.Uint64().Draw(t, "seed"), rapid.IntRange(1, 20).Draw(t, "rounds")
		span := time.Duration(rounds*len(Faults())) * time.Second
		plan := Plan(seed, span, time.Second, 3)
		if diff := cmp.Diff(plan, Plan(seed, span, time.Second, 3)); diff != "" {
			t.Errorf("another time it is another:\n%s", diff)
		}
		if !slices.IsSortedFunc(plan, func(a, b Strike) int { return int(a.After - b.After) }) {
			t.Errorf("out of order: %v", plan)
		}
		times := map[Fault]int{}
		for _, s := range plan {
			times[s.Fault]++
			if s.After < 0 || s.After >= span || s.Node < 0 || s.Node > 2 || s.For <= 0 {
				t.Errorf("cannot be: %+v", s)
			}
		}
		for _, f := range Faults() {
			if times[f] != rounds {
				t.Errorf("%s comes %d times, not %d", f, times[f], rounds)
			}
		}
	})
}
