package simulator_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"parley/internal/servertest"
	"parley/internal/simulator"
	"parley/internal/simulator/exchange"
	"parley/templates"
)

// landlines serves the page, before a gateway that answers each path with its
// TwiML.
func landlines(t *testing.T, answers map[string]string) string {
	t.Helper()
	gateway := httptest.NewServer(nil)
	t.Cleanup(gateway.Close)
	gateway.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, strings.ReplaceAll("<Response>"+answers[r.URL.Path]+"</Response>", "URL", gateway.URL))
	})
	sids := 0
	x, err := exchange.New(exchange.Config{
		AccountSID: "AC1", AuthToken: token, Number: "+441632960000", GatewayURL: gateway.URL,
		NewSID: func() string { sids++; return fmt.Sprintf("%032d", sids) },
		Sign:   func(address string, form url.Values) string { return simulator.Sign(token, address, form) },
	})
	if err != nil {
		t.Fatal(err)
	}
	callers := []simulator.Person{
		{ID: "P1", Name: "Sam Example", Role: "paying parent", Case: "300012345678", Number: sam, Language: templates.English, PIN: "1234567"},
		{ID: "R1", Name: "Ali <Example>", Role: "receiving parent", Case: "300012345678", Language: templates.Welsh},
	}
	page, err := simulator.NewLandline(simulator.LandlineConfig{
		Exchange: x, Number: "+441632960000", Desk: "+441632960999",
		People:    func(context.Context) ([]simulator.Person, error) { return callers, nil },
		Elsewhere: []simulator.Link{{Name: "Telephones", Path: "/simulator/"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	styles, err := url.Parse(newTelephones(t).url)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/simulator/landline", page)
	mux.Handle("/simulator/landline/", page)
	mux.Handle("/simulator/assets/", httputil.NewSingleHostReverseProxy(styles))
	mux.Handle("/2010-04-01/", x)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

var aCall = map[string]string{
	"/twilio/voice": `<Gather input="dtmf" action="URL/choice" method="POST" numDigits="1"><Say language="en-GB">For English, press 1.</Say><Say language="cy-GB">I siarad Cymraeg, pwyswch 2.</Say></Gather>`,
	"/choice":       `<Say language="cy-GB">Helo.</Say><Gather input="dtmf speech" action="URL/tone" method="POST"><Say>Pam?</Say></Gather>`,
	"/tone":         `<Record action="URL/over" method="POST"/>`,
	"/over":         `<Say>Hwyl.</Say><Hangup/>`,
}

// submit posts a form of the page, and returns the page that it leads to.
func submit(t *testing.T, server, path string, pairs ...string) string {
	t.Helper()
	form := url.Values{"case": {"300012345678"}, "at": {"phone-0"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	response, err := http.PostForm(server+path, form)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d, %v", path, response.StatusCode, err)
	}
	return string(body)
}

func TestACallOnTheLandline(t *testing.T) {
	server := landlines(t, aCall)
	const sams = "/simulator/landline/people/P1"
	for _, step := range []struct {
		do   []string
		want string
	}{
		{[]string{"do", "keys", "keys", "1"}, "That did not work"},
		{[]string{"do", "call"}, "For English, press 1."},
		{[]string{"do", "keys", "keys", "x"}, "keys are figures"},
		{[]string{"do", "keys", "keys", "2"}, `lang="cy"><span class="hidden" lang="en">Heard: </span>Helo.`},
		{[]string{"do", "say", "words", "fy <nghyflog>"}, "fy &lt;nghyflog&gt;"},
		{[]string{"do", "message"}, "The call is over."},
		{[]string{"do", "call"}, "For English, press 1."},
		{[]string{"do", "hang-up"}, "The call is over."},
	} {
		if page := submit(t, server, sams, step.do...); !strings.Contains(page, step.want) {
			t.Fatalf("after %v no %q in\n%s", step.do, step.want, page)
		}
	}
	response, err := http.PostForm(server+"/simulator/landline/people/nobody", nil)
	if err != nil || response.StatusCode != http.StatusNotFound {
		t.Errorf("nobody's telephone: %d, %v", response.StatusCode, err)
	}
	_ = response.Body.Close()
}

func TestLandlinesInABrowser(t *testing.T) {
	server := landlines(t, aCall)
	submit(t, server, "/simulator/landline/people/P1", "do", "call")
	submit(t, server, "/simulator/landline/people/P1", "do", "keys", "keys", "2")
	for _, width := range []int64{1200, servertest.NarrowPhone} {
		b := servertest.OpenBrowser(t, width)
		b.Open(server + "/simulator/landline")
		b.Accessible(fmt.Sprintf("landline-%d", width))
	}
}
