package api

import (
	"encoding/json"
	"fmt"
	"time"

	"parley/gateway/directory"
)

// report is what a dialog collected, for the team that owns the case.
type report struct {
	ID        string                  `json:"id"`
	Case      directory.CaseReference `json:"case"`
	Person    directory.PersonID      `json:"person"`
	Dialog    string                  `json:"dialog"`
	Kind      string                  `json:"kind"`
	Reference string                  `json:"reference"`    // what the person was told
	Due       time.Time               `json:"due,omitzero"` // when we said that we would write by
	Answers   json.RawMessage         `json:"answers"`
	Results   json.RawMessage         `json:"results"`
	Created   time.Time               `json:"created"`
}

// reports answers GET /api/v1/reports?case=REFERENCE.
func (a *API) reports(c *call) (reply, error) {
	asked, err := c.query("case")
	if err != nil {
		return reply{}, err
	}
	if asked["case"] == "" {
		return reply{}, invalid("case", "is needed")
	}
	stored, err := a.Store.Reports(c.Context(), directory.CaseReference(asked["case"]))
	if err != nil {
		return reply{}, fmt.Errorf("reading reports: %w", err)
	}
	list := make([]report, 0, len(stored))
	for _, r := range stored {
		list = append(list, report{
			ID: r.ID, Case: r.Case, Person: r.Person, Dialog: r.Dialog, Kind: r.Kind, Reference: r.Reference,
			Due: r.Due.UTC(), Answers: object(r.Answers), Results: object(r.Results), Created: r.Created.UTC(),
		})
	}
	return found(map[string][]report{"reports": list})
}
