package api_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"parley/gateway/directory"
	"parley/internal/api"
)

func TestTheDocumentNamesEveryFieldOfACase(t *testing.T) {
	document, err := openapi3.NewLoader().LoadFromData(api.Document())
	if err != nil {
		t.Fatal(err)
	}
	for name, record := range map[string]any{
		"Case": directory.Case{}, "Person": directory.Person{}, "ReceivingParent": directory.ReceivingParent{}, "Child": directory.Child{},
		"SafeContact": directory.SafeContact{}, "Risk": directory.Risk{}, "Income": directory.Income{}, "Plan": directory.Plan{},
		"Payment": directory.Payment{},
	} {
		got, want := properties(document.Components.Schemas[name].Value), jsonNames(reflect.TypeOf(record))
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n the document has %v\n the record has   %v", name, got, want)
		}
	}
}

func properties(schema *openapi3.Schema) []string {
	var names []string
	for name := range schema.Properties {
		names = append(names, name)
	}
	for _, part := range schema.AllOf {
		names = append(names, properties(part.Value)...)
	}
	slices.Sort(names)
	return names
}

func jsonNames(record reflect.Type) []string {
	var names []string
	for _, field := range reflect.VisibleFields(record) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name != "" && name != "pin_hash" { // made here, never taken
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func TestTheDocumentsExamplesAreTaken(t *testing.T) {
	document, err := openapi3.NewLoader().LoadFromData(api.Document())
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t)
	for _, call := range []struct {
		method, template, path string
		status                 int
	}{
		{"PUT", "/api/v1/cases/{reference}", "/api/v1/cases/300012345678", 201},
		{"PUT", "/api/v1/cases/{reference}/plan", "/api/v1/cases/300012345678/plan", 200},
		{"POST", "/api/v1/cases/{reference}/stages", "/api/v1/cases/300012345678/stages", 200},
		{"POST", "/api/v1/conversations", "/api/v1/conversations", 201},
		{"POST", "/api/v1/payments", "/api/v1/payments", 200},
		{"PUT", "/api/v1/campaigns/{id}", "/api/v1/campaigns/callbacks-1", 200},
		{"PATCH", "/api/v1/campaigns/{id}", "/api/v1/campaigns/callbacks-1", 200},
	} {
		operation := document.Paths.Value(call.template).GetOperation(call.method)
		example, err := json.Marshal(operation.RequestBody.Value.Content["application/json"].Example)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.call(t, call.method, call.path, string(example)); got.status != call.status {
			t.Errorf("%s: %d %s", call.template, got.status, got.body)
		}
	}
}

func TestTheDocumentNamesEveryProblem(t *testing.T) {
	document, err := openapi3.NewLoader().LoadFromData(api.Document())
	if err != nil {
		t.Fatal(err)
	}
	named := document.Components.Schemas["Problem"].Value.Properties["type"].Value.Enum
	for _, kind := range []string{"not-found", "method-not-allowed"} { // answered where no path is documented
		if !slices.Contains(named, any("/problems/"+kind)) {
			t.Errorf("%s is not named", kind)
		}
	}
}
