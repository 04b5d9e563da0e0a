package gatewaytest

import (
	"time"

	"parley/dialogs"
	"parley/gateway"
)

var fileProofs = map[string]func(*storeProof){
	"what is known of a file comes back":                    fileComesBack,
	"a file belongs to the conversation of its message":     fileWithItsMessage,
	"a kept message keeps its files and its sender's doubt": keptWithFiles,
	"a message keeps what it asks for":                      askComesBack,
	"a message moves to another address":                    movedMessage,
}

func evidence(id gateway.FileID, from gateway.Address) gateway.File {
	return gateway.File{
		ID: id, Person: "P1", From: from, Name: "payslip ŵy.jpg", Type: "image/jpeg", Size: 3 << 30,
		Digest: "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c", Scanned: "clamd", At: storeTime,
	}
}

func fileComesBack(p *storeProof) {
	f := evidence("F1", smsOf(101))
	p.must(p.KeepFile(p.Context(), f))
	got, err := p.File(p.Context(), "F1")
	p.must(err)
	want(p, "the file", got, f)
	_, err = p.File(p.Context(), "F2")
	p.wantError("a file that is not there", err, gateway.ErrNotFound)
}

func fileWithItsMessage(p *storeProof) {
	for id, from := range map[gateway.FileID]gateway.Address{"F1": smsOf(101), "F2": smsOf(101), "F3": smsOf(102)} {
		p.must(p.KeepFile(p.Context(), evidence(id, from)))
	}
	belongs := func(id gateway.FileID, to gateway.ConversationID) {
		p.Helper()
		f, err := p.File(p.Context(), id)
		p.must(err)
		want(p, "the conversation of "+string(id), f.Conversation, to)
	}
	t := openTurn("V1", "P1")
	t.Inbound = inbound("M1", "SM1")
	t.Inbound.Files = []gateway.FileID{"F1", "F3", "F9"}
	p.must(p.Commit(p.Context(), t))
	belongs("F1", "V1")
	belongs("F2", "")
	belongs("F3", "") // somebody else sent it
	other := openTurn("V2", "P2")
	other.Inbound = inbound("M2", "SM2")
	other.Inbound.Files = []gateway.FileID{"F1"}
	p.must(p.Commit(p.Context(), other))
	belongs("F1", "V1")
}

func keptWithFiles(p *storeProof) {
	kept := gateway.Kept{ID: "M1", Inbound: inbound("M1", "SM1").Inbound, At: storeTime}
	kept.Files, kept.Unverified = []gateway.FileID{"F1", "F2"}, "SPF failed"
	p.must(p.Keep(p.Context(), kept, gateway.Timer{Kind: gateway.FinishTimer, Message: "M1", At: storeTime}))
	got, err := p.Kept(p.Context(), "M1")
	p.must(err)
	want(p, "the kept message", got, kept)
}

func askComesBack(p *storeProof) {
	asks, tells := outgoing("M1", "P1", smsOf(101)), outgoing("M2", "P2", smsOf(102))
	asks.Ask = &dialogs.Ask{
		Step: "direction", Kind: dialogs.ForChoice, Options: []dialogs.Option{{Value: "up", Label: "i fyny"}}, Left: 3, Back: true,
		Rows: []dialogs.Row{{Number: 1, Label: "Pay", Value: "£410"}},
	}
	p.queue(asks, tells)
	claimed := p.claimAll()
	want(p, "the messages", claimed, []gateway.Message{asks, tells})
}

func movedMessage(p *storeProof) {
	first := outgoing("M1", "P1", gateway.Address{Channel: "webchat", Value: "W1"})
	p.queue(first)
	claimed := p.claimAll()
	want(p, "the message", claimed, []gateway.Message{first})
	moved := first
	moved.To, moved.Text = smsOf(101), "Helo, on another channel"
	p.must(p.Record(p.Context(), []gateway.Settlement{{Message: "M1", Status: gateway.Queued, Release: storeTime, Moved: &moved, At: storeTime}}))
	want(p, "the message, moved", p.claimAll(), []gateway.Message{moved})
}

// claimAll claims what is due.
func (p *storeProof) claimAll() []gateway.Message {
	p.Helper()
	claimed, err := p.Claim(p.Context(), storeTime, 9, time.Minute)
	p.must(err)
	return claimed
}
