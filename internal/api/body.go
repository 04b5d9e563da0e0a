package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// longestBody has room for ten thousand payments, and for the longest case.
const longestBody = 4 << 20

// readBody reads the JSON text of a write.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return nil, newProblem(http.StatusUnsupportedMediaType, "unsupported-media-type", "The body must be application/json.")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longestBody))
	if errors.As(err, new(*http.MaxBytesError)) {
		return nil, newProblem(http.StatusRequestEntityTooLarge, "too-large", "The body is longer than 4 MiB.")
	}
	if err != nil {
		return nil, malformed("The body does not arrive.")
	}
	if !json.Valid(body) {
		return nil, malformed("The body is not one well-formed JSON value.")
	}
	return body, nil
}

// decode reads a flat object of texts, and of objects of texts, strictly.
func decode(body []byte, into any) error {
	err := jsonv2.Unmarshal(body, into, jsonv2.RejectUnknownMembers(true))
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*jsonv2.SemanticError](err); ok {
		switch {
		case errors.Is(e.Err, jsonv2.ErrUnknownName):
			return invalid(fieldName(e.JSONPointer), "is not a field of this request")
		case e.JSONPointer == "":
			return invalid("", "The body must be an object.")
		}
		return invalid(fieldName(e.JSONPointer), "has a value of another kind than it needs")
	}
	if e, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return invalid(fieldName(e.JSONPointer), "is there twice, or not UTF-8")
	}
	return fmt.Errorf("decoding a request: %w", err)
}

// fieldName writes a JSON pointer (RFC 6901) as given.pay.
func fieldName(pointer jsontext.Pointer) string {
	var names []string
	for name := range pointer.Tokens() {
		names = append(names, name)
	}
	return strings.Join(names, ".")
}
