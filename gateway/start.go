package gateway

import (
	"errors"
	"fmt"

	"parley/gateway/directory"
)

// StartRequest asks for a conversation with a person that we begin (Customer
// Connect).
type StartRequest struct {
	Person      directory.PersonID
	Dialog      string
	Channel     directory.Channel       // empty: the person's preferred channel
	Case        directory.CaseReference // empty: the only case, or the first, in which they have the dialog's role
	Given       map[string]string       // facts already known, by step, as a person would write them
	By          string                  // who asked: a caseworker or an API client's name
	Idempotency *IdempotentRow          // nil when the caller gave no key
}

// Started is the answer to a StartRequest.
type Started struct {
	Conversation ConversationID `json:"id"`
	Phase        Phase          `json:"state"` // Open, or Waiting for another to end or for the hours in which we may begin
}

// JSON is the answer as an API caller gets it.
func (s Started) JSON() []byte {
	return fmt.Appendf(nil, `{"id":%q,"state":%q}`, s.Conversation, s.Phase)
}

// Why a conversation cannot be started. Each is the caller's to mend.
var (
	ErrNoSuchPerson = errors.New("no such person")
	ErrNoSuchDialog = errors.New("no such dialog")
	ErrWrongRole    = errors.New("the dialog is not for a person of this role")
	ErrNoAddress    = errors.New("the person cannot be reached on this channel")
	ErrNoSuchCase   = errors.New("the person has no such case")
	ErrBadGiven     = errors.New("a given fact cannot be read")
)
