package gatewaytest

import (
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

var searchProofs = map[string]func(*storeProof){
	"messages are found by words":       wordsFound,
	"people are found by name":          namesFound,
	"people are found by address":       addressesFound,
	"a case is found by each reference": referencesFound,
	"a person has one timeline":         oneTimeline,
}

// said is a message of a person's, in a conversation.
func said(id gateway.MessageID, text string, at time.Time) *gateway.InboundRecord {
	m := inbound(id, "SM-"+string(id))
	m.Text, m.At = text, at
	return m
}

func wordsFound(p *storeProof) {
	first := openTurn("V1", "P1")
	first.Inbound = said("M1", "He's not paid again, the RENT is due", storeTime)
	automatic := outgoing("M2", "P1", smsOf(101))
	automatic.Text = "Your rent is none of ours"
	byStaff := outgoing("M3", "P1", smsOf(101))
	byStaff.Text, byStaff.Staff = "We have written about the rent.", "ann"
	first.Outgoing = []gateway.Message{automatic, byStaff}
	p.must(p.Commit(p.Context(), first))
	p.must(p.Keep(p.Context(), gateway.Kept{ID: "M4", At: storeTime, Inbound: gateway.Inbound{ProviderID: "SM4", From: smsOf(101), Text: "Dw i ddim wedi talu'r rhent, sori; tŷ newydd"}},
		gateway.Timer{Kind: gateway.FinishTimer, Message: "M4"}))
	for words, ids := range map[string][]gateway.MessageID{
		"rent":        {"M3", "M1"},
		"due rent":    {"M1"},
		"hes":         {"M1"},
		"RENT":        {"M3", "M1"},
		"ty":          {"M4"},
		"Tŷ":          {"M4"},
		"ren":         nil,
		"rent absent": nil,
		"":            nil,
		"a":           nil,
	} {
		found, err := p.FindMessages(p.Context(), []string{words}, 10)
		p.must(err)
		var got []gateway.MessageID
		for _, m := range found {
			got = append(got, m.Message)
		}
		want(p, "found by "+words, got, ids)
	}
	found, err := p.FindMessages(p.Context(), []string{"rent"}, 1)
	p.must(err)
	want(p, "the latest", found, []gateway.FoundMessage{{Message: "M3", Person: "P1", Case: byStaff.Case, Conversation: byStaff.Conversation, Text: byStaff.Text, At: byStaff.Created}})
}

func namesFound(p *storeProof) {
	c := twoParents()
	p.must(p.PutCase(p.Context(), c, storeTime))
	name := c.PayingParent.Name
	for range 2 { // also when it is stored again
		found, err := p.FindPeople(p.Context(), []string{name}, 10)
		p.must(err)
		want(p, "found by name", found, []directory.PersonID{c.PayingParent.ID})
		p.must(p.PutCase(p.Context(), c, storeTime))
	}
	parts, err := p.PartsOf(p.Context(), []directory.PersonID{c.ReceivingParents[0].ID, "nobody", c.PayingParent.ID})
	p.must(err)
	want(p, "their parts", parts, []gateway.CasePart{{Party: c.Parties()[1], Name: c.ReceivingParents[0].Name}, {Party: c.Parties()[0], Name: name}})
	c.PayingParent.Name = "Somebody Different"
	p.must(p.PutCase(p.Context(), c, storeTime))
	found, err := p.FindPeople(p.Context(), []string{name}, 10)
	p.must(err)
	want(p, "found by a name that was", found, []directory.PersonID{})
}

func addressesFound(p *storeProof) {
	c := twoParents()
	p.must(p.PutCase(p.Context(), c, storeTime))
	found, err := p.HoldersOf(p.Context(), gateway.Address{Channel: directory.SMS, Value: c.PayingParent.Phone}, 10)
	p.must(err)
	want(p, "who holds a number", found, []directory.PersonID{c.PayingParent.ID})
}

func referencesFound(p *storeProof) {
	c := twoParents()
	p.must(p.PutCase(p.Context(), c, storeTime))
	for _, reference := range []directory.CaseReference{c.Reference, c.ReceivingParents[0].Reference} {
		found, err := p.CaseOf(p.Context(), reference)
		p.must(err)
		want(p, "the case of "+string(reference), found, c.Reference)
	}
	_, err := p.CaseOf(p.Context(), "300099999999")
	p.wantError("of no case", err, gateway.ErrNotFound)
}

func oneTimeline(p *storeProof) {
	first := openTurn("V1", "P1")
	first.Inbound = said("M1", "one", storeTime)
	first.Outgoing = []gateway.Message{outgoing("M2", "P1", smsOf(101))}
	first.Conversation.Phase = gateway.Ended
	p.must(p.Commit(p.Context(), first))
	second := openTurn("V2", "P1")
	second.Inbound = said("M3", "three", storeTime)
	p.must(p.Commit(p.Context(), second))
	var ids []gateway.MessageID
	for before, pages := gateway.MessageID(""), 0; pages < 3; pages++ {
		page, err := p.PersonMessages(p.Context(), "P1", before, 2)
		p.must(err)
		for _, m := range page {
			ids, before = append(ids, m.ID), m.ID
		}
	}
	want(p, "page by page", ids, []gateway.MessageID{"M3", "M2", "M1"})
	conversations, err := p.PersonConversations(p.Context(), "P1", 10)
	p.must(err)
	var held []gateway.ConversationID
	for _, c := range conversations {
		held = append(held, c.ID)
	}
	want(p, "the conversations", held, []gateway.ConversationID{"V2", "V1"})
}
