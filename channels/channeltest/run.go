package channeltest

import (
	"slices"
	"testing"

	"parley/gateway/directory"
)

// Run proves that a channel keeps the contract.
func Run(t *testing.T, bench Bench) {
	run := func(name string, test func(t *testing.T, h Harness, r *Receiver)) {
		t.Run(name, func(t *testing.T) {
			r := &Receiver{}
			test(t, bench(t, r), r)
		})
	}
	run("the directory knows its name", named)
	run("prepares what it prepared to the same", preparesOnce)
	run("prepares anything", preparesAnything)

	run("sends", sends)
	run("sends at once for many", sendsForMany)
	for _, o := range outcomes {
		run("says that a send was "+o.name, func(t *testing.T, h Harness, _ *Receiver) { tellsOutcome(t, h, o.behaviour, o.want) })
	}
	run("gives up when it is told to", givesUp)
	run("sends nothing once it is too late", sendsNothingLate)

	run("passes words on", passesWordsOn)
	run("passes words on each time they come", passesDuplicatesOn)
	run("passes no forged words on", refusesForgedWords)
	run("says so when words were not taken", admitsLoss)
	run("passes reports on", passesReportsOn)
	run("passes no forged reports on", refusesForgedReports)
	run("says so when a report was not taken", admitsLostReport)
}

func named(t *testing.T, h Harness, _ *Receiver) {
	known := []directory.Channel{directory.SMS, directory.Email, directory.WebChat, directory.Voice, directory.Letter}
	if name := h.Channel.Name(); !slices.Contains(known, name) {
		t.Errorf("Name() = %q, which no directory entry can hold", name)
	}
}
