package api

import (
	"errors"
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// mostFates is of how many messages one call tells what became of them.
const mostFates = 50

// fate is what became of one message to a person, and why, without its words.
type fate struct {
	ID           gateway.MessageID       `json:"id"`
	Case         directory.CaseReference `json:"case"`
	Conversation gateway.ConversationID  `json:"conversation,omitempty"`
	Notice       string                  `json:"notice,omitempty"`
	Occasion     string                  `json:"occasion,omitempty"`
	Channel      directory.Channel       `json:"channel"`
	Status       gateway.Status          `json:"status"`
	Code         string                  `json:"code,omitempty"`
	Reasons      []string                `json:"reasons,omitempty"`
	Says         string                  `json:"says"`
	Created      time.Time               `json:"created"`
	NotBefore    time.Time               `json:"not_before,omitzero"`
	SendBy       time.Time               `json:"send_by,omitzero"`
	Settled      time.Time               `json:"settled,omitzero"`
}

// fates answers GET /api/v1/people/{id}/messages: why the person did, or did
// not, get the last messages to them.
func (a *API) fates(c *call) (reply, error) {
	id := c.PathValue("id")
	if !isName(id) {
		return reply{}, notFound("person")
	}
	list, err := a.Gateway.Explain(c.Context(), directory.PersonID(id), mostFates)
	if errors.Is(err, gateway.ErrNotFound) {
		return reply{}, notFound("person")
	}
	if err != nil {
		return reply{}, fmt.Errorf("explaining messages: %w", err)
	}
	told := make([]fate, 0, len(list))
	for _, f := range list {
		told = append(told, fate{
			ID: f.Message, Case: f.Case, Conversation: f.Conversation, Notice: f.Notice, Occasion: f.Occasion, Channel: f.Channel,
			Status: f.Status, Code: f.Code, Reasons: f.Reasons, Says: f.Says,
			Created: f.Created.UTC(), NotBefore: utc(f.NotBefore), SendBy: utc(f.SendBy), Settled: utc(f.Settled),
		})
	}
	return found(map[string][]fate{"messages": told})
}

// utc is a time in UTC; the zero time stays.
func utc(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC()
}
