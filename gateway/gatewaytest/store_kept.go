package gatewaytest

import (
	"time"

	"parley/gateway"
)

var keptProofs = map[string]func(*storeProof){
	"a kept message waits for its turn":                 keptWaits,
	"a kept message is stored with its timer or not":    keptWithTimer,
	"a message that was taken is not kept":              keptOnce,
	"one of many tries finishes a kept message":         finishedOnce,
	"a turn that is refused leaves the message kept":    refusedFinish,
	"a finished message is part of its conversation":    finishedMessage,
	"a message that was not kept is not to be finished": neverKept,
}

// keptMessage is one whose turn could not be made.
func keptMessage() gateway.Kept {
	m := inbound("M1", "SM1")
	m.Media, m.Keyword, m.Answered = 2, gateway.Help, true
	return gateway.Kept{ID: m.ID, Inbound: m.Inbound, At: storeTime}
}

var finishTimer = gateway.Timer{Kind: gateway.FinishTimer, Message: "M1", At: storeTime.Add(time.Second)}

// finishing is the turn of the kept message.
func finishing() gateway.Turn {
	t := openTurn("V1", "P1")
	t.Finishes, t.Inbound = "M1", inbound("M1", "SM1")
	return t
}

func keptWaits(p *storeProof) {
	p.must(p.Keep(p.Context(), keptMessage(), finishTimer))
	got, err := p.Kept(p.Context(), "M1")
	p.must(err)
	want(p, "the kept message", got, keptMessage())
	want(p, "the timers", p.Timers(p), []gateway.Timer{finishTimer})

	p.must(p.Commit(p.Context(), finishing()))
	_, err = p.Kept(p.Context(), "M1")
	p.wantError("the message, once its turn was made", err, gateway.ErrNotFound)
}

func keptWithTimer(p *storeProof) {
	if err := p.Keep(p.Context(), keptMessage(), gateway.Timer{Kind: FailingTimer}); err == nil {
		p.Error("a message was kept whose timer cannot be set")
	}
	_, err := p.Kept(p.Context(), "M1")
	p.wantError("the message", err, gateway.ErrNotFound)
	p.must(p.Keep(p.Context(), keptMessage(), finishTimer))
}

func keptOnce(p *storeProof) {
	p.must(p.Keep(p.Context(), keptMessage(), finishTimer))
	again := keptMessage()
	again.ID = "M2"
	p.wantError("keeping it again", p.Keep(p.Context(), again, finishTimer), gateway.ErrDuplicate)
	p.wantError("a turn of it as if it were new", p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Inbound: inbound("M3", "SM1")}), gateway.ErrDuplicate)

	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Inbound: inbound("M4", "SM4")}))
	taken := keptMessage()
	taken.ID, taken.ProviderID = "M5", "SM4"
	p.wantError("keeping one that a turn took", p.Keep(p.Context(), taken, finishTimer), gateway.ErrDuplicate)
}

func finishedOnce(p *storeProof) {
	p.must(p.Keep(p.Context(), keptMessage(), finishTimer))
	done, refused := p.atOnce(func(int) error {
		return p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Finishes: "M1", Inbound: inbound("M1", "SM1")})
	})
	want(p, "turns made", done, 1)
	for _, err := range refused {
		p.wantError("another try", err, gateway.ErrDuplicate)
	}
}

func refusedFinish(p *storeProof) {
	p.must(p.Keep(p.Context(), keptMessage(), finishTimer))
	p.must(p.Commit(p.Context(), openTurn("V0", "P1")))
	p.wantError("a turn that opens a second conversation", p.Commit(p.Context(), finishing()), gateway.ErrConflict)
	_, err := p.Kept(p.Context(), "M1")
	p.must(err)
}

func finishedMessage(p *storeProof) {
	p.must(p.Keep(p.Context(), keptMessage(), finishTimer))
	p.must(p.Commit(p.Context(), finishing()))
	want(p, "the messages", p.view("V1"), []gateway.MessageView{{ID: "M1", Turn: 1, Channel: "sms", Text: "My pay went down", At: storeTime}})
}

func neverKept(p *storeProof) {
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Inbound: inbound("M1", "SM1")}))
	for _, id := range []gateway.MessageID{"M1", "M9"} {
		_, err := p.Kept(p.Context(), id)
		p.wantError("a kept message", err, gateway.ErrNotFound)
	}
}
