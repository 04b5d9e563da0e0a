package issuer_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"parley/internal/simulator/issuer"
)

const (
	back     = "https://parley.example/console/signed-in"
	verifier = "what only the browser's session knows, long enough to be one"
	// SHA-256 of the verifier in base64url (RFC 7636 section 4.2), made with
	// openssl.
	challenge = "-frHSxkMuVVZhio514RiTIvvIBIflV-Q_QHgazFcuIs"
)

// A world is an issuer on a server of its own, with a clock.
type world struct {
	*httptest.Server
	t   *testing.T
	now time.Time
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	routes := http.NewServeMux()
	w.Server = httptest.NewServer(routes)
	t.Cleanup(w.Close)
	w.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	made, err := issuer.New(issuer.Config{
		URL: w.URL + "/issuer", ClientID: "parley", ClientSecret: "secret", RedirectURLs: []string{back},
		Members: []issuer.Member{{ID: "amara", Name: "Amara Okafor", Email: "amara@example.com", About: "caseworker"}},
		Clock:   func() time.Time { return w.now }, NewToken: rand.Text,
	})
	if err != nil {
		t.Fatal(err)
	}
	routes.Handle("/issuer/", made)
	return w
}

func (w *world) do(method, path string, form url.Values) (status int, body, to string) {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.URL+"/issuer"+path, strings.NewReader(form.Encode()))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := w.Client().Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return response.StatusCode, string(content), response.Header.Get("Location")
}

// asking is a request for somebody to sign in, with one thing changed.
func asking(changed ...string) string {
	q := url.Values{
		"client_id": {"parley"}, "redirect_uri": {back}, "response_type": {"code"}, "state": {"S1"}, "nonce": {"N1"},
		"code_challenge": {challenge}, "code_challenge_method": {"S256"},
	}
	if len(changed) == 2 {
		q.Set(changed[0], changed[1])
	}
	return "/authorize?" + q.Encode()
}

// code signs somebody in and returns the code for it.
func (w *world) code() string {
	w.t.Helper()
	_, _, to := w.do(http.MethodPost, asking(), url.Values{"member": {"amara"}})
	u, err := url.Parse(to)
	if err != nil || !strings.HasPrefix(to, back+"?") || u.Query().Get("state") != "S1" {
		w.t.Fatalf("led to %q, %v", to, err)
	}
	return u.Query().Get("code")
}

// redeeming is the exchange of a code, with one thing changed.
func redeeming(code string, changed ...string) url.Values {
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {back}, "code_verifier": {verifier},
		"client_id": {"parley"}, "client_secret": {"secret"},
	}
	if len(changed) == 2 {
		form.Set(changed[0], changed[1])
	}
	return form
}

func TestSigningIn(t *testing.T) {
	w := newWorld(t)
	if status, page, _ := w.do(http.MethodGet, asking(), nil); status != http.StatusOK || !strings.Contains(page, "Amara Okafor") {
		t.Errorf("the page: %d %s", status, page)
	}
	status, body, _ := w.do(http.MethodPost, "/token", redeeming(w.code()))
	var tokens struct {
		IDToken string `json:"id_token"`
	}
	if err := json.Unmarshal([]byte(body), &tokens); err != nil || status != http.StatusOK {
		t.Fatalf("%d %s %v", status, body, err)
	}
	_, keys, _ := w.do(http.MethodGet, "/keys", nil)
	var set jose.JSONWebKeySet
	if err := json.Unmarshal([]byte(keys), &set); err != nil || len(set.Keys) != 1 || !set.Keys[0].IsPublic() {
		t.Fatalf("keys: %s, %v", keys, err)
	}
	token, err := jwt.ParseSigned(tokens.IDToken, []jose.SignatureAlgorithm{jose.ES256})
	if err != nil {
		t.Fatal(err)
	}
	var claims struct {
		jwt.Claims
		Nonce string `json:"nonce"`
		Email string `json:"email"`
	}
	if err := token.Claims(set.Keys[0], &claims); err != nil {
		t.Fatal(err)
	}
	if err := claims.Validate(jwt.Expected{Issuer: w.URL + "/issuer", AnyAudience: jwt.Audience{"parley"}, Time: w.now}); err != nil {
		t.Error(err)
	}
	if claims.Nonce != "N1" || claims.Email != "amara@example.com" || claims.Subject != "amara" {
		t.Errorf("claims: %+v", claims)
	}
}

func TestWhatTheIssuerRefuses(t *testing.T) {
	w := newWorld(t)
	for _, changed := range [][]string{
		{"client_id", "another"}, {"redirect_uri", "https://evil.example/"}, {"response_type", "token"},
		{"code_challenge_method", "plain"}, {"code_challenge", ""},
	} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			if status, _, to := w.do(method, asking(changed...), nil); status != http.StatusBadRequest || to != "" {
				t.Errorf("%v: %d %q", changed, status, to)
			}
		}
	}
	if _, _, to := w.do(http.MethodPost, asking(), url.Values{"member": {"nobody"}}); !strings.Contains(to, "error=access_denied") {
		t.Errorf("nobody is led to %q", to)
	}
	for want, changes := range map[int][][]string{
		http.StatusUnauthorized: {{"client_id", "another"}, {"client_secret", "wrong"}},
		http.StatusBadRequest:   {{"code_verifier", "wrong"}, {"redirect_uri", "https://evil.example/"}, {"grant_type", "password"}, {"code", "x"}},
	} {
		for _, changed := range changes {
			if status, _, _ := w.do(http.MethodPost, "/token", redeeming(w.code(), changed...)); status != want {
				t.Errorf("%v: %d", changed, status)
			}
		}
	}
	code := w.code()
	if status, _, _ := w.do(http.MethodPost, "/token", redeeming(code)); status != http.StatusOK {
		t.Errorf("a good code: %d", status)
	}
	if status, _, _ := w.do(http.MethodPost, "/token", redeeming(code)); status != http.StatusBadRequest {
		t.Errorf("the same again: %d", status)
	}
	code = w.code()
	w.now = w.now.Add(2 * time.Minute)
	if status, _, _ := w.do(http.MethodPost, "/token", redeeming(code)); status != http.StatusBadRequest {
		t.Errorf("two minutes later: %d", status)
	}
}

func Example() {
	staff, err := issuer.New(issuer.Config{
		URL: "http://127.0.0.1:8080/simulator/staff", ClientID: "parley", ClientSecret: "secret",
		RedirectURLs: []string{"http://127.0.0.1:8080/console/signed-in"},
		Members:      []issuer.Member{{ID: "amara", Name: "Amara Okafor", Email: "amara@example.com", About: "Caseworker, Leeds 2"}},
		Clock:        time.Now, NewToken: rand.Text,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	answer := httptest.NewRecorder()
	staff.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/simulator/staff/.well-known/openid-configuration", nil))
	var offered struct {
		Issuer string `json:"issuer"`
	}
	err = json.Unmarshal(answer.Body.Bytes(), &offered)
	fmt.Println(offered.Issuer, err)
	// Output: http://127.0.0.1:8080/simulator/staff <nil>
}
