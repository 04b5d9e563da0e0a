package gateway

import (
	"encoding/json"
	"time"

	"parley/gateway/directory"
	"parley/templates"
)

// ConversationView is a conversation as a caseworker may see it.
type ConversationView struct {
	Conversation
	Answers  json.RawMessage // what was collected so far, in the dialog's order
	Step     string          // where the dialog waits, or ended, as its outline names it; empty: not known
	Messages []MessageView   // oldest first
}

// MessageView is one message, in or out, of a conversation.
type MessageView struct {
	ID       MessageID
	Out      bool
	Turn     int               // in which it came or was made
	Staff    directory.StaffID // who wrote what went out; empty: the gateway itself
	Channel  directory.Channel
	Language templates.Language // of what went out; empty: of the person's own words
	Text     string
	Files    []FileID // that came with it
	Status   Status   // of an outgoing message
	Code     string
	Reasons  []string
	Segments int
	At       time.Time
}

// WorkItemFilter chooses work items. What it leaves empty may be anything.
type WorkItemFilter struct {
	Case   directory.CaseReference
	Person directory.PersonID
	Team   directory.TeamID
	Kind   WorkItemKind
}
