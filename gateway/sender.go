package gateway

import (
	"context"

	"parley/dialogs"
	"parley/gateway/directory"
	"parley/gateway/routes"
)

// What follows answers somebody because of who they are, or where they stand
// with us, whatever dialog is open.

// tooMany answers once who is over the inbound limit. What they say is kept.
func (t *taking) tooMany(a Allowance) {
	t.kind("over the limit")
	if a == FirstOver {
		t.work(WorkItem{Kind: LoopWork, Detail: "more messages than one sender may send"})
		t.reply(sayTooMany.words(t.language(), ""), Reply)
	}
}

// unidentified answers an address that identifies nobody. Only one that no
// record holds gets an answer; one that is shared or has just changed may be
// read by somebody else.
func (t *taking) unidentified(reason directory.Reason) {
	t.kind(string(reason))
	switch {
	case t.reading.Danger != NoDanger:
		t.alarm(string(reason) + "; ")
		if reason == directory.NotHeld {
			t.answerDanger(Safety)
		}
	case reason == directory.NotHeld:
		t.work(WorkItem{Kind: UnknownSenderWork, Detail: string(reason)})
		words, ok := t.g.signposts.Say(t.g.routes.Lead(t.reading.message(t.in.Text), routes.Writer{}).Signpost, "", t.language())
		if !ok {
			words = sayUnknown.words(t.language(), "")
		}
		t.reply(words, Reply)
	default:
		t.work(WorkItem{Kind: AddressWork, Detail: string(reason)})
	}
}

// visited answers a visitor whom nobody knows: in general, of no record.
func (t *taking) visited(ctx context.Context) error {
	switch {
	case t.reading.Danger != NoDanger:
		t.unidentified(directory.NotHeld)
		if c := t.open(); c != nil {
			t.settle(*c, &dialogs.End{Outcome: "danger"})
		}
		return nil
	case !t.sender.Visit.Ended.IsZero(): // what could only be kept, of somebody who has gone
		t.unidentified(directory.NotHeld)
		return nil
	case t.sender.Open != nil:
		return t.converse(ctx)
	default:
		return t.noConversation(ctx)
	}
}

// optedOut keeps what somebody says who has said STOP: nothing goes back on
// this channel. START is a caseworker's to allow (identity level checked).
func (t *taking) optedOut() {
	t.kind("opted out")
	switch {
	case t.reading.Danger != NoDanger:
		t.alarm("")
	case t.in.Keyword == Begin:
		t.work(WorkItem{Kind: UnansweredWork, Detail: "asks for messages again after STOP: call back to check who asks"})
	default:
		t.work(WorkItem{Kind: UnansweredWork, Detail: "has said STOP on this channel"})
	}
}

// wrongPerson: the number may no longer be theirs. The conversation ends, the
// number identifies nobody until a caseworker has looked, and nothing is said.
func (t *taking) wrongPerson(ctx context.Context) error {
	t.kind("wrong person")
	t.work(WorkItem{Kind: AddressWork, Detail: "says that this is not the person"})
	t.turn.Suspend = &t.in.From
	return t.endOpen(ctx, "wrong person")
}

// stop records STOP, ends the conversation and keeps its answers for a person.
// Beside danger STOP is applied in silence.
func (t *taking) stop(ctx context.Context) error {
	t.kind("stop")
	t.person, _ = t.sender.Standing.Identify(t.now)
	if err := t.loadRow(ctx); err != nil {
		return err
	}
	t.turn.OptOut = &OptOut{Address: t.in.From, Out: true, Source: "keyword", At: t.now}
	t.muted = t.in.Answered || t.sender.OptedOut // once, or two machines could go on for ever
	if t.reading.Danger != NoDanger {
		t.alarm("")
		t.answerDanger(Stopped)
	} else {
		t.worry()
		t.reply(sayStopped.words(t.language(), ""), Stopped)
	}
	return t.endOpen(ctx, "stopped")
}
