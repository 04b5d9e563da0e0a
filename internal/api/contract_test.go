package api_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"parley/gateway"
	"parley/internal/api"
)

func document(t *testing.T) *openapi3.T {
	t.Helper()
	document, err := openapi3.NewLoader().LoadFromData(api.Document())
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// Every route is in the document with its methods, and nothing else is.
func TestTheDocumentHasEveryRoute(t *testing.T) {
	source, err := os.ReadFile("api.go")
	if err != nil {
		t.Fatal(err)
	}
	served := []string{"GET /api/v1/openapi.json"}
	for _, route := range regexp.MustCompile(`a\.handle\("([^"]+)", methods\{(.*)\}\)`).FindAllStringSubmatch(string(source), -1) {
		for _, method := range regexp.MustCompile(`http\.Method(\w+):`).FindAllStringSubmatch(route[2], -1) {
			served = append(served, strings.ToUpper(method[1])+" "+route[1])
		}
	}
	var documented []string
	for path, item := range document(t).Paths.Map() {
		for method := range item.Operations() {
			documented = append(documented, method+" "+path)
		}
	}
	slices.Sort(served)
	slices.Sort(documented)
	if !slices.Equal(served, documented) {
		t.Errorf("served:\n%s\ndocumented:\n%s", strings.Join(served, "\n"), strings.Join(documented, "\n"))
	}
}

// contractPaths stand where routes have a name.
var contractPaths = strings.NewReplacer(
	"/cases/{reference}", "/cases/300012345678", "/conversations/{id}", "/conversations/V1", "{turn}", "7",
	"/campaigns/{id}", "/campaigns/callbacks-1", "/people/{id}", "/people/P1",
)

// Every operation is called as its own example has it, and answers with a
// success that is as the document says: call holds it to that. Each success and
// each request has an example, and each failure a problem.
func TestEveryOperationKeepsItsWord(t *testing.T) {
	h := newHouse(t)
	h.views["V1"] = gateway.ConversationView{Conversation: gateway.Conversation{ID: "V1", Person: "P1", Case: "300012345678", Dialog: "income-change", Phase: gateway.Open, Turn: 7}}
	query := map[string]string{"/api/v1/reports": "?case=300012345678", "/api/v1/campaigns/dry-run": "?notice=payment-due"}
	writesFirst := func(a, b string) int { return len(b) - len(a) } // so that PUT and PATCH come before what reads them
	paths := document(t).Paths.Map()
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		methods := paths[path].Operations()
		for _, method := range slices.SortedFunc(maps.Keys(methods), writesFirst) {
			operation := methods[method]
			name := method + " " + path
			body := ""
			if operation.RequestBody != nil {
				example, err := json.Marshal(operation.RequestBody.Value.Content["application/json"].Example)
				if err != nil || string(example) == "null" {
					t.Errorf("%s: the request has no example: %v", name, err)
				}
				body = string(example)
			}
			if path == "/api/v1/campaigns/{id}" {
				h.campaigns["callbacks-1"] = gateway.Progress{Campaign: gateway.Campaign{ID: "callbacks-1", Name: "callback-booked", State: gateway.Running, Counts: map[gateway.Status]int{}}}
			}
			if got := h.call(t, method, contractPaths.Replace(path)+query[path], body); got.status >= 300 {
				t.Errorf("%s: %d %s", name, got.status, got.body)
			}
			for status, response := range operation.Responses.Map() {
				for kind, content := range response.Value.Content {
					switch success := strings.HasPrefix(status, "2"); {
					case !success && (kind != "application/problem+json" || content.Schema.Ref != "#/components/schemas/Problem"):
						t.Errorf("%s: %s is no problem (RFC 9457)", name, status)
					case success && content.Example == nil && operation.OperationID != "getDocument":
						t.Errorf("%s: %s has no example", name, status)
					}
				}
			}
			if operation.OperationID == "" || operation.Summary == "" {
				t.Errorf("%s has no name or no summary", name)
			}
		}
	}
}

// Every event that endpoints can ask for is in the document.
func TestTheDocumentHasEveryEvent(t *testing.T) {
	var named []gateway.EventType
	for _, kind := range document(t).Components.Schemas["Event"].Value.Properties["type"].Value.Enum {
		named = append(named, gateway.EventType(kind.(string)))
	}
	if !slices.Equal(named, gateway.EventTypes()) {
		t.Errorf("the document has %q, the gateway %q", named, gateway.EventTypes())
	}
}
