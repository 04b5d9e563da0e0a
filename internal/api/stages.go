package api

import (
	"encoding/json"
	"errors"
	"fmt"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// stage is the body of POST /api/v1/cases/{reference}/stages.
type stage struct {
	Stage  gateway.StageName  `json:"stage"`
	Date   calculation.Date   `json:"date"`
	Person directory.PersonID `json:"person"`
	Data   json.RawMessage    `json:"data"`
}

// stageReached is the answer to it.
type stageReached struct {
	Case  directory.CaseReference `json:"case"`
	Stage gateway.StageName       `json:"stage"`
	Date  calculation.Date        `json:"date"`
}

// reachStage has people told that a case has come to a stage.
func (a *API) reachStage(c *call) ([]byte, error) {
	var s stage
	if err := decode(c.body, &s); err != nil {
		return nil, err
	}
	of := directory.CaseReference(c.PathValue("reference"))
	answer, err := json.Marshal(stageReached{of, s.Stage, s.Date})
	if err != nil {
		return nil, fmt.Errorf("writing the answer: %w", err)
	}
	if c.row != nil {
		c.row.Answer = answer
	}
	_, err = a.Gateway.ReachStage(c.Context(), of, gateway.Stage{Name: s.Stage, Date: s.Date, Person: s.Person, Data: s.Data}, c.row)
	bad, isBad := errors.AsType[*gateway.BadStage](err)
	switch {
	case errors.Is(err, gateway.ErrNotFound):
		return nil, notFound("case")
	case isBad:
		return nil, invalid(bad.Field, bad.Problem)
	case err != nil:
		return nil, fmt.Errorf("taking a stage: %w", err)
	}
	return answer, nil
}
