package gatewaytest

import (
	"fmt"
	"sync"
	"time"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
)

var visitProofs = map[string]func(*storeProof){
	"a visit is opened by its secret alone":               visitBySecret,
	"a link begins one visit, of its person":              linkOnce,
	"a link leads nowhere once its address is not theirs": linkOfAnAddress,
	"many follow a link at once, and one gets in":         linkAtOnce,
	"a visit's person holds its address until it ends":    visitSender,
	"a visitor nobody knows has one open conversation":    unknownVisitor,
	"a visit is confirmed and ended":                      visitLife,
	"a language that is asked for is remembered":          languageRemembered,
	"what is shown has a sequence without gaps":           shownInSequence,
	"many things are shown at once":                       shownAtOnce,
	"the gate is told of the visit":                       visitAtTheGate,
}

// visit is a visit as it begins.
func visit(id gateway.VisitID, level directory.Identity) gateway.Visit {
	return gateway.Visit{ID: id, Level: level, Language: "cy", Began: storeTime, Seen: storeTime}
}

// beginVisit begins one of somebody unknown, that "secret of ID" opens.
func (p *storeProof) beginVisit(id gateway.VisitID) gateway.Visit {
	p.Helper()
	v, err := p.BeginVisit(p.Context(), visit(id, directory.Unknown), "secret of "+string(id), "")
	p.must(err)
	return v
}

// followLink begins a visit of P1 from a link to their phone.
func (p *storeProof) followLink(id gateway.VisitID) gateway.Visit {
	p.Helper()
	link := "link of " + string(id)
	p.must(p.KeepLink(p.Context(), link, smsOf(101), "P1", "V1", storeTime.Add(time.Hour)))
	v, err := p.BeginVisit(p.Context(), visit(id, directory.Known), "secret of "+string(id), link)
	p.must(err)
	return v
}

func visitBySecret(p *storeProof) {
	begun := p.beginVisit("W1")
	want(p, "the visit, as it begins", begun, visit("W1", directory.Unknown))
	got, err := p.Visit(p.Context(), "secret of W1")
	p.must(err)
	want(p, "the visit that the secret opens", got, begun)
	for _, other := range []string{"", "W1", "secret of W2"} {
		_, err = p.Visit(p.Context(), other)
		p.wantError("a visit by "+other, err, gateway.ErrNoVisit)
	}
	_, err = p.VisitByID(p.Context(), "W2")
	p.wantError("a visit that is not there", err, gateway.ErrNoVisit)
}

func linkOnce(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	got := p.followLink("W1")
	expected := visit("W1", directory.Known)
	expected.Person, expected.Conversation = "P1", "V1"
	expected.Discreet = got.Discreet // as their record says
	want(p, "the visit", got, expected)
	person, _, err := p.Person(p.Context(), "P1")
	p.must(err)
	want(p, "discreet", got.Discreet, person.Discreet())

	_, err = p.BeginVisit(p.Context(), visit("W2", directory.Known), "another secret", "link of W1")
	p.wantError("the link again", err, gateway.ErrLinkUsed)
	_, err = p.BeginVisit(p.Context(), visit("W2", directory.Known), "another secret", "no such link")
	p.wantError("another link", err, gateway.ErrLinkUsed)
	_, err = p.Visit(p.Context(), "another secret")
	p.wantError("what they begin", err, gateway.ErrNoVisit)

	p.must(p.KeepLink(p.Context(), "old", smsOf(101), "P1", "V1", storeTime))
	_, err = p.BeginVisit(p.Context(), visit("W3", directory.Known), "a third secret", "old")
	p.wantError("a link that has run out", err, gateway.ErrLinkUsed)

	p.must(p.KeepLink(p.Context(), "plain", smsOf(101), "P1", "V1", storeTime.Add(time.Hour)))
	plain := visit("W4", directory.Known)
	plain.Language = ""
	plain, err = p.BeginVisit(p.Context(), plain, "a fourth secret", "plain")
	p.must(err)
	want(p, "the language of a visit that has none", plain.Language, person.Language)
}

func linkOfAnAddress(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	follow := func(what string, id gateway.VisitID, want error) {
		p.Helper()
		link := "link of " + string(id)
		p.must(p.KeepLink(p.Context(), link, smsOf(101), "P1", "V1", storeTime.Add(time.Hour)))
		_, err := p.BeginVisit(p.Context(), visit(id, directory.Known), "secret of "+string(id), link)
		p.wantError(what, err, want)
	}
	p.must(p.Suspend(p.Context(), smsOf(101), storeTime))
	follow("a link to an address that was suspended", "W1", gateway.ErrLinkUsed)
	p.must(p.Resume(p.Context(), smsOf(101)))
	follow("once it is resumed", "W2", nil)
	shared := twoParents()
	shared.ReceivingParents[0].Phone = shared.PayingParent.Phone
	p.must(p.PutCase(p.Context(), shared, storeTime))
	follow("a link to an address that two hold", "W3", gateway.ErrLinkUsed)
	moved := twoParents()
	moved.PayingParent.Phone = smsOf(333).Value
	p.must(p.PutCase(p.Context(), moved, storeTime))
	follow("a link to an address that was given up", "W4", gateway.ErrLinkUsed)
}

func linkAtOnce(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	p.must(p.KeepLink(p.Context(), "link", smsOf(101), "P1", "V1", storeTime.Add(time.Hour)))
	const visitors = 8
	refused := make([]error, visitors)
	var following sync.WaitGroup
	for i := range visitors {
		following.Go(func() {
			v := visit(gateway.VisitID(fmt.Sprint("W", i)), directory.Known)
			_, refused[i] = p.BeginVisit(p.Context(), v, "secret of "+string(v.ID), "link")
		})
	}
	following.Wait()
	in := 0
	for _, err := range refused {
		if err == nil {
			in++
			continue
		}
		p.wantError("another visit", err, gateway.ErrLinkUsed)
	}
	want(p, "visits", in, 1)
}

func visitSender(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	v := p.followLink("W1")
	turn := openTurn("V1", "P1")
	p.must(p.Commit(p.Context(), turn))
	open := *turn.Conversation
	open.State = nil
	sender, err := p.Sender(p.Context(), v.Address())
	p.must(err)
	want(p, "the sender", sender, gateway.Sender{
		Standing: directory.Standing{Holders: []directory.Holder{{Person: "P1", Confirmed: storeTime}}},
		Person:   twoParents().PayingParent, Nation: directory.Wales, Visit: &v, Open: &open,
	})
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Hold: &gateway.Hold{ID: "H1", Person: "P1", Kind: "abuse", At: storeTime}}))
	p.must(p.Suspend(p.Context(), v.Address(), storeTime))
	sender, err = p.Sender(p.Context(), v.Address())
	p.must(err)
	want(p, "the hold", sender.Held, "abuse")
	want(p, "suspended", sender.Standing.Suspended, true)

	p.must(p.EndVisit(p.Context(), "W1", storeTime.Add(time.Minute)))
	sender, err = p.Sender(p.Context(), v.Address())
	p.must(err)
	want(p, "holders of an ended visit", sender.Standing.Holders, nil)
	want(p, "when it ended", sender.Visit.Ended, storeTime.Add(time.Minute))
	sender, err = p.Sender(p.Context(), gateway.Address{Channel: directory.WebChat, Value: "W9"})
	p.must(err)
	want(p, "the sender of no visit", sender, gateway.Sender{})
}

func unknownVisitor(p *storeProof) {
	v := p.beginVisit("W1")
	visitors := func(id gateway.ConversationID) gateway.Turn {
		t := openTurn(id, "")
		t.Conversation.Case, t.Conversation.Address = "", v.Address()
		return t
	}
	first := visitors("V1")
	p.must(p.Commit(p.Context(), first))
	p.wantError("a second open conversation", p.Commit(p.Context(), visitors("V2")), gateway.ErrConflict)
	sender, err := p.Sender(p.Context(), v.Address())
	p.must(err)
	want(p, "holders", sender.Standing.Holders, nil)
	if sender.Open == nil || sender.Open.ID != "V1" {
		p.Errorf("the open conversation is %+v", sender.Open)
	}
	got, err := p.OpenConversation(p.Context(), gateway.Partner{Visit: "W1"})
	p.must(err)
	want(p, "the open conversation", got, *first.Conversation)

	waits := *visitors("V3").Conversation
	waits.Phase, waits.Turn = gateway.Waiting, 0
	ended := nextTurn(first)
	ended.Conversation.Phase, ended.Queues = gateway.Ended, []gateway.Conversation{waits}
	p.must(p.Commit(p.Context(), ended))
	queue, err := p.Queue(p.Context(), gateway.Partner{Visit: "W1"})
	p.must(err)
	want(p, "the queue", queue, []gateway.Conversation{waits})
	queue, err = p.Queue(p.Context(), gateway.Partner{Visit: "W2"})
	p.must(err)
	want(p, "another visitor's queue", queue, nil)
	p.must(p.Commit(p.Context(), visitors("V2")))
}

func visitLife(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	p.beginVisit("W1")
	p.wantError("confirming somebody unknown", p.ConfirmVisit(p.Context(), "W1", storeTime), gateway.ErrNoVisit)
	v := p.followLink("W2")
	at := storeTime.Add(time.Minute)
	check := func(what string) {
		p.Helper()
		got, err := p.VisitByID(p.Context(), "W2")
		p.must(err)
		want(p, what, got, v)
	}
	p.must(p.SeeVisit(p.Context(), "W2", storeTime.Add(30*time.Second)))
	check("seen again within a minute")
	p.must(p.ConfirmVisit(p.Context(), "W2", at))
	v.Level, v.Seen = directory.Confirmed, at
	check("confirmed")
	p.must(p.SeeVisit(p.Context(), "W2", at.Add(5*time.Minute)))
	v.Seen = at.Add(5 * time.Minute)
	check("seen later")
	p.must(p.EndVisit(p.Context(), "W2", at.Add(6*time.Minute)))
	p.must(p.EndVisit(p.Context(), "W2", at.Add(7*time.Minute)))
	p.must(p.SeeVisit(p.Context(), "W2", at.Add(8*time.Minute)))
	v.Ended = at.Add(6 * time.Minute)
	check("ended twice")
	p.wantError("confirming it then", p.ConfirmVisit(p.Context(), "W2", at), gateway.ErrNoVisit)
	_, err := p.Visit(p.Context(), "secret of W2")
	p.wantError("opening it then", err, gateway.ErrNoVisit)

	t := openTurn("V1", "")
	t.Ends = "W1"
	p.must(p.Commit(p.Context(), t))
	_, err = p.Visit(p.Context(), "secret of W1")
	p.wantError("opening a visit that a turn ended", err, gateway.ErrNoVisit)
}

func languageRemembered(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	v := p.followLink("W1")
	t := openTurn("V1", "P1")
	t.Inbound, t.Language = inbound("M1", "SM1"), "en"
	t.Inbound.From, t.Conversation.Address = v.Address(), v.Address()
	p.must(p.Commit(p.Context(), t))
	p.must(p.PutCase(p.Context(), twoParents(), storeTime)) // what the record says comes later and less
	sender, err := p.Sender(p.Context(), smsOf(101))
	p.must(err)
	want(p, "the sender's language", sender.Person.Language, "en")
	person, _, err := p.Person(p.Context(), "P1")
	p.must(err)
	want(p, "the person's language", person.Language, "en")
	file, err := p.Case(p.Context(), "300012345678")
	p.must(err)
	want(p, "their language on the case", file.PayingParent.Language, "en")
	v, err = p.VisitByID(p.Context(), "W1")
	p.must(err)
	want(p, "the visit's language", v.Language, "en")
	other, _, err := p.Person(p.Context(), "R1")
	p.must(err)
	want(p, "the other parent's language", other.Language, twoParents().ReceivingParents[0].Language)
}

// entry is something to show; what asks and is private differ by n.
func entry(n int) gateway.Entry {
	e := gateway.Entry{
		Message: gateway.MessageID(fmt.Sprintf("M%03d", n)), ByUs: n%2 == 0, Text: fmt.Sprint("Ŵy ", n),
		Language: "cy", Private: n%3 == 0, At: storeTime.Add(time.Duration(n) * time.Second),
	}
	if e.ByUs {
		e.Ask = &dialogs.Ask{Step: "pay", Kind: dialogs.ForMoney, Words: []dialogs.Option{{Value: "later", Label: "wedyn"}}}
	}
	return e
}

func shownInSequence(p *storeProof) {
	p.beginVisit("W1")
	p.beginVisit("W2")
	var all []gateway.Entry
	for n := range 6 {
		e, err := p.Show(p.Context(), "W1", entry(n))
		p.must(err)
		expected := entry(n)
		expected.Sequence = int64(n) + 1
		want(p, "the entry", e, expected)
		all = append(all, expected)
	}
	changed := entry(3)
	changed.Text = "something else"
	again, err := p.Show(p.Context(), "W1", changed)
	p.must(err)
	want(p, "the same message again", again, all[3])
	other, err := p.Show(p.Context(), "W2", entry(3))
	p.must(err)
	want(p, "the same message in another visit", other.Sequence, 1)
	for after := range 8 {
		got, err := p.Shown(p.Context(), "W1", int64(after))
		p.must(err)
		want(p, fmt.Sprint("shown after ", after), got, all[min(after, len(all)):])
	}
	p.must(p.EndVisit(p.Context(), "W1", storeTime))
	got, err := p.Shown(p.Context(), "W1", 0)
	p.must(err)
	want(p, "shown once the visit has ended", got, nil)
	for _, id := range []gateway.VisitID{"W1", "W9"} {
		_, err = p.Show(p.Context(), id, entry(7))
		p.wantError("showing in "+string(id), err, gateway.ErrNoVisit)
	}
}

func shownAtOnce(p *storeProof) {
	p.beginVisit("W1")
	const messages, copies = 10, 3
	var showing sync.WaitGroup
	for n := range messages * copies {
		showing.Go(func() {
			if _, err := p.Show(p.Context(), "W1", entry(n%messages)); err != nil {
				p.Errorf("showing message %d: %v", n, err)
			}
		})
	}
	showing.Wait()
	shown, err := p.Shown(p.Context(), "W1", 0)
	p.must(err)
	want(p, "entries", len(shown), messages)
	for i, e := range shown {
		want(p, "the sequence", e.Sequence, int64(i)+1)
	}
}

func visitAtTheGate(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	v := p.followLink("W1")
	to := func() gateway.GateFacts {
		p.Helper()
		facts, err := p.GateFacts(p.Context(), []gateway.Message{outgoing("M1", "P1", v.Address())}, storeTime)
		p.must(err)
		return facts[0]
	}
	got := to()
	want(p, "the visit", got.Visit, &v)
	want(p, "who holds its address", got.Standing, directory.Standing{Holders: []directory.Holder{{Person: "P1", Confirmed: storeTime}}})
	want(p, "the person", got.Person.ID, "P1")
	p.must(p.EndVisit(p.Context(), "W1", storeTime))
	got = to()
	want(p, "when it ended", got.Visit.Ended, storeTime)
	want(p, "who holds its address then", got.Standing, directory.Standing{})
}
