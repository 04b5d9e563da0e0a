package chaos

import (
	"math/rand/v2"
	"slices"
	"time"
)

// Fault is one way to hurt a gateway.
type Fault string

// The faults.
const (
	KillNode     Fault = "node killed (SIGKILL)"
	StepClock    Fault = "node killed, back with another clock"
	KillRedis    Fault = "Redis killed"
	FlushRedis   Fault = "Redis flushed"
	CrashDB      Fault = "PostgreSQL crashed"
	RestartDB    Fault = "PostgreSQL restarted"
	SlowDB       Fault = "PostgreSQL made slow"
	CutDB        Fault = "node cut off from PostgreSQL"
	FreezeDB     Fault = "node's line to PostgreSQL frozen"
	CutRedis     Fault = "node cut off from Redis"
	FreezeRedis  Fault = "node's line to Redis frozen"
	SlowNetworks Fault = "everything made slow"
)

// Faults are all of them, in the order of the table.
func Faults() []Fault {
	return []Fault{KillNode, StepClock, KillRedis, FlushRedis, CrashDB, RestartDB, SlowDB, CutDB, FreezeDB, CutRedis, FreezeRedis, SlowNetworks}
}

// Strike is a fault at its time.
type Strike struct {
	After time.Duration // since the beginning
	Fault Fault
	Node  int           // which of the nodes it is for
	For   time.Duration // how long it lasts, where it does
	Step  time.Duration // of a clock
}

// Plan draws strikes over a span from a seed: every fault once, in random
// order, then again, one strike each interval on average.
func Plan(seed uint64, span, interval time.Duration, nodes int) []Strike {
	const longest, furthest = 3 * time.Second, 20 * time.Second
	random := rand.New(rand.NewPCG(seed, 1))
	var plan []Strike
	var next []Fault
	for range int(span / interval) {
		if len(next) == 0 {
			next = Faults()
			random.Shuffle(len(next), func(i, k int) { next[i], next[k] = next[k], next[i] })
		}
		plan = append(plan, Strike{
			After: time.Duration(random.Int64N(int64(span))), Fault: next[0], Node: random.IntN(nodes),
			For:  longest/10 + time.Duration(random.Int64N(int64(longest))),
			Step: time.Duration(random.Int64N(2*int64(furthest))) - furthest,
		})
		next = next[1:]
	}
	slices.SortFunc(plan, func(a, b Strike) int { return int(a.After - b.After) })
	return plan
}
