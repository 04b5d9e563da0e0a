package main

import (
	cryptorand "crypto/rand"
	"fmt"
	"slices"
	"sync"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/internal/simulator"
)

// chaosCase is the case of two players, of which the second may be nobody.
func chaosCase(players []*player, i int, now time.Time) directory.Case {
	historic := calculation.Money(32_000_00)
	paying := players[i].record(now)
	c := directory.Case{
		Reference: directory.CaseReference(players[i].caseReference()), Team: "leeds-2", Nation: directory.England, Service: directory.DirectPay,
		EffectiveDate: calculation.NewDate(2026, 4, 6), PayingParent: paying, Income: directory.Income{HistoricAnnual: &historic},
	}
	receiving := directory.Person{ID: directory.PersonID(fmt.Sprintf("R%d", i)), Name: "Ali Example", Language: "en"}
	if i+1 < len(players) {
		receiving = players[i+1].record(now)
	}
	c.ReceivingParents = []directory.ReceivingParent{{Person: receiving, Children: []directory.Child{{ID: fmt.Sprintf("C%d", i), Name: "Jo", SharedCareNights: 60}}}}
	return c
}

func (p *player) record(now time.Time) directory.Person {
	since := calculation.NewDate(2025, 1, 10)
	safe := &directory.SafeContact{Channels: []directory.Channel{directory.SMS, directory.Email, directory.WebChat}}
	if p.fate == elsewhere {
		safe.Channels = []directory.Channel{directory.Email}
	}
	if p.fate == sleeps { // for an hour in half a day
		hour := (now.Hour() + 12) % 24
		safe.Hours = directory.Hours{From: hour * 60, To: hour*60 + 59}
	}
	prefers := directory.Channel(p.channel)
	if p.channel == "voice" {
		prefers = directory.SMS
	}
	return directory.Person{
		ID: directory.PersonID(p.parent.Person), Name: "Sam Example", Language: "en", PreferredChannel: prefers,
		Phone: p.address("sms").Value, PhoneSince: since, Email: p.address("email").Value, EmailSince: since, SafeContact: safe,
	}
}

// sealedPIN is the hash of the one PIN that all callers have.
func (w *chaosWorld) sealedPIN() string {
	w.t.Helper()
	set, err := readSettings(w.setting)
	if err != nil {
		w.t.Fatal(err)
	}
	keeper, err := newCaseKeeper(w.store, set)
	if err != nil {
		w.t.Fatal(err)
	}
	hash, err := directory.HashPIN(callersPIN, keeper.pinKey, cryptorand.Reader)
	if err != nil {
		w.t.Fatal(err)
	}
	return hash
}

// prepare stores the cases, the visits of those who chat, and the carrier's
// habits with each phone.
func (w *chaosWorld) prepare() {
	w.t.Helper()
	now := time.Now()
	var storing sync.WaitGroup
	for _, part := range slices.Collect(slices.Chunk(w.players, 2*((len(w.players)+15)/16))) {
		storing.Go(func() {
			for i := 0; i < len(part); i += 2 {
				c := chaosCase(part, i, now)
				c.PayingParent.PINHash = w.pin
				if err := w.store.PutCase(w.t.Context(), c, now); err != nil {
					w.t.Error(err)
				}
			}
			for _, p := range part {
				w.settleIn(p, now)
			}
		})
	}
	storing.Wait()
}

// settleIn begins a parent's visit, and says how their phone behaves.
func (w *chaosWorld) settleIn(p *player, now time.Time) {
	faults := []simulator.Fault{
		{}, {Shuffled: true}, {Duplicated: true}, {Shuffled: true, Duplicated: true}, {Delay: 400 * time.Millisecond, Times: 2},
		{Reject: 20429, RetryAfter: time.Second, Times: 1}, {Page: 503, Times: 1}, {Silent: true},
	}
	fault := faults[p.number%len(faults)]
	if p.fate == unreachable {
		fault = simulator.Fault{Undelivered: 30003}
	}
	if !w.size.calm {
		w.phones.SetFault(p.address("sms").Value, fault)
	}
	if p.channel != "webchat" {
		return
	}
	p.visit = newSecret()
	link, person := newSecret(), directory.PersonID(p.parent.Person)
	to := gateway.Address{Channel: directory.SMS, Value: p.address("sms").Value}
	if err := w.store.KeepLink(w.t.Context(), link, to, person, "", now.Add(gateway.LinkLife)); err != nil {
		w.t.Error(err)
		return
	}
	v := gateway.Visit{ID: gateway.VisitID(newID()), Level: directory.Known, Began: now, Seen: now}
	if _, err := w.store.BeginVisit(w.t.Context(), v, p.visit, link); err != nil {
		w.t.Error(err)
	}
}
