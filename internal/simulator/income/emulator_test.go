package income_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"parley/internal/simulator/income"
)

// What the adapter never sends is refused as the real service refuses it. The
// rest of the emulator is proved by the adapter's tests.
func TestWhatIsRefused(t *testing.T) {
	emulator := income.New(income.Config{ClientID: "parley", ClientSecret: "secret", NewToken: func() string { return "good" }})
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"parley"}, "client_secret": {"secret"}}
	wrong := url.Values{"grant_type": {"password"}, "client_id": {"parley"}, "client_secret": {"secret"}}
	tests := []struct {
		name, method, address, token, body string
		want                               int
	}{
		{"a match before there is a token", "POST", "/individuals/matching", "good", `{"nino": "AB123456C"}`, http.StatusUnauthorized},
		{"another grant", "POST", "/oauth/token", "", wrong.Encode(), http.StatusUnauthorized},
		{"the right grant", "POST", "/oauth/token", "", form.Encode(), http.StatusOK},
		{"another token", "POST", "/individuals/matching", "bad", `{"nino": "AB123456C"}`, http.StatusUnauthorized},
		{"no question", "POST", "/individuals/matching", "good", `nino`, http.StatusBadRequest},
		{"no such person", "POST", "/individuals/matching", "good", `{"nino": "AB123456C"}`, http.StatusNotFound},
		{"no match", "GET", "/individuals/income/paye?matchId=1", "good", "", http.StatusNotFound},
		{"another way of asking", "GET", "/individuals/matching", "good", "", http.StatusMethodNotAllowed},
		{"another place", "GET", "/individuals", "good", "", http.StatusNotFound},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			request := httptest.NewRequest(test.method, test.address, strings.NewReader(test.body))
			if test.token != "" {
				request.Header.Set("Authorization", "Bearer "+test.token)
			} else {
				request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			response := httptest.NewRecorder()
			emulator.ServeHTTP(response, request)
			if response.Code != test.want {
				t.Errorf("got %d %s, want %d", response.Code, response.Body, test.want)
			}
		})
	}
}
