package console

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/gateway"
)

func TestSignIn(t *testing.T) {
	h := newHouse(t)
	t.Run("leads back to the page that was asked for", func(t *testing.T) {
		tab := h.newTab(t)
		asked := tab.get("/console/team?kind=report")
		got := tab.enter("amara", asked.to)
		if got.status != http.StatusSeeOther || got.to != "/console/team?kind=report" {
			t.Errorf("%d %q", got.status, got.to)
		}
		if page := tab.get(got.to); page.status != http.StatusOK || !strings.Contains(page.body, "Amara Okafor") {
			t.Errorf("%d", page.status)
		}
	})
	t.Run("leads nowhere else", func(t *testing.T) {
		for _, to := range []string{"https://evil.example/console/", "//evil.example/console/", "/console/../chat", "/\\evil.example", "javascript:1", "/chat"} {
			tab := h.newTab(t)
			if got := tab.enter("amara", "/console/sign-in?"+url.Values{"to": {to}}.Encode()); !strings.HasPrefix(got.to, "/console/") {
				t.Errorf("%q leads to %q", to, got.to)
			}
		}
	})
	t.Run("is for staff alone", func(t *testing.T) {
		for _, member := range []string{"stranger", "unverified"} {
			tab := h.newTab(t)
			got := tab.enter(member, "/console/sign-in")
			if got.status != http.StatusForbidden || !strings.Contains(got.body, "You do not have access") {
				t.Errorf("%s: %d", member, got.status)
			}
			if got := tab.get("/console/work"); got.status != http.StatusSeeOther {
				t.Errorf("%s then sees %d", member, got.status)
			}
		}
	})
	t.Run("needs the issuer's yes", func(t *testing.T) {
		if got := h.newTab(t).enter("", "/console/sign-in"); got.status != http.StatusBadRequest {
			t.Errorf("%d", got.status)
		}
	})
	t.Run("is recorded", func(t *testing.T) {
		before := len(h.audit.since(0))
		h.signIn(t, "noor")
		if got := h.audit.since(before); len(got) != 1 || got[0].Staff != "noor" || got[0].Action != "signed in" {
			t.Errorf("%+v", got)
		}
	})
}

// An answer of the issuer is taken once, in the browser that asked for it.
func TestSignInOfAnotherBrowser(t *testing.T) {
	h := newHouse(t)
	mine, theirs := h.newTab(t), h.newTab(t)
	began := mine.get("/console/sign-in")
	back := mine.send(began.to, url.Values{"member": {"amara"}}).to
	theirs.get("/console/sign-in")
	for name, get := range map[string]func() answer{
		"another browser": func() answer { return theirs.get(back) },
		"no state":        func() answer { return h.newTab(t).get(back) },
		"a forged code":   func() answer { return theirs.get(strings.Replace(back, "code=", "code=x", 1)) },
	} {
		if got := get(); got.status != http.StatusBadRequest {
			t.Errorf("%s: %d %q", name, got.status, got.to)
		}
	}
	if got := mine.get(back); got.status != http.StatusSeeOther {
		t.Errorf("the browser that asked: %d %s", got.status, got.body)
	}
	if got := mine.get(back); got.status != http.StatusBadRequest {
		t.Errorf("a second time: %d", got.status)
	}
}

func TestSignInWithoutAnIssuer(t *testing.T) {
	h := newHouse(t, func(c *Config) { c.SignIn.Issuer = c.PublicURL + "/nowhere" })
	if got := h.newTab(t).get("/console/sign-in"); got.status != http.StatusServiceUnavailable || !strings.Contains(got.body, "Try again") {
		t.Errorf("%d", got.status)
	}
}

// A session's token changes when somebody signs in and is worth nothing once
// they have signed out, which also takes them off the list of who is there.
func TestSessionsOfBrowsers(t *testing.T) {
	h := newHouse(t)
	tab := h.newTab(t)
	before := tab.get("/console/sign-in").header.Get("Set-Cookie")
	after := tab.enter("amara", "/console/sign-in").header.Get("Set-Cookie")
	tab.takeToken()
	if before == "" || after == "" || strings.Split(before, ";")[0] == strings.Split(after, ";")[0] {
		t.Errorf("cookies: %q, then %q", before, after)
	}
	for _, attribute := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(after, attribute) || strings.Contains(after, "Expires") {
			t.Errorf("the cookie is %q", after)
		}
	}
	at, err := url.Parse(h.url)
	if err != nil {
		t.Fatal(err)
	}
	kept := tab.client.Jar.Cookies(at)
	tab.get("/console/work")
	if got := tab.post("/console/sign-out"); got.status != http.StatusSeeOther || !strings.HasPrefix(got.to, "/console/signed-out") {
		t.Errorf("signing out: %d %q", got.status, got.to)
	}
	if got := h.work.presence("amara"); got != gateway.Away {
		t.Errorf("presence is %q", got)
	}
	tab.client.Jar.SetCookies(at, kept)
	if got := tab.get("/console/work"); got.status != http.StatusSeeOther {
		t.Errorf("the old cookie opens %d", got.status)
	}
}

// What a page's script asks for on its own keeps nobody signed in.
func TestScriptsKeepNobodySignedIn(t *testing.T) {
	commits := 0
	h := newHouse(t, func(c *Config) { c.Sessions = countingStore{c.Sessions.(pageStore), &commits} })
	amara := h.signIn(t, "amara")
	commits = 0
	if got := amara.do(http.MethodGet, "/console/work", nil, "Parley-Live", "1"); got.status != http.StatusOK || commits != 0 {
		t.Errorf("%d, and %d commits", got.status, commits)
	}
	if got := amara.get("/console/work"); got.status != http.StatusOK || commits != 1 {
		t.Errorf("%d, and %d commits", got.status, commits)
	}
	if got := h.newTab(t).do(http.MethodGet, "/console/work", nil, "Parley-Live", "1"); got.status != http.StatusUnauthorized {
		t.Errorf("a script of nobody's is answered %d", got.status)
	}
}

type countingStore struct {
	pageStore
	commits *int
}

func (s countingStore) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	*s.commits++
	return s.pageStore.CommitCtx(ctx, token, b, expiry)
}

// Whatever a link says, sign-in leads to a page of the console on this host, as
// browsers read it.
func FuzzLocalPath(f *testing.F) {
	for _, seed := range []string{"/console/work?x=1", "//evil.example/console/", "/console/..//evil.example", "/console/\\evil", "https:/console/", "/console/%2e%2e/chat", "\t//x", "///evil.example/../console/work"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := localPath(text)
		u, err := url.Parse("https://parley.example/console/sign-in")
		if err == nil {
			u, err = u.Parse(got)
		}
		if err != nil || u.Host != "parley.example" || u.Scheme != "https" || !strings.HasPrefix(u.Path, "/console/") || strings.ContainsAny(got, "\\\r\n") {
			t.Errorf("%q leads to %q: %v, %v", text, got, u, err)
		}
	})
}

// forgetful is a session store that reads and cannot write any more.
type forgetful struct {
	pageStore
	full *atomic.Bool
}

func (f forgetful) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	if f.full.Load() {
		return errors.New("the session store is away")
	}
	return f.pageStore.CommitCtx(ctx, token, b, expiry)
}

// A page whose session cannot be kept says so, and nothing of the page.
func TestASessionThatCannotBeKept(t *testing.T) {
	var full atomic.Bool
	h := newHouse(t, func(c *Config) { c.Sessions = forgetful{c.Sessions.(pageStore), &full} })
	amara := h.signIn(t, "amara")
	full.Store(true)
	if got := amara.get("/console/work"); got.status != http.StatusServiceUnavailable || strings.Contains(got.body, "<") {
		t.Errorf("it is answered %d %s", got.status, got.body)
	}
	full.Store(false)
	wants(t, "once it is back", amara.get("/console/work"), http.StatusOK, "My work")
}
