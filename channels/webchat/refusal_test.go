package webchat

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

// begun is a browser in a visit of somebody unknown.
func (b *bench) begun(t *testing.T) *plainBrowser {
	t.Helper()
	return b.browse(t).get("/chat").press("Start a chat", "en").mustBe(200)
}

func TestWhatCannotBeTakenComesBackAsItWas(t *testing.T) {
	for _, c := range []struct {
		name, button string
		ask          gateway.Message
		enter        []string
		status       int
		says         string
	}{
		{"nothing selected", "Continue", asking("Up or down?", dialogs.Ask{Kind: dialogs.ForChoice, Options: []dialogs.Option{{Label: "up"}}}), nil, 422, "Select an answer"},
		{"no amount", "Continue", asking("How much?", dialogs.Ask{Kind: dialogs.ForMoney}), []string{" "}, 422, "Enter an amount"},
		{"no date", "Continue", asking("When?", dialogs.Ask{Kind: dialogs.ForDate}), []string{"", "", ""}, 422, "Enter a date"},
		{"no name", "Continue", asking("Who?", dialogs.Ask{Kind: dialogs.ForName}), []string{""}, 422, "Enter an answer"},
		{"no message", "Send", gateway.Message{Text: "Hello.", Language: templates.English}, []string{""}, 422, "Write a message first"},
		{"too long", "Continue", asking("What else?", dialogs.Ask{Kind: dialogs.ForText}), []string{strings.Repeat("x", longest+1)}, 422, "4,000 characters or fewer"},
		{"no secret", "Continue", asking("Your PIN?", dialogs.Ask{Kind: dialogs.ForIdentity}), []string{""}, 422, "Enter your PIN"},
		{"a wrong secret", "Continue", asking("Your PIN?", dialogs.Ask{Kind: dialogs.ForIdentity}), []string{"7654321"}, 422, "That is not right"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, []gateway.Message{c.ask})
			p := b.begun(t).press(c.button, c.enter...)
			p.mustBe(c.status).mustSay("There is a problem", c.says)
			if !strings.HasPrefix(p.title(), "Error: ") {
				t.Errorf("the title is %q", p.title())
			}
			if got := b.texts(); len(got) > 0 {
				t.Errorf("the gateway heard %q", got)
			}
			if len(c.enter) > 0 && strings.TrimSpace(c.enter[0]) != "" && c.ask.Ask.Kind != dialogs.ForIdentity && !strings.Contains(p.source, c.enter[0]) {
				t.Error("what was entered is gone")
			}
		})
	}
}

func TestWhatTheGatewayCouldNotTakeIsSentAgainAsTheSame(t *testing.T) {
	b := newBench(t, []gateway.Message{asking("Who?", dialogs.Ask{Kind: dialogs.ForName}), asking("And?", dialogs.Ask{Kind: dialogs.ForText})})
	p := b.begun(t)
	b.change(func() { b.refuse = errors.New("the store is away") })
	p.press("Continue", "Sam").mustBe(503).mustSay("Sorry, that did not reach us. Try again")
	b.change(func() { b.refuse = nil })
	p.press("Continue", "Sam").mustBe(200).mustSay("And?")
	if got := b.texts(); len(got) != 1 || got[0] != "Sam" {
		t.Errorf("the gateway heard %q", got)
	}
	if n := strings.Count(p.source, "<p>Sam</p>"); n != 1 {
		t.Errorf("the answer shows %d times", n)
	}
}

func TestAFormSentTwiceIsOneAnswer(t *testing.T) {
	b := newBench(t, []gateway.Message{asking("Who?", dialogs.Ask{Kind: dialogs.ForName}), asking("And?", dialogs.Ask{Kind: dialogs.ForText})})
	p := b.begun(t)
	form, fields := p.form("Continue")
	fields.Set("answer", "Sam")
	for range 2 {
		p.post(attribute(form, "action"), fields).mustBe(200)
	}
	if got := b.texts(); len(got) != 1 {
		t.Errorf("the gateway heard %q", got)
	}

	// The same page again, from the browser's history, answers no other question.
	fields.Set("id", "another")
	p.post(attribute(form, "action"), fields).mustBe(200).mustSay("That question was answered before.", "And?")
	if got := b.texts(); len(got) != 1 {
		t.Errorf("the gateway heard %q", got)
	}
}

func TestASecretIsNeverAMessage(t *testing.T) {
	b := newBench(t, []gateway.Message{asking("Please enter your PIN.", dialogs.Ask{Kind: dialogs.ForIdentity}), {Text: "Thank you.", Language: templates.English}})
	p := b.begun(t)
	p.press("Continue", "7654321").mustNotSay("7654321")
	p.press("Continue", "1234567").mustBe(200).mustSay("Thank you.").mustNotSay("1234567")
	if got := b.texts(); len(got) > 0 {
		t.Errorf("the gateway heard %q", got)
	}

	b = newBench(t, []gateway.Message{asking("Please enter your PIN.", dialogs.Ask{Kind: dialogs.ForIdentity})})
	p = b.begun(t)
	for range 3 {
		p.press("Continue", "1")
	}
	p.press("Continue", "1234567").mustBe(429).mustSay("too many wrong tries")
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	b := newBench(t, []gateway.Message{asking("Who?", dialogs.Ask{Kind: dialogs.ForName})})
	p := b.begun(t)
	form, fields := p.form("Continue")
	fields.Set("answer", "Mallory")
	for _, c := range []struct {
		name    string
		headers map[string]string
		token   string
		status  int
	}{
		{"another site, by Sec-Fetch-Site", map[string]string{"Sec-Fetch-Site": "cross-site"}, fields.Get("token"), 403},
		{"a sister site", map[string]string{"Sec-Fetch-Site": "same-site"}, fields.Get("token"), 403},
		{"another site, by Origin", map[string]string{"Origin": "https://evil.example"}, fields.Get("token"), 403},
		{"a page without an origin", map[string]string{"Origin": "null"}, fields.Get("token"), 403},
		{"no token", map[string]string{"Sec-Fetch-Site": "same-origin"}, "", 403},
		{"the token of another visit", map[string]string{"Sec-Fetch-Site": "same-origin"}, formToken("another"), 403},
		{"our own page", map[string]string{"Sec-Fetch-Site": "same-origin"}, fields.Get("token"), 200},
		{"our own page, in an old browser", map[string]string{"Origin": b.url}, fields.Get("token"), 200},
	} {
		fields.Set("token", c.token)
		fields.Set("id", "m-"+url.QueryEscape(c.token)+c.headers["Origin"][:min(4, len(c.headers["Origin"]))])
		fields.Set("say", "PERSON")
		request, err := http.NewRequest(http.MethodPost, b.url+attribute(form, "action"), strings.NewReader(fields.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for name, value := range c.headers {
			request.Header.Set(name, value)
		}
		before := len(b.texts())
		p.do(request)
		if p.status != c.status {
			t.Errorf("%s: status %d, want %d", c.name, p.status, c.status)
		}
		if heard := len(b.texts()) - before; (heard == 1) != (c.status == 200) {
			t.Errorf("%s: the gateway heard %d messages", c.name, heard)
		}
	}
}

func TestALinkIsFollowedOnlyWhenAsked(t *testing.T) {
	b := newBench(t, []gateway.Message{asking("Who?", dialogs.Ask{Kind: dialogs.ForName})})
	p := b.browse(t)
	for range 3 { // programs that look at links
		p.get("/chat/l/good").mustBe(200)
	}
	if len(b.visits) != 0 {
		t.Fatal("looking at a link began a visit")
	}
	p.press("Continue").mustBe(200).mustSay("Who?")
	p.get("/chat/l/used").mustBe(200)
	p.press("Continue").mustBe(410).mustSay("This link does not work any more")
}

// The discreet have no word of the service on any page of their visit.
func TestDiscreetPagesNameNobody(t *testing.T) {
	b := newBench(t, []gateway.Message{asking("Who?", dialogs.Ask{Kind: dialogs.ForName}), asking("And?", dialogs.Ask{Kind: dialogs.ForText})})
	p := b.browse(t)
	for _, page := range []func(){
		func() { p.get("/chat/l/good") },
		func() { p.press("Continue") },
		func() { p.press("Continue", "Sam") },
		func() { p.get("/chat/copy") },
	} {
		page()
		p.mustBe(200).mustNotSay("Child Maintenance", "Cynhaliaeth")
		if p.title() != "Messages" {
			t.Errorf("the title of %s is %q", p.at, p.title())
		}
	}
	p.get("/chat").mustNotSay("Keep a copy")
}

func TestExitLeavesNothing(t *testing.T) {
	b := newBench(t, []gateway.Message{asking("Who?", dialogs.Ask{Kind: dialogs.ForName})})
	p := b.begun(t)
	secret := p.client.Jar.Cookies(p.at)[0].Value
	_, fields := p.form("Continue")
	p.press("Exit this page").mustBe(200).mustNotSay("Who?", "Child Maintenance")
	if refresh := p.header.Get("Refresh"); refresh != "0; url=https://www.bbc.co.uk/weather" {
		t.Errorf("it leads to %q", refresh)
	}
	if left := p.client.Jar.Cookies(p.at); len(left) > 0 {
		t.Errorf("the browser keeps %v", left)
	}
	if b.visits[gateway.VisitID(secret)].Ended.IsZero() {
		t.Error("the visit goes on")
	}
	p.get("/chat").mustSay("Before you start").mustNotSay("Who?")

	// Whoever has the secret all the same gets nothing for it.
	p.client.Jar.SetCookies(p.at, []*http.Cookie{{Name: "chat", Value: secret, Path: "/"}})
	p.post("/chat", fields).mustSay("Your chat has ended").mustNotSay("Who?")
	_, err := b.chat.Send(t.Context(), gateway.Message{ID: "late", To: gateway.Address{Channel: directory.WebChat, Value: secret}, Text: "Are you there?"})
	var failure *gateway.SendError
	if !errors.As(err, &failure) || failure.Outcome != gateway.Refused || failure.Reason == "" {
		t.Errorf("Send after the end = %v", err)
	}
}

func TestFiles(t *testing.T) {
	payslip := []gateway.Message{asking("Add a photo.", dialogs.Ask{Kind: dialogs.ForFile, Words: []dialogs.Option{{Label: "later"}}}), asking("And?", dialogs.Ask{Kind: dialogs.ForText})}
	t.Run("taken", func(t *testing.T) {
		b := newBench(t, payslip)
		p := b.begun(t)
		p.sendFile("Send the file", "payslip.jpg", "JPEG").mustBe(200).mustSay("You sent a file: payslip.jpg", "And?")
		if b.files["F1"] != "JPEG" || len(b.heard) != 1 || len(b.heard[0].Files) != 1 || b.heard[0].Text != "" {
			t.Errorf("the gateway heard %+v, and the files are %v", b.heard, b.files)
		}
	})
	for _, c := range []struct {
		name, file, content string
		refusal             error
		status              int
		says                string
	}{
		{"none chosen", "", "", nil, 422, "Choose a file"},
		{"too large", "a.pdf", strings.Repeat("x", maxUpload), nil, 413, "smaller than 10 MB"},
		{"too large, by what takes it", "a.pdf", "x", gateway.ErrFileTooLarge, 413, "smaller than 10 MB"},
		{"another kind", "a.exe", "x", gateway.ErrFileKind, 415, "must be a photo"},
		{"unreadable", "a.jpg", "x", gateway.ErrFileUnreadable, 422, "could not read the file"},
		{"infected", "a.pdf", "x", gateway.ErrFileInfected, 422, "has a virus"},
		{"not kept", "a.pdf", "x", errors.New("the disk is full"), 503, "did not reach us"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, payslip)
			p := b.begun(t)
			b.change(func() { b.takes = c.refusal })
			p.sendFile("Send the file", c.file, c.content).mustBe(c.status).mustSay("There is a problem", c.says)
			if len(b.heard) > 0 {
				t.Errorf("the gateway heard %+v", b.heard)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	b := newBench(t, nil, func(c *Config) { c.AllowedOrigins = []string{"https://www.example"} })
	p := b.browse(t).get("/chat")
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self' https://www.example",
		"Cache-Control":           "no-store",
		"Referrer-Policy":         "same-origin",
		"X-Content-Type-Options":  "nosniff",
	} {
		if got := p.header.Get(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	p = newBench(t, nil).browse(t).get("/chat")
	if got := p.header.Get("Content-Security-Policy"); !strings.HasSuffix(got, "frame-ancestors 'none'") {
		t.Errorf("without allowed sites: %s", got)
	}
}

func TestCookies(t *testing.T) {
	for _, c := range []struct {
		name, public, dest, want string
	}{
		{"over TLS", "https://chat.example", "document", "__Host-chat=S; Path=/; HttpOnly; Secure; SameSite=Lax"},
		{"inside another site", "https://chat.example", "iframe", "__Host-chat=S; Path=/; HttpOnly; Secure; SameSite=None; Partitioned"},
		{"on a developer's machine", "http://localhost:8080", "document", "chat=S; Path=/; HttpOnly; SameSite=Lax"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, nil, func(config *Config) {
				config.PublicURL, config.NewSecret = c.public, func() string { return "S" }
			})
			request, err := http.NewRequest(http.MethodPost, b.url+"/chat/start", nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Sec-Fetch-Dest", c.dest)
			client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			response, err := client.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if got := response.Header.Get("Set-Cookie"); got != c.want {
				t.Errorf("Set-Cookie: %s, want %s", got, c.want)
			}
		})
	}
}
