package dialogs_test

import (
	"encoding/json"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"parley/dialogs"
)

// TestAnswersKeepToTheirSchema puts the answers of a conversation with every
// kind of group to the schema that is published for them.
func TestAnswersKeepToTheirSchema(t *testing.T) {
	d := groupDialog(t)
	published, err := json.Marshal(d.AnswersSchema())
	if err != nil {
		t.Fatal(err)
	}
	var schema openapi3.Schema
	if err := json.Unmarshal(published, &schema); err != nil {
		t.Fatal(err)
	}
	_, outcome := rehearse(t, d, dialogs.Facts{Identity: "confirmed", Language: "en", Children: twoChildren},
		"yes", "yes", "1", "Jo", "2 a week", "70 nights a year", "10 nights a year", "1, 3", "ok")
	var answered map[string]any
	if err := json.Unmarshal([]byte(outcome[len("told-us "):]), &answered); err != nil {
		t.Fatal(err)
	}
	if err := schema.VisitJSON(answered); err != nil {
		t.Errorf("%s does not keep to\n%s\n%v", outcome, published, err)
	}
	for name := range answered {
		if schema.Properties[name] == nil {
			t.Errorf("the schema knows no %q", name)
		}
	}
	answered["sent"] = []any{"a horse"}
	if schema.VisitJSON(answered) == nil {
		t.Error("the schema takes anything")
	}
}
