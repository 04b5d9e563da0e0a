package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"parley/gateway"
	"parley/gateway/directory"
)

// putAnswer is the answer to PUT /api/v1/cases/{reference}.
type putAnswer struct {
	Reference directory.CaseReference `json:"reference"`
	Created   bool                    `json:"created"`
}

// putCase stores a case as its record in another system now is. Two that put
// one new case at the same moment are both told that it is new.
func (a *API) putCase(c *call) ([]byte, error) {
	record, err := directory.Decode(c.body)
	if wrong, ok := errors.AsType[*directory.FieldError](err); ok {
		return nil, invalid(wrong.Field, wrong.Problem)
	}
	if err != nil {
		return nil, fmt.Errorf("decoding a case: %w", err)
	}
	if string(record.Reference) != c.PathValue("reference") {
		return nil, invalid("reference", "must be the reference that the path names")
	}
	_, err = a.Store.Case(c.Context(), record.Reference)
	if err != nil && !errors.Is(err, gateway.ErrNotFound) {
		return nil, fmt.Errorf("looking for the case: %w", err)
	}
	answer, err := json.Marshal(putAnswer{record.Reference, err != nil})
	if err != nil {
		return nil, fmt.Errorf("writing the answer: %w", err)
	}
	if c.row != nil {
		c.row.Answer = answer
	}
	if err := a.Store.PutCase(c.Context(), record, a.Clock(), c.row); err != nil {
		return nil, fmt.Errorf("storing the case: %w", err)
	}
	return answer, nil
}

func casePut(answer []byte) (reply, error) {
	var put putAnswer
	if err := json.Unmarshal(answer, &put); err != nil {
		return reply{}, fmt.Errorf("reading an answer: %w", err)
	}
	if put.Created {
		return reply{status: http.StatusCreated, body: answer}, nil
	}
	return reply{status: http.StatusOK, body: answer}, nil
}
