package webchat

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// desk is a cashier who says what a test has them say.
type desk struct {
	payable calculation.Money
	err     error
	state   gateway.ChargeState
	began   []calculation.Money
}

func (d *desk) Payable(context.Context, gateway.VisitID) (calculation.Money, error) {
	return d.payable, d.err
}

func (d *desk) StartPayment(_ context.Context, _ gateway.VisitID, amount calculation.Money) (string, error) {
	d.began = append(d.began, amount)
	return "https://pay.example/secret-page", d.err
}

func (d *desk) Outcome(context.Context, gateway.VisitID) (gateway.ChargeState, error) {
	return d.state, d.err
}

// payer is a browser in a visit of a level.
func payer(t *testing.T, level directory.Identity, d *desk) (b *bench, get func(path string) (int, string, http.Header), post func(amount, token string) (int, string, http.Header)) {
	t.Helper()
	b = newBench(t, []gateway.Message{
		{Text: "Eich taliad nesaf yw £178.50.", Language: "cy", Private: true},
	}, func(c *Config) { c.Payments = d })
	v, err := b.OpenVisit(t.Context(), "S", "cy")
	if err != nil {
		t.Fatal(err)
	}
	b.change(func() { b.visits[v.ID].Level = level })
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(b.url)
	if err != nil {
		t.Fatal(err)
	}
	jar.SetCookies(at, []*http.Cookie{{Name: "chat", Value: "S", Path: "/"}})
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	read := func(response *http.Response, err error) (int, string, http.Header) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(page), response.Header
	}
	get = func(path string) (int, string, http.Header) { return read(client.Get(b.url + path)) }
	post = func(amount, token string) (int, string, http.Header) {
		return read(client.PostForm(b.url+"/chat/pay", url.Values{"amount": {amount}, "token": {token}}))
	}
	return b, get, post
}

func TestPayingByCard(t *testing.T) {
	d := &desk{payable: 178_50, state: gateway.Paid}
	_, get, post := payer(t, directory.Confirmed, d)
	if _, page, _ := get("/chat"); !strings.Contains(page, `<a class="govuk-link" href="/chat/pay">Talu £178.50 â cherdyn</a>`) {
		t.Errorf("it is not offered: %s", page)
	}
	status, page, _ := get("/chat/pay")
	if status != http.StatusOK || !strings.Contains(page, "Talu £178.50") || !strings.Contains(page, `name="amount" value="178.50"`) || strings.Contains(page, "pay.example") {
		t.Errorf("before: %d %s", status, page)
	}
	status, page, header := post("178.50", formToken("S"))
	if status != http.StatusOK || !strings.Contains(page, `href="https://pay.example/secret-page"`) || header.Get("Refresh") != "0; url=https://pay.example/secret-page" {
		t.Errorf("on: %d %q %s", status, header.Get("Refresh"), page)
	}
	if len(d.began) != 1 || d.began[0] != 178_50 {
		t.Errorf("payments of %v were begun", d.began)
	}
	for state, want := range map[gateway.ChargeState]string{gateway.Paid: "Gwnaed eich taliad", gateway.Unpaid: "Ni wnaed eich taliad", gateway.Going: "Nid ydym yn gwybod eto"} {
		d.state = state
		if status, page, _ := get("/chat/paid"); status != http.StatusOK || !strings.Contains(page, want) {
			t.Errorf("%s: %d %s", state, status, page)
		}
	}
}

func TestNotPaying(t *testing.T) {
	for _, test := range []struct {
		name          string
		err           error
		amount, token string
		want          int
	}{
		{"another site's form", nil, "178.50", "x", 403},
		{"an amount that is none", nil, "lots", formToken("S"), 400},
		{"a negative amount", nil, "-1", formToken("S"), 400},
		{"nothing to pay", gateway.ErrNotPayable, "178.50", formToken("S"), 404},
		{"the provider is away", gateway.ErrPayerAway, "178.50", formToken("S"), 503},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, _, post := payer(t, directory.Confirmed, &desk{payable: 178_50, err: test.err})
			if status, _, header := post(test.amount, test.token); status != test.want || header.Get("Refresh") != "" {
				t.Errorf("status %d, want %d; leads to %q", status, test.want, header.Get("Refresh"))
			}
		})
	}
	t.Run("not offered before it is known who they are", func(t *testing.T) {
		_, get, _ := payer(t, directory.Known, &desk{payable: 178_50})
		if _, page, _ := get("/chat"); strings.Contains(page, "/chat/pay") {
			t.Error("it is")
		}
	})
	t.Run("not offered when nothing is to be paid", func(t *testing.T) {
		_, get, _ := payer(t, directory.Confirmed, &desk{err: gateway.ErrNotPayable})
		if _, page, _ := get("/chat"); strings.Contains(page, "/chat/pay") {
			t.Error("it is")
		}
		if status, page, _ := get("/chat/pay"); status != 404 || !strings.Contains(page, "Nid oes dim") {
			t.Errorf("%d %s", status, page)
		}
	})
	t.Run("nobody knows how it went", func(t *testing.T) {
		_, get, _ := payer(t, directory.Confirmed, &desk{err: errors.New("away")})
		if status, page, _ := get("/chat/paid"); status != 200 || !strings.Contains(page, "Nid ydym yn gwybod eto") {
			t.Errorf("%d %s", status, page)
		}
	})
	t.Run("nothing was begun", func(t *testing.T) {
		_, get, _ := payer(t, directory.Confirmed, &desk{err: gateway.ErrNotFound})
		if status, _, header := get("/chat/paid"); status != 303 || header.Get("Location") != "/chat" {
			t.Errorf("%d to %q", status, header.Get("Location"))
		}
	})
	t.Run("where nobody takes payments", func(t *testing.T) {
		b := newBench(t, nil)
		response, err := http.Get(b.url + "/chat/pay")
		if err != nil || response.StatusCode != http.StatusNotFound {
			t.Errorf("%v, %v", response, err)
		}
	})
}
