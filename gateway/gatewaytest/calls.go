package gatewaytest

import (
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

var callProofs = map[string]func(*storeProof){
	"a call is found by its secret alone":               callBySecret,
	"a call is changed once of each version":            callVersions,
	"a call becomes a person's, and that person is one": callIdentified,
	"calls wait in order, and are answered":             callsInOrder,
	"calls whose caller is gone, and voicemails":        callsToSeeTo,
	"what is unsaid in a call is known":                 unsaidInCall,
	"a reference stands for one person's part":          partiesOfReference,
}

// callAt is a call as it begins.
func callAt(id gateway.VisitID, at time.Time) gateway.Call {
	return gateway.Call{ID: id, From: smsOf(101).Value, State: gateway.CallTalking, Language: "cy", Began: at, Seen: at, Version: 1}
}

// beginCall begins one that "secret of ID" finds.
func (p *storeProof) beginCall(id gateway.VisitID, at time.Time) gateway.Call {
	p.Helper()
	c := callAt(id, at)
	p.must(p.BeginCall(p.Context(), c, "secret of "+string(id)))
	return c
}

// changeCall keeps a call after a change.
func (p *storeProof) changeCall(c gateway.Call, change func(*gateway.Call)) gateway.Call {
	p.Helper()
	change(&c)
	p.must(p.KeepCall(p.Context(), c))
	c.Version++
	return c
}

func callBySecret(p *storeProof) {
	begun := p.beginCall("C1", storeTime)
	p.wantError("the secret again", p.BeginCall(p.Context(), callAt("C2", storeTime), "secret of C1"), gateway.ErrDuplicate)
	for _, find := range []func() (gateway.Call, error){
		func() (gateway.Call, error) { return p.CallBySecret(p.Context(), "secret of C1") },
		func() (gateway.Call, error) { return p.Call(p.Context(), "C1") },
	} {
		got, err := find()
		p.must(err)
		want(p, "the call", got, begun)
	}
	_, err := p.CallBySecret(p.Context(), "secret of C2")
	p.wantError("a call of another secret", err, gateway.ErrNotFound)
	_, err = p.Call(p.Context(), "C2")
	p.wantError("a call that there is not", err, gateway.ErrNotFound)

	visit, err := p.VisitByID(p.Context(), "C1")
	p.must(err)
	want(p, "its visit", visit, gateway.Visit{ID: "C1", Channel: directory.Voice, Language: "cy", Began: storeTime, Seen: storeTime})
	p.must(p.EndVisit(p.Context(), "C1", storeTime))
	got, err := p.CallBySecret(p.Context(), "secret of C1")
	p.must(err)
	want(p, "the call, when its visit has ended", got, begun)
}

func callVersions(p *storeProof) {
	c := p.beginCall("C1", storeTime)
	later := p.changeCall(c, func(c *gateway.Call) { c.Danger, c.Claimed = true, "300012345678" })
	got, err := p.Call(p.Context(), "C1")
	p.must(err)
	want(p, "the call", got, later)
	p.wantError("a change of what was changed", p.KeepCall(p.Context(), c), gateway.ErrConflict)
	missing := callAt("C2", storeTime)
	p.wantError("a change of what is not there", p.KeepCall(p.Context(), missing), gateway.ErrConflict)
}

func callIdentified(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	p.beginCall("C1", storeTime)
	p.must(p.SpeakInCall(p.Context(), "C1", "en"))
	p.must(p.IdentifyCall(p.Context(), "C1", "P1", storeTime))
	p.wantError("another person's", p.IdentifyCall(p.Context(), "C1", "R1", storeTime), gateway.ErrNoVisit)
	sender, err := p.Sender(p.Context(), gateway.Address{Channel: directory.Voice, Value: "C1"})
	p.must(err)
	if v := sender.Visit; v == nil || v.Channel != directory.Voice || v.Person != "P1" || v.Level != directory.Confirmed || v.Language != "en" {
		p.Errorf("the caller is %+v", v)
	}
	if person, reason := sender.Standing.Identify(storeTime); person != "P1" {
		p.Errorf("the caller is %q: %s", person, reason)
	}
	p.beginVisit("W1") // web chat
	p.wantError("a visit to web chat", p.IdentifyCall(p.Context(), "W1", "P1", storeTime), gateway.ErrNoVisit)
	p.beginCall("C2", storeTime)
	p.must(p.EndVisit(p.Context(), "C2", storeTime))
	p.wantError("a call that is over", p.IdentifyCall(p.Context(), "C2", "P1", storeTime), gateway.ErrNoVisit)
}

func callsInOrder(p *storeProof) {
	var calls []gateway.Call
	for i, id := range []gateway.VisitID{"C1", "C2", "C3"} {
		queued := storeTime.Add(-time.Duration(i) * time.Minute) // the last waits longest
		calls = append(calls, p.changeCall(p.beginCall(id, storeTime), func(c *gateway.Call) {
			c.State, c.Team, c.Queued = gateway.CallWaiting, "leeds-2", queued
		}))
	}
	p.changeCall(p.beginCall("C4", storeTime), func(c *gateway.Call) {
		c.State, c.Team, c.Queued = gateway.CallWaiting, "cardiff-1", storeTime
	})
	waiting, err := p.WaitingCalls(p.Context(), "leeds-2")
	p.must(err)
	want(p, "who waits", waiting, []gateway.Call{calls[2], calls[1], calls[0]})
	for i := range calls {
		at := storeTime.Add(time.Duration(i) * time.Minute)
		calls[i] = p.changeCall(calls[i], func(c *gateway.Call) { c.State, c.Answered = gateway.CallAnswered, at })
	}
	waiting, err = p.WaitingCalls(p.Context(), "leeds-2")
	p.must(err)
	want(p, "who waits still", waiting, nil)
	answered, err := p.AnsweredCalls(p.Context(), "leeds-2", 2)
	p.must(err)
	want(p, "the last that were answered", answered, []gateway.Call{calls[2], calls[1]})
}

func callsToSeeTo(p *storeProof) {
	gone := p.beginCall("C1", storeTime.Add(-time.Hour))
	p.beginCall("C2", storeTime)
	p.changeCall(p.beginCall("C3", storeTime.Add(-time.Hour)), func(c *gateway.Call) { c.State = gateway.CallEnded })
	silent, err := p.SilentCalls(p.Context(), storeTime, 10)
	p.must(err)
	want(p, "whose caller is gone", silent, []gateway.Call{gone})

	due := p.changeCall(gone, func(c *gateway.Call) { c.Recording, c.Fetch = "RE1", storeTime })
	unfetched, err := p.Unfetched(p.Context(), storeTime.Add(-time.Second), 10)
	p.must(err)
	want(p, "before it is due", unfetched, nil)
	unfetched, err = p.Unfetched(p.Context(), storeTime, 10)
	p.must(err)
	want(p, "voicemails to fetch", unfetched, []gateway.Call{due})
	p.changeCall(due, func(c *gateway.Call) { c.Voice, c.Fetch = "F1", time.Time{} })
	unfetched, err = p.Unfetched(p.Context(), storeTime, 10)
	p.must(err)
	want(p, "once it is fetched", unfetched, nil)
}

func unsaidInCall(p *storeProof) {
	for i, person := range []directory.PersonID{"", "P1"} {
		id := gateway.VisitID([]string{"C1", "C2"}[i])
		call := p.beginCall(id, storeTime)
		m := gateway.Message{ID: gateway.MessageID("M" + string(id)), Person: person, To: call.Address(), Text: "Hello.", Language: "en", Created: storeTime,
			NotBefore: storeTime, Subject: gateway.Reply, Conversation: gateway.ConversationID("V" + string(id))}
		unsaid := func(expected bool, what string) {
			p.Helper()
			got, err := p.Unsaid(p.Context(), call.Address(), person)
			p.must(err)
			want(p, what, got, expected)
		}
		unsaid(false, "before there is anything")
		p.must(p.Commit(p.Context(), gateway.Turn{ID: "T" + string(id), At: storeTime, Outgoing: []gateway.Message{m}}))
		unsaid(true, "in the outbox")
		claimed, err := p.Claim(p.Context(), storeTime, 10, time.Minute)
		p.must(err)
		want(p, "claimed", len(claimed), 1)
		unsaid(true, "on its way")
		_, err = p.Show(p.Context(), id, gateway.Entry{Message: m.ID, ByUs: true, Text: m.Text, Language: "en", At: storeTime})
		p.must(err)
		p.must(p.Record(p.Context(), []gateway.Settlement{{Message: m.ID, Status: gateway.Delivered, At: storeTime}}))
		unsaid(false, "once it is said")
		talk, err := p.LastTalk(p.Context(), id)
		p.must(err)
		want(p, "the last conversation", talk, m.Conversation)
	}
	talk, err := p.LastTalk(p.Context(), "C9")
	p.must(err)
	want(p, "the last conversation of no call", talk, "")
}

func partiesOfReference(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	for reference, expected := range map[directory.CaseReference][]directory.Party{
		"300012345678": {{Case: "300012345678", Reference: "300012345678", Role: directory.Paying, Person: "P1"}},
		"300012345679": {{Case: "300012345678", Reference: "300012345679", Role: directory.Receiving, Person: "R1"}},
		"300012345670": nil,
		"":             nil,
	} {
		got, err := p.PartiesOf(p.Context(), reference)
		p.must(err)
		want(p, string(reference), got, expected)
	}
}
