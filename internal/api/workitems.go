package api

import (
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// workItem is something for a person to see to. What it is about is empty where
// it is about none: a text from an unknown number has no case.
type workItem struct {
	ID           string                  `json:"id"`
	Kind         gateway.WorkItemKind    `json:"kind"`
	Case         directory.CaseReference `json:"case"`
	Person       directory.PersonID      `json:"person"`
	Conversation gateway.ConversationID  `json:"conversation"`
	Message      gateway.MessageID       `json:"message"`
	Team         directory.TeamID        `json:"team"`
	Urgent       bool                    `json:"urgent"`
	Due          time.Time               `json:"due,omitzero"`
	Detail       string                  `json:"detail"`
	Created      time.Time               `json:"created"`
}

// workItems answers GET /api/v1/work-items?case=&person=&team=&kind=, where
// what is left out may be anything.
func (a *API) workItems(c *call) (reply, error) {
	asked, err := c.query("case", "person", "team", "kind")
	if err != nil {
		return reply{}, err
	}
	stored, err := a.Store.WorkItems(c.Context(), gateway.WorkItemFilter{
		Case: directory.CaseReference(asked["case"]), Person: directory.PersonID(asked["person"]),
		Team: directory.TeamID(asked["team"]), Kind: gateway.WorkItemKind(asked["kind"]),
	})
	if err != nil {
		return reply{}, fmt.Errorf("reading work items: %w", err)
	}
	list := make([]workItem, 0, len(stored))
	for _, w := range stored {
		list = append(list, workItem{
			ID: w.ID, Kind: w.Kind, Case: w.Case, Person: w.Person, Conversation: w.Conversation, Message: w.Message,
			Team: w.Team, Urgent: w.Urgent, Due: w.Due.UTC(), Detail: w.Detail, Created: w.Created.UTC(),
		})
	}
	return found(map[string][]workItem{"work_items": list})
}
