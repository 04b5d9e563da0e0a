package gateway

import "context"

// unverified keeps a message that anybody may have sent in somebody's name. It
// changes nothing, not even when it says STOP, it is nobody's answer and
// nothing goes back: a caseworker reads it. What is sent in somebody's name
// does not count against their own limit.
func (t *taking) unverified(ctx context.Context) {
	t.kind("sender not verified")
	if t.reading.Danger != NoDanger {
		t.alarm("sender not verified; ")
		return
	}
	_, allowance, err := t.g.Sessions.Load(ctx, "", "unverified "+t.in.From.Value, t.in.ProviderID)
	if err != nil {
		allowance = Allowed
	}
	switch allowance {
	case Allowed:
		t.work(WorkItem{Kind: AddressWork, Detail: "sender not verified: " + t.in.Unverified})
	case FirstOver:
		t.work(WorkItem{Kind: LoopWork, Detail: "more messages than one sender may send, none of them verified"})
	}
}
