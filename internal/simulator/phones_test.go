package simulator_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/simulator"
	"parley/templates"
)

// telephones serves the page over an emulator and a gateway, and records what
// is asked of the gateway beside texts.
type telephones struct {
	*far
	gateway *gateway
	url     string
	asked   []string
}

var people = []simulator.Person{
	{ID: "P1", Name: "Sam Example", Role: "paying parent", Case: "300012345678", Number: sam, Language: templates.English},
	{ID: "R1", Name: "Ali <Example>", Role: "receiving parent", Case: "300012345678", Number: "+447700900102", Language: templates.Welsh},
	{ID: "a/b", Name: "Jo Other", Role: "paying parent", Case: "300099999999", Language: templates.English},
}

func newTelephones(t testing.TB, change ...func(*simulator.TwilioConfig)) *telephones {
	g := newGateway(t)
	tel := &telephones{gateway: g}
	// Streams end before the server waits for them: what is registered last is
	// cleaned up first.
	server := httptest.NewUnstartedServer(nil)
	t.Cleanup(server.Close)
	tel.far = newFar(t, g, change...)
	phones, err := simulator.NewPhones(simulator.PhonesConfig{
		Twilio: tel.Twilio,
		People: func(context.Context) ([]simulator.Person, error) { return people, nil },
		Dialogs: func() []simulator.DialogChoice {
			return []simulator.DialogChoice{{Name: "income-change", Title: "Report a change of income"}, {Name: "payment-made", Title: "Tell us of a payment", For: "paying parent"}}
		},
		Start: func(_ context.Context, personID, dialog string) error {
			tel.asked = append(tel.asked, "start "+dialog+" with "+personID)
			if personID == "R1" {
				return errors.New("a conversation is open")
			}
			return nil
		},
		Clock: func() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) },
		Forward: func(_ context.Context, by time.Duration) error {
			tel.asked = append(tel.asked, "forward by "+by.String())
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = phones
	server.Start()
	tel.url = server.URL
	return tel
}

func (tel *telephones) get(t *testing.T, path string) (*http.Response, string) {
	t.Helper()
	response, err := http.Get(tel.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

func (tel *telephones) post(t *testing.T, path string, form url.Values, site string) (status int, says string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, tel.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", site)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, strings.TrimSpace(string(body))
}

func TestPageShowsTheTelephonesOfOneCase(t *testing.T) {
	tel := newTelephones(t)
	for _, c := range []struct {
		path        string
		shows, nots []string
	}{
		{"/simulator/", []string{"Sam Example", "Ali &lt;Example&gt;", "07700 900101", "receiving parent · Welsh", "Report a change of income",
			"<option selected>300012345678</option>", "<option>300099999999</option>"}, []string{"Jo Other"}},
		{"/simulator/?case=300099999999", []string{"Jo Other", "no telephone", "/simulator/phones/a%2Fb/texts", "disabled"}, []string{"Sam Example"}},
		{"/simulator/?case=%3Cscript%3E", []string{"No case &lt;script&gt; has telephones."}, []string{"Sam Example", "<script>"}},
	} {
		response, page := tel.get(t, c.path)
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", c.path, response.StatusCode)
		}
		for _, words := range c.shows {
			if !strings.Contains(page, words) {
				t.Errorf("%s does not show %q", c.path, words)
			}
		}
		for _, words := range c.nots {
			if strings.Contains(page, words) {
				t.Errorf("%s shows %q", c.path, words)
			}
		}
	}
}

// The page works under its own Content-Security-Policy: nothing inline, nothing
// from elsewhere.
func TestPageIsFitForItsPolicy(t *testing.T) {
	tel := newTelephones(t)
	response, page := tel.get(t, "/simulator/")
	if policy := response.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; script-src 'self'; style-src 'self'") {
		t.Errorf("policy is %q", policy)
	}
	if inline := regexp.MustCompile(`(?i)<style|\son[a-z]+=|\sstyle=|<script(?:\s+type="module")?>|https?://`).FindString(page); inline != "" {
		t.Errorf("the page has %q", inline)
	}
	linked := regexp.MustCompile(`(?:href|src)="(/[^"]+)"`).FindAllStringSubmatch(page, -1)
	if len(linked) != 2 {
		t.Errorf("the page links %d files, want a style and a script", len(linked))
	}
	for _, link := range linked {
		if response, body := tel.get(t, link[1]); response.StatusCode != http.StatusOK || body == "" {
			t.Errorf("%s: status %d", link[1], response.StatusCode)
		}
	}
	for _, path := range []string{"/simulator/assets/phones.html", "/simulator/assets/..%2fphones.go", "/simulator/assets/none.js", "/simulator/none"} {
		if response, _ := tel.get(t, path); response.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", path, response.StatusCode)
		}
	}
}

func TestWhatAPersonMayDo(t *testing.T) {
	const same, cross = "same-origin", "cross-site"
	text := url.Values{"body": {"hello"}}
	for _, c := range []struct {
		name, path string
		form       url.Values
		site       string
		status     int
		says       string
		asked      []string
	}{
		{"text", "/simulator/phones/P1/texts", text, same, 204, "", nil},
		{"text of nobody", "/simulator/phones/X/texts", text, same, 404, "There is no such person.", nil},
		{"text of who has no telephone", "/simulator/phones/a%2Fb/texts", text, same, 409, "Jo Other has no telephone.", nil},
		{"empty text", "/simulator/phones/P1/texts", nil, same, 422, "Type a message first.", nil},
		{"text too long", "/simulator/phones/P1/texts", url.Values{"body": {strings.Repeat("ŵ", 1601)}}, same, 422, "A text can have 1,600 characters at most.", nil},
		{"text from another site", "/simulator/phones/P1/texts", text, cross, 403, "cross-origin request detected from Sec-Fetch-Site header", nil},
		{"start", "/simulator/phones/P1/conversations", url.Values{"dialog": {"income-change"}}, same, 204, "", []string{"start income-change with P1"}},
		{"start that fails", "/simulator/phones/R1/conversations", url.Values{"dialog": {"income-change"}}, same, 502,
			"The conversation did not start: a conversation is open", []string{"start income-change with R1"}},
		{"start of a dialog for the other parent", "/simulator/phones/R1/conversations", url.Values{"dialog": {"payment-made"}}, same, 422, "There is no such dialog for this person.", nil},
		{"start of no dialog", "/simulator/phones/P1/conversations", url.Values{"dialog": {"other"}}, same, 422, "There is no such dialog for this person.", nil},
		{"clock from another site", "/simulator/clock", nil, cross, 403, "cross-origin request detected from Sec-Fetch-Site header", nil},
		{"start from another site", "/simulator/phones/P1/conversations", url.Values{"dialog": {"income-change"}}, cross, 403, "cross-origin request detected from Sec-Fetch-Site header", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			tel := newTelephones(t)
			status, says := tel.post(t, c.path, c.form, c.site)
			if status != c.status || says != c.says {
				t.Errorf("answer %d %q, want %d %q", status, says, c.status, c.says)
			}
			if diff := cmp.Diff(c.asked, tel.asked); diff != "" {
				t.Errorf("asked of the gateway (-want +got):\n%s", diff)
			}
			if texts, want := len(tel.gateway.webhooks), c.name == "text"; (texts == 1) != want {
				t.Errorf("%d texts reached the gateway", texts)
			}
		})
	}
}

func TestGatewayThatIsDownIsSaid(t *testing.T) {
	tel := newTelephones(t)
	tel.gateway.Close()
	status, says := tel.post(t, "/simulator/phones/P1/texts", url.Values{"body": {"hello"}}, "same-origin")
	if status != http.StatusBadGateway || !strings.HasPrefix(says, "The gateway did not take the text") {
		t.Errorf("answer %d %q", status, says)
	}
}

// events reads a stream until it has seen n events, one line for each.
func events(t *testing.T, stream *bufio.Scanner, n int) []string {
	t.Helper()
	var seen []string
	event := ""
	for len(seen) < n && stream.Scan() {
		line := stream.Text()
		if name, is := strings.CutPrefix(line, "event: "); is {
			event = name
		}
		data, is := strings.CutPrefix(line, "data: ")
		if !is {
			continue
		}
		var b struct {
			Phone, Words, Status, Parts string
			Mine, Arrived, Failed       bool
			At                          time.Time
		}
		if err := json.Unmarshal([]byte(data), &b); err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		if event == "ready" {
			seen = append(seen, "ready")
			continue
		}
		if !b.At.Equal(now) {
			t.Errorf("%q is of %s", b.Words, b.At)
		}
		seen = append(seen, fmt.Sprintf("%s mine=%t %q %s arrived=%t failed=%t %s", b.Phone, b.Mine, b.Words, b.Status, b.Arrived, b.Failed, b.Parts))
	}
	return seen
}

func TestStreamShowsWhatWasAndWhatComes(t *testing.T) {
	tel := newTelephones(t)
	if _, err := tel.Text(t.Context(), sam, ours, "before"); err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, tel.url+"/simulator/events?case=300012345678", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("content type is %s", kind)
	}
	stream := bufio.NewScanner(response.Body)
	want := []string{sam + ` mine=true "before" Received arrived=true failed=false 1 part, GSM-7`, "ready"}
	if diff := cmp.Diff(want, events(t, stream, 2)); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}

	api, _ := tel.api(token, 0)
	tel.SetFault("+447700900102", simulator.Fault{Undelivered: 30005})
	for _, m := range []struct{ to, body string }{
		{"+447700900999", "for nobody here"},
		{"+447700900102", "two\nlines " + strings.Repeat("ŵ", 70)},
	} {
		if _, err := api.CreateMessage(tel.gateway.message(m.to, m.body)); err != nil {
			t.Fatal(err)
		}
	}
	long := fmt.Sprintf("+447700900102 mine=false %q", "two\nlines "+strings.Repeat("ŵ", 70))
	want = []string{
		long + " Queued arrived=false failed=false 2 parts, UCS-2",
		long + " Sent arrived=false failed=false 2 parts, UCS-2",
		long + " Not delivered, error 30005 arrived=false failed=true 2 parts, UCS-2",
	}
	if diff := cmp.Diff(want, events(t, stream, 3)); diff != "" {
		t.Errorf("what comes (-want +got):\n%s", diff)
	}
}

func TestStreamEndsWithTheEmulator(t *testing.T) {
	tel := newTelephones(t)
	response, err := http.Get(tel.url + "/simulator/events?case=300012345678")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := tel.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		t.Errorf("the stream broke: %v", err)
	}
}

func TestTheClockGoesOn(t *testing.T) {
	tel := newTelephones(t)
	status, page := tel.post(t, "/simulator/clock?case=300099999999", nil, "same-origin")
	if status != http.StatusOK || !strings.Contains(page, "<option selected>300099999999</option>") || !strings.Contains(page, "It is Sunday 22 November 2026.") {
		t.Errorf("the page after it: %d %s", status, page)
	}
	if want := []string{"forward by 24h0m0s"}; !slices.Equal(tel.asked, want) {
		t.Errorf("asked of the gateway: %q", tel.asked)
	}
}

func TestPeopleThatCannotBeRead(t *testing.T) {
	tel := newTelephones(t)
	phones, err := simulator.NewPhones(simulator.PhonesConfig{
		Twilio:  tel.Twilio,
		People:  func(context.Context) ([]simulator.Person, error) { return nil, errors.New("the store is away") },
		Dialogs: func() []simulator.DialogChoice { return nil },
		Start:   func(context.Context, string, string) error { return nil },
		Clock:   time.Now, Forward: func(context.Context, time.Duration) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []*http.Request{
		httptest.NewRequest(http.MethodGet, "/simulator/", nil),
		httptest.NewRequest(http.MethodGet, "/simulator/events", nil),
		httptest.NewRequest(http.MethodPost, "/simulator/phones/P1/texts", nil),
	} {
		w := httptest.NewRecorder()
		phones.ServeHTTP(w, r)
		if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "store") {
			t.Errorf("%s: %d %q", r.URL, w.Code, w.Body)
		}
	}
	if _, err := simulator.NewPhones(simulator.PhonesConfig{Twilio: tel.Twilio}); err == nil {
		t.Error("the page was made without what it needs")
	}
}
