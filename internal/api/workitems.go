package api

import (
	"cmp"
	"fmt"
	"slices"
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
	State        gateway.WorkState       `json:"state"`
	Holder       directory.StaffID       `json:"holder"` // whom it is offered to, or who holds or closed it
	Urgent       bool                    `json:"urgent"`
	Due          time.Time               `json:"due,omitzero"`
	Detail       string                  `json:"detail"`
	Created      time.Time               `json:"created"`
}

// workItems answers GET /api/v1/work-items?case=&person=&team=&kind=, where
// what is left out may be anything: urgent ones first, then by when they are due.
func (a *API) workItems(c *call) (reply, error) {
	asked, err := c.query("case", "person", "team", "kind")
	if err != nil {
		return reply{}, err
	}
	search := gateway.TaskSearch{
		Case: directory.CaseReference(asked["case"]), Person: directory.PersonID(asked["person"]), Kind: gateway.WorkItemKind(asked["kind"]),
		States: []gateway.WorkState{gateway.WorkWaiting, gateway.WorkOffered, gateway.WorkHeld, gateway.WorkDone},
	}
	if team := directory.TeamID(asked["team"]); team != "" {
		search.Teams = []directory.TeamID{team}
	}
	stored, err := a.Store.Tasks(c.Context(), search)
	if err != nil {
		return reply{}, fmt.Errorf("reading work items: %w", err)
	}
	slices.SortFunc(stored, func(a, b gateway.Task) int {
		switch {
		case a.Urgent && !b.Urgent:
			return -1
		case b.Urgent && !a.Urgent:
			return 1
		}
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
	})
	list := make([]workItem, 0, len(stored))
	for _, w := range stored {
		list = append(list, workItem{
			ID: w.ID, Kind: w.Kind, Case: w.Case, Person: w.Person, Conversation: w.Conversation, Message: w.Message,
			Team: w.Team, State: w.State, Holder: w.Holder, Urgent: w.Urgent, Due: w.Due.UTC(), Detail: w.Detail, Created: w.Created.UTC(),
		})
	}
	return found(map[string][]workItem{"work_items": list})
}
