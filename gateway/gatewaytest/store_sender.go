package gatewaytest

import (
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

var senderProofs = map[string]func(*storeProof){
	"an address that nobody holds is no error":         nobodyHolds,
	"a sender is known with their open conversation":   senderKnown,
	"an address of two people is nobody's":             sharedAddress,
	"an address is another on another channel":         addressPerChannel,
	"STOP and START are remembered, the latest stands": optOuts,
	"a suspended address says so until it is resumed":  suspendedAddress,
	"a danger hold shows until it is released":         heldSender,
	"being heard confirms the address":                 heardSender,
	"a message that was taken arrives no more":         arrivals,
}

func nobodyHolds(p *storeProof) {
	sender, err := p.Sender(p.Context(), smsOf(999))
	p.must(err)
	want(p, "the sender", sender, gateway.Sender{})
}

func senderKnown(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	first := openTurn("V1", "P1")
	p.must(p.Commit(p.Context(), first))

	open := *first.Conversation
	open.State = nil // not asked for
	sender, err := p.Sender(p.Context(), smsOf(101))
	p.must(err)
	want(p, "the sender", sender, gateway.Sender{
		Standing: directory.Standing{Holders: []directory.Holder{{Person: "P1", Confirmed: storeTime}}},
		Person:   twoParents().PayingParent,
		Nation:   directory.Wales,
		Open:     &open,
	})

	ended := nextTurn(first)
	ended.Conversation.Phase = gateway.Ended
	p.must(p.Commit(p.Context(), ended))
	sender, err = p.Sender(p.Context(), smsOf(101))
	p.must(err)
	want(p, "the open conversation, once it has ended", sender.Open, nil)
}

func sharedAddress(p *storeProof) {
	shared := twoParents()
	shared.ReceivingParents[0].Phone = shared.PayingParent.Phone
	p.must(p.PutCase(p.Context(), shared, storeTime))
	p.must(p.Commit(p.Context(), openTurn("V1", "P1")))
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Hold: &gateway.Hold{ID: "H1", Person: "R1", Kind: "abuse", At: storeTime}}))
	sender, err := p.Sender(p.Context(), smsOf(101))
	p.must(err)
	want(p, "the sender", sender, gateway.Sender{Standing: directory.Standing{Holders: []directory.Holder{
		{Person: "P1", Confirmed: storeTime}, {Person: "R1", Confirmed: storeTime},
	}}})
}

func addressPerChannel(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	sender, err := p.Sender(p.Context(), gateway.Address{Channel: directory.Email, Value: smsOf(101).Value})
	p.must(err)
	want(p, "holders of a number as an email address", sender.Standing.Holders, nil)
}

func optOuts(p *storeProof) {
	say := func(out bool, at time.Time) {
		p.must(p.Commit(p.Context(), gateway.Turn{
			ID: "T", At: at, OptOut: &gateway.OptOut{Address: smsOf(101), Out: out, Source: "keyword", At: at},
		}))
	}
	check := func(what string, out bool) {
		p.Helper()
		sender, err := p.Sender(p.Context(), smsOf(101))
		p.must(err)
		want(p, what, sender.OptedOut, out)
	}
	say(true, storeTime)
	check("opted out after STOP", true)
	say(false, storeTime.Add(2*time.Minute))
	check("opted out after START", false)
	say(true, storeTime.Add(time.Minute))
	check("opted out when a STOP comes late that was said before START", false)
	say(true, storeTime.Add(3*time.Minute))
	check("opted out after another STOP", true)
}

func suspendedAddress(p *storeProof) {
	check := func(what string, suspended bool) {
		p.Helper()
		sender, err := p.Sender(p.Context(), smsOf(101))
		p.must(err)
		want(p, what, sender.Standing.Suspended, suspended)
	}
	for range 2 {
		p.must(p.Suspend(p.Context(), smsOf(101), storeTime))
		check("suspended", true)
	}
	for range 2 {
		p.must(p.Resume(p.Context(), smsOf(101)))
		check("suspended, after it was resumed", false)
	}
}

func heldSender(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	p.must(p.Commit(p.Context(), gateway.Turn{
		ID: "T", At: storeTime, Hold: &gateway.Hold{ID: "H1", Person: "P1", Case: "300012345678", Kind: "abuse", At: storeTime},
	}))
	held := func() string {
		sender, err := p.Sender(p.Context(), smsOf(101))
		p.must(err)
		return sender.Held
	}
	want(p, "the hold", held(), "abuse")
	p.must(p.ReleaseHold(p.Context(), "H1", "specialist-7", storeTime))
	want(p, "the hold, once released", held(), "")
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Hold: &gateway.Hold{ID: "H2", Person: "P1", At: storeTime}}))
	if held() == "" {
		p.Error("a hold of no kind reads as none")
	}
	p.wantError("releasing it again", p.ReleaseHold(p.Context(), "H1", "specialist-7", storeTime), gateway.ErrNotFound)
}

func heardSender(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	t := openTurn("V1", "P1")
	t.Inbound, t.Heard = inbound("M1", "SM1"), true
	t.Inbound.At = storeTime.Add(time.Hour)
	p.must(p.Commit(p.Context(), t))
	want(p, "confirmed", p.holder(101).Confirmed, storeTime.Add(time.Hour))
}

func arrivals(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	p.must(p.Commit(p.Context(), openTurn("V1", "P1")))
	in := inbound("M1", "SM1").Inbound
	in.From = smsOf(101)
	check := func(what string, in gateway.Inbound) {
		p.Helper()
		known, err := p.Sender(p.Context(), in.From)
		p.must(err)
		arrived, err := p.Arrival(p.Context(), in)
		p.must(err)
		want(p, what, arrived, known)
	}
	taken := func(what string, in gateway.Inbound) {
		p.Helper()
		arrived, err := p.Arrival(p.Context(), in)
		p.wantError(what, err, gateway.ErrDuplicate)
		want(p, "the sender of "+what, arrived, gateway.Sender{})
	}
	check("the sender of a new message", in)
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Inbound: &gateway.InboundRecord{ID: "M1", Inbound: in, At: storeTime}}))
	taken("one that a turn took", in)

	kept := keptMessage()
	kept.Inbound, kept.ID = in, "M2"
	kept.ProviderID = "SM2"
	check("the sender of another", kept.Inbound)
	p.must(p.Keep(p.Context(), kept, finishTimer))
	taken("one that is kept", kept.Inbound)

	in.From = gateway.Address{Channel: directory.Email, Value: "sam@example.com"}
	check("the sender of one with the same id on another channel", in)
}
