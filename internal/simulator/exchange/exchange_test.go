package exchange

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatTwilioDoesNotTakeIsAnError(t *testing.T) {
	for document, wrong := range map[string]string{
		`<Response><Say language="en-GB">Hello.</Say><Hangup/></Response>`:      "",
		`<?xml version="1.0"?><Response/>`:                                      "",
		`<Response><Speak>Hello.</Speak></Response>`:                            "<Speak> is in <Response>",
		`<Response><Say lang="en">Hello.</Say></Response>`:                      `lang="en"`,
		`<Response><Say language="en">Hello.</Say></Response>`:                  `language="en"`,
		`<Response><Say/></Response>`:                                           "<Say> with the text",
		`<Response><Gather><Record/></Gather></Response>`:                       "<Record> is in <Gather>",
		`<Response><Gather action="/said"/></Response>`:                         `action="/said"`,
		`<Response><Redirect>/more</Redirect></Response>`:                       "is no address",
		`<Response><Pause length="0"/></Response>`:                              `length="0"`,
		`<Response><Say>` + strings.Repeat("long ", 1000) + `</Say></Response>`: "4,096",
		`<Response>`:             "EOF",
		`<Say>Hello.</Say>`:      "no <Response>",
		`<Response/><Response/>`: "second root",
		`plain`:                  "no <Response>",
		``:                       "no <Response>",
	} {
		_, err := parse([]byte(document))
		if (err == nil) != (wrong == "") || err != nil && !strings.Contains(err.Error(), wrong) {
			t.Errorf("%.60s: %v, want %q", document, err, wrong)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`<Response><Gather action="http://a/b" numDigits="1"><Say>1</Say></Gather></Response>`))
	f.Fuzz(func(t *testing.T, document []byte) {
		verbs, err := parse(document)
		for _, v := range verbs {
			if _, known := rules[v.name]; !known && err == nil {
				t.Errorf("takes <%s>", v.name)
			}
		}
	})
}

// gatewayOf answers each path with its TwiML, and writes down what it is told.
func gatewayOf(t *testing.T, answers map[string]string) (*Exchange, *[]string) {
	t.Helper()
	var told []string
	server := httptest.NewServer(nil)
	t.Cleanup(server.Close)
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Twilio-Signature") != "signed "+server.URL+r.URL.String() {
			http.Error(w, "forged", http.StatusForbidden)
			return
		}
		_ = r.ParseForm()
		line := r.URL.Path
		for _, name := range []string{"CallStatus", "Digits", "SpeechResult", "QueueResult", "DialCallStatus", "RecordingSid"} {
			if value := r.PostForm.Get(name); value != "" {
				line += " " + name + "=" + value
			}
		}
		told = append(told, line)
		_, _ = io.WriteString(w, "<Response>"+strings.ReplaceAll(answers[r.URL.Path], "URL", server.URL)+"</Response>")
	})
	sids := 0
	x, err := New(Config{AccountSID: "AC1", AuthToken: "T", Number: "+441632960000", GatewayURL: server.URL,
		NewSID: func() string { sids++; return fmt.Sprintf("%032d", sids) },
		Sign:   func(address string, _ url.Values) string { return "signed " + address }})
	if err != nil {
		t.Fatal(err)
	}
	return x, &told
}

// Two who are put through part: each end is told once, and in Twilio's order.
func TestPutThrough(t *testing.T) {
	x, told := gatewayOf(t, map[string]string{
		"/twilio/voice": `<Enqueue action="URL/left" waitUrl="URL/wait">Q1</Enqueue>`,
		"/wait":         `<Play>http://a.example/music</Play><Redirect>URL/wait</Redirect>`,
		"/desk":         `<Dial action="URL/done"><Queue>Q1</Queue></Dial>`,
	})
	caller, err := x.Dial(t.Context(), "+447700900101")
	if err != nil {
		t.Fatal(err)
	}
	call := httptest.NewRequest(http.MethodPost, "/2010-04-01/Accounts/AC1/Calls.json", strings.NewReader(url.Values{
		"To": {"+441632960999"}, "From": {"+441632960000"}, "Url": {x.config.GatewayURL + "/desk"}}.Encode()))
	call.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	call.SetBasicAuth("AC1", "T")
	answer := httptest.NewRecorder()
	if x.ServeHTTP(answer, call); answer.Code != http.StatusCreated {
		t.Fatalf("ringing: %d %s", answer.Code, answer.Body)
	}
	desk := x.Ringing("+441632960999")
	if err := desk.PickUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if caller.State() != Talking || desk.State() != Talking {
		t.Fatalf("%s and %s", caller.State(), desk.State())
	}
	if err := caller.HangUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"/twilio/voice CallStatus=in-progress", "/wait CallStatus=in-progress", "/desk CallStatus=in-progress",
		"/left CallStatus=completed QueueResult=bridged", "/twilio/voice/status CallStatus=completed",
		"/done CallStatus=in-progress DialCallStatus=completed",
	}
	if diff := cmp.Diff(want, *told); diff != "" {
		t.Errorf("the gateway was told (-want +got):\n%s", diff)
	}
	if err := caller.Press(t.Context(), "1"); err == nil {
		t.Error("keys are pressed on a line that is over")
	}
}
