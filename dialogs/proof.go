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
