package dialogs

import "github.com/expr-lang/expr/vm"

// A dialog that is for somebody confirmed begins with anybody known, and waits
// for proof of who they are before the first step that reads the record. It
// waits again whenever they are not confirmed any more: the conversation has
// left the web page on which they were.

// proofStep names the asking for proof: the name of the step that waits could
// tell which one it is.
const proofStep = "identity"

// hidden reports whether a step would tell or ask about what the record holds
// to somebody who is not confirmed. What is repeated for the children on the
// case is hidden for as many as there were, or once when none are known yet.
func (t *turn) hidden(machine *vm.VM, s *step) (bool, error) {
	switch {
	case !s.record || t.in.Facts.confirmed():
		return false, nil
	case !s.ofRecord():
		return t.applies(machine, s)
	case s.item > max(1, len(t.state.Children)):
		return false, nil
	case s.when.reads(s.each.variable):
		return true, nil
	}
	return s.when.holds(machine, t.env(s))
}

// cardWords are how people ask, where a secret is wanted, to pay by card, as
// plain writes them: there they are no secret, and web chat offers it next.
var cardWords = map[string]bool{
	"pay": true, "pay by card": true, "pay with card": true, "pay by debit card": true, "pay now": true, "pay online": true,
	"i want to pay": true, "i want to pay now": true, "i want to pay by card": true, "i want to pay online": true,
	"can i pay": true, "can i pay now": true, "can i pay by card": true, "can i pay online": true, "how do i pay": true,
	"how do i pay by card": true, "card": true, "card payment": true, "make a payment": true,
	"talu": true, "talu a cherdyn": true, "talu gyda cherdyn": true, "talu nawr": true, "talu ar-lein": true, "talu ar lein": true,
	"rwyf eisiau talu": true, "dw i eisiau talu": true, "rydw i eisiau talu": true, "rwyf eisiau talu a cherdyn": true,
	"dw i eisiau talu a cherdyn": true, "ga i dalu": true, "ga i dalu a cherdyn": true, "alla i dalu a cherdyn": true,
	"sut mae talu": true, "sut ydw i'n talu": true, "cerdyn": true, "gwneud taliad": true,
}

// whoIsIt asks for proof, and tells nothing of what waits for it. A PIN goes
// into a page or the keys of a telephone, never into a message.
func (t *turn) whoIsIt() Message {
	m := Message{Ask: &Ask{Kind: ForIdentity, Private: true}}
	how := sayProofByLink
	switch t.in.Facts.Channel {
	case onWebChat:
		how = sayProofHere
	case onVoice:
		how = sayProofByKeys
	default:
		m.Link = true
	}
	m.Words = standing(t.state.Language, how)
	return m
}
