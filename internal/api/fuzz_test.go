package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Whatever arrives is answered in JSON, and none of it is taken for our fault.
func FuzzAPI(f *testing.F) {
	f.Add("PUT", "/api/v1/cases/300012345678", "Bearer token-1", "application/json", "k", oneCase)
	f.Add("POST", "/api/v1/conversations", "Bearer token-1", "application/json; charset=utf-8", "", startBody)
	f.Add("POST", "/api/v1/payments", "Bearer token-1", "application/json", "k", `{"payments": [{"id": "A", "amount": 5}, 7]}`)
	f.Add("GET", "/api/v1/work-items?team=x", "bearer token-2", "", "", "")
	f.Add("GET", "/api/v1/conversations/%00", "Bearer", "text/plain", "", "{")
	f.Fuzz(func(t *testing.T, method, target, authorization, kind, key, body string) {
		request, err := http.NewRequest(method, "http://parley.example"+target, strings.NewReader(body))
		if err != nil || !strings.HasPrefix(request.URL.Path, "/api/v1/") {
			return
		}
		request.Header.Set("Authorization", authorization)
		request.Header.Set("Content-Type", kind)
		request.Header.Set("Idempotency-Key", key)
		h := emptyHouse()
		recorder := httptest.NewRecorder()
		h.handler(t).ServeHTTP(recorder, request)
		switch got := recorder.Result(); {
		case got.StatusCode >= 500:
			t.Errorf("%d %s\n%s", got.StatusCode, recorder.Body, h.logs)
		case got.StatusCode == http.StatusMovedPermanently || got.StatusCode == http.StatusTemporaryRedirect: // an untidy path, tidied
		case !json.Valid(recorder.Body.Bytes()):
			t.Errorf("%d %q", got.StatusCode, recorder.Body)
		}
	})
}
