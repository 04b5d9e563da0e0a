package api

import (
	_ "embed"
	"net/http"
)

//go:embed openapi.json
var document []byte

// Document is the API's OpenAPI 3.0 document, as JSON.
func Document() []byte { return document }

// serveDocument answers anyone: the document tells nothing of anyone.
func serveDocument(w http.ResponseWriter, _ *http.Request) {
	send(w, http.StatusOK, "application/json", document)
}
