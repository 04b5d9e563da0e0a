package dialogs

import "encoding/json"

// Given checks facts that are given for a dialog that will begin later, and
// writes them down; ParseGiven reads them back.
func (d *Dialog) Given(given map[string]string) ([]byte, error) {
	for name := range given {
		if i, ok := d.asks[name]; !ok || d.steps[i].kind != askStep {
			return nil, &GivenError{Name: name}
		}
	}
	return json.Marshal(given)
}

// ParseGiven reads what Given wrote. Anything else is nothing given.
func ParseGiven(b []byte) map[string]string {
	var given map[string]string
	if json.Unmarshal(b, &given) != nil {
		return nil
	}
	return given
}
