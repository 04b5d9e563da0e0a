package gateway

import "parley/gateway/directory"

// GateFacts is what the safety gate must know of a message and of the person
// it goes to, read at the moment of sending.
type GateFacts struct {
	Person      directory.Person   // zero for an address that identifies nobody
	Nation      directory.Nation   // of the message's case, else of any case of theirs
	Standing    directory.Standing // of the address that it goes to
	OptedOut    bool               // that address has said STOP on that channel
	PersonHeld  bool               // a danger hold lies on the person
	CaseHeld    bool               // a danger hold of somebody else lies on one of their cases
	CloseFamily []string           // names that a discreet message may not hold: theirs and their children's
}
