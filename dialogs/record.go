package dialogs

import (
	"encoding/json"
	"fmt"
)

// recordedResult is how a Result is kept with its turn: the value as the bytes
// of a state, from which it comes back as it was.
type recordedResult struct {
	Step   int    `json:"step"`
	Failed bool   `json:"failed,omitempty"`
	Value  []byte `json:"value"`
}

// MarshalJSON writes a result so that UnmarshalJSON gives the same again; a
// Value alone is written as reports carry it, which does not.
func (r Result) MarshalJSON() ([]byte, error) {
	return json.Marshal(recordedResult{Step: r.Step, Failed: r.Failed, Value: appendValue(nil, r.Value)})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (r *Result) UnmarshalJSON(b []byte) error {
	var recorded recordedResult
	if err := json.Unmarshal(b, &recorded); err != nil {
		return fmt.Errorf("reading a recorded result: %w", err)
	}
	reader := stateReader{rest: recorded.Value}
	*r = Result{Step: recorded.Step, Failed: recorded.Failed, Value: reader.value(0)}
	if reader.failed || len(reader.rest) > 0 {
		return errState
	}
	return nil
}
