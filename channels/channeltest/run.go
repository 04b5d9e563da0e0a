package channeltest

import (
	"slices"
	"testing"

	"parley/gateway/directory"
)

// Run proves that a channel keeps the contract.
func Run(t *testing.T, bench Bench) {
	runIf := func(applies func(Harness) bool, name string, test func(t *testing.T, h Harness, r *Receiver)) {
		t.Run(name, func(t *testing.T) {
			r := &Receiver{}
			if h := bench(t, r); applies(h) {
				test(t, h, r)
			}
		})
	}
	run := func(name string, test func(t *testing.T, h Harness, r *Receiver)) {
		runIf(func(Harness) bool { return true }, name, test)
	}
	run("the directory knows its name", named)
	run("prepares what it prepared to the same", preparesOnce)
	run("prepares anything", preparesAnything)

	run("sends", sends)
	run("sends at once for many", sendsForMany)
	for _, o := range outcomes {
		runIf(can(o.behaviour), "says that a send was "+o.name, func(t *testing.T, h Harness, _ *Receiver) { tellsOutcome(t, h, o.want) })
	}
	runIf(can(Hangs), "gives up when it is told to", givesUp)
	run("sends nothing once it is too late", sendsNothingLate)

	runIf(answers, "passes words on", passesWordsOn)
	runIf(answers, "passes words on each time they come", passesDuplicatesOn)
	runIf(answers, "passes no forged words on", refusesForgedWords)
	runIf(answers, "says so when words were not taken", admitsLoss)
	runIf(reports, "passes reports on", passesReportsOn)
	runIf(reports, "passes no forged reports on", refusesForgedReports)
	runIf(reports, "says so when a report was not taken", admitsLostReport)
}

// can makes the provider behave in a way, where that can happen on the channel.
func can(behave Behaviour) func(Harness) bool {
	return func(h Harness) bool { return h.Behave(behave) }
}

func named(t *testing.T, h Harness, _ *Receiver) {
	known := []directory.Channel{directory.SMS, directory.Email, directory.WebChat, directory.Voice, directory.Letter}
	if name := h.Channel.Name(); !slices.Contains(known, name) {
		t.Errorf("Name() = %q, which no directory entry can hold", name)
	}
}
