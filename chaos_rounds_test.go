package main

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/chaos"
)

// chaosSize is how long parents talk while the gateway is hurt, and how many.
type chaosSize struct {
	seed    uint64
	span    time.Duration
	parents int
	calm    bool          // nothing is hurt, and everybody finishes
	round   time.Duration // of which a long span is made; 0: it is one
}

// defaultSpan makes a run of some 40 seconds on two cores.
const defaultSpan = 6 * time.Second

// sizeOfChaos reads the size from the environment: make chaos sets it.
func sizeOfChaos(t *testing.T) chaosSize {
	t.Helper()
	size := chaosSize{seed: 1, span: defaultSpan, parents: 120}
	read := func(name string, into func(string) error) {
		if text := os.Getenv("PARLEY_TEST_CHAOS_" + name); text != "" {
			if err := into(text); err != nil {
				t.Fatalf("PARLEY_TEST_CHAOS_%s: %v", name, err)
			}
		}
	}
	read("SEED", func(s string) (err error) { size.seed, err = strconv.ParseUint(s, 10, 64); return })
	read("SPAN", func(s string) (err error) { size.span, err = time.ParseDuration(s); return })
	read("ROUND", func(s string) (err error) { size.round, err = time.ParseDuration(s); return })
	read("PARENTS", func(s string) (err error) { size.parents, err = strconv.Atoi(s); return })
	return size
}

// mostAtOnce is how many parents a round has at most. Each who chats has three
// connections in the test's own process, which may have 20,000 files open where
// that is little.
const mostAtOnce = 10_000

// rounds are what a long run is made of: each has a seed, people and stores of
// its own, so that memory does not grow with the run, a fault that is found ends
// it early, and that round can be had again by itself.
func (s chaosSize) rounds() []chaosSize {
	n := (s.parents + mostAtOnce - 1) / mostAtOnce
	if s.round > 0 {
		n = max(n, int((s.span+s.round-1)/s.round))
	}
	rounds := make([]chaosSize, n)
	for i := range rounds {
		rounds[i] = chaosSize{seed: s.seed + uint64(i), span: s.span / time.Duration(n), parents: (s.parents + n - 1) / n, calm: s.calm}
	}
	return rounds
}

// thinks is how long a parent thinks at most before each word.
func (s chaosSize) thinks() time.Duration { return min(max(time.Second, s.span/12), 10*time.Second) }

// begins is within how much of the span everybody begins.
func (s chaosSize) begins() time.Duration { return max(s.span/2, s.span-6*s.thinks()) }

// strikes are planned more seldom the longer a round is, and each at least once.
func (s chaosSize) strikes(nodes int) []chaos.Strike {
	interval := 2*time.Second + s.span/100
	return chaos.Plan(s.seed, s.span, s.span/time.Duration(max(len(chaos.Faults()), int(s.span/interval))), nodes)
}

// written tells a round's plan: what is hurt when, and how many do what. The
// mark at its end is of every parent as drawn.
func (s chaosSize) written(players []*player, nodes int) string {
	var text strings.Builder
	fmt.Fprintf(&text, "seed %d: %d parents in %v\n", s.seed, s.parents, s.span)
	if !s.calm {
		for _, strike := range s.strikes(nodes) {
			fmt.Fprintf(&text, "%8v  node %d  %v  %v  %s\n", strike.After.Round(time.Millisecond), strike.Node, strike.For.Round(time.Millisecond), strike.Step.Round(time.Millisecond), strike.Fault)
		}
	}
	counts, people := map[string]int{}, sha256.New()
	for _, p := range players {
		counts[p.channel+", "+string(p.fate)]++
		fmt.Fprintln(people, p.number, p.channel, p.fate, p.copies, p.stalls)
	}
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(&text, "%6d  %s\n", counts[kind], kind)
	}
	fmt.Fprintf(&text, "people %x", people.Sum(nil)[:8])
	return text.String()
}

// A seed is always the same plan of faults and people, and another is another.
func TestASeedIsOnePlan(t *testing.T) {
	t.Parallel()
	size := chaosSize{seed: 7, span: time.Minute, parents: 2000}
	plan := func(s chaosSize) string { return s.written(newPlayers(s), 3) }
	if first, second := plan(size), plan(size); first != second {
		t.Errorf("a seed is two plans:\n%s\n\n%s", first, second)
	}
	other := size
	other.seed = 8
	if _, people, _ := strings.Cut(plan(size), "people "); strings.HasSuffix(plan(other), people) {
		t.Error("two seeds have the same people")
	}
	for _, does := range []fate{finishes, leaves, wants, stops, sleeps, elsewhere, unreachable, endangered, optsOut, hangsUp} {
		if !strings.Contains(plan(size), string(does)) {
			t.Errorf("nobody %s", does)
		}
	}
	for i, round := range (chaosSize{seed: 7, span: 50 * time.Minute, round: 5 * time.Minute, parents: 100_000}).rounds() {
		want := chaosSize{seed: 7 + uint64(i), span: 5 * time.Minute, parents: 10_000}
		if round != want || i > 9 {
			t.Errorf("round %d is %+v", i, round)
		}
	}
}

// waits are how long parents waited for answers.
type waits struct {
	mu  sync.Mutex
	all []time.Duration
}

func (w *waits) note(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, d)
}

// keepFigures writes the rounds so far to the file that is named for them.
func keepFigures(t *testing.T, rounds []chaos.Figures, note string) {
	t.Helper()
	name := os.Getenv("PARLEY_TEST_CHAOS_SUMMARY")
	if name == "" {
		return
	}
	var text strings.Builder
	if err := chaos.WriteFigures(&text, rounds); err != nil {
		t.Error(err)
	}
	if note != "" {
		fmt.Fprintf(&text, "\n%s\n", note)
	}
	if err := os.WriteFile(name, []byte(text.String()), 0o644); err != nil {
		t.Error(err)
	}
}
