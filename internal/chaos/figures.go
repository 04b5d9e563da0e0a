package chaos

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// Figures are what one round of a run came to.
type Figures struct {
	Seed                                     uint64
	Parents, In, Out, Turns, Conversations   int
	Calls, Notices, Held, Faults, Violations int
	Hurt, Took                               time.Duration
	Half, Most                               time.Duration // within which half, and 99 in 100, of the answers were heard
}

// Waits fills in how long answers took; it sorts them.
func (f *Figures) Waits(all []time.Duration) {
	if len(all) == 0 {
		return
	}
	slices.Sort(all)
	f.Half, f.Most = all[len(all)/2], all[len(all)*99/100]
}

// WriteFigures writes rounds as a Markdown table, and their sum when there are
// several. The waits of the sum are those of the slowest round.
func WriteFigures(out io.Writer, rounds []Figures) error {
	const head = "| seed | parents | hurt for | messages in | messages out | turns | conversations | calls | notices | in danger | faults | answered: half, 99% within | took | violations |\n" +
		"|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
	if _, err := io.WriteString(out, head); err != nil {
		return err
	}
	sum := Figures{}
	for _, f := range rounds {
		if err := f.write(out, fmt.Sprint(f.Seed)); err != nil {
			return err
		}
		sum.add(f)
	}
	if len(rounds) < 2 {
		return nil
	}
	return sum.write(out, "all")
}

func (f *Figures) add(g Figures) {
	for _, n := range []struct {
		sum  *int
		more int
	}{
		{&f.Parents, g.Parents}, {&f.In, g.In}, {&f.Out, g.Out}, {&f.Turns, g.Turns}, {&f.Conversations, g.Conversations},
		{&f.Calls, g.Calls}, {&f.Notices, g.Notices}, {&f.Held, g.Held}, {&f.Faults, g.Faults}, {&f.Violations, g.Violations},
	} {
		*n.sum += n.more
	}
	f.Hurt, f.Took = f.Hurt+g.Hurt, f.Took+g.Took
	f.Half, f.Most = max(f.Half, g.Half), max(f.Most, g.Most)
}

func (f *Figures) write(out io.Writer, name string) error {
	_, err := fmt.Fprintf(out, "| %s | %d | %v | %d | %d | %d | %d | %d | %d | %d | %d | %v, %v | %v | %d |\n",
		name, f.Parents, f.Hurt, f.In, f.Out, f.Turns, f.Conversations, f.Calls, f.Notices, f.Held, f.Faults,
		f.Half.Round(10*time.Millisecond), f.Most.Round(10*time.Millisecond), f.Took.Round(time.Second), f.Violations)
	return err
}
