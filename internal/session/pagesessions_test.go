package session

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"parley/gateway"
	"parley/internal/servertest"
)

func newPages(t *testing.T, address, secret string) *PageSessions {
	t.Helper()
	pages, err := NewPageSessions(open(t, connect(t, address), newClock(), secret))
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// finds says what is found under a token, "" for nothing.
func (p *PageSessions) finds(t *testing.T, token string) string {
	t.Helper()
	content, found, err := p.Find(token)
	if err != nil || found != (content != nil) {
		t.Fatalf("find: %q, %t, %v", content, found, err)
	}
	return string(content)
}

func TestPageSessions(t *testing.T) {
	embedded := miniredis.RunT(t)
	for name, address := range map[string]string{
		"embedded": "redis://" + embedded.Addr(),
		"real":     servertest.Redis(t),
	} {
		t.Run(name, func(t *testing.T) {
			pages := newPages(t, address, "the secret")
			commit := func(token, content string, life time.Duration) {
				t.Helper()
				if err := pages.Commit(token, []byte(content), time.Now().Add(life)); err != nil {
					t.Fatal(err)
				}
			}
			if got := pages.finds(t, "none"); got != "" {
				t.Errorf("a session that never was is %q", got)
			}
			commit("a", "one", time.Minute)
			commit("b", "another", time.Minute)
			commit("a", "changed", time.Minute)
			if a, b := pages.finds(t, "a"), pages.finds(t, "b"); a != "changed" || b != "another" {
				t.Errorf("sessions are %q and %q", a, b)
			}
			if got := newPages(t, address, "another secret").finds(t, "a"); got != "" {
				t.Errorf("under another secret it is %q", got)
			}
			// Signing out holds, whatever a request commits that began before.
			if err := pages.Delete("a"); err != nil {
				t.Fatal(err)
			}
			commit("a", "from before", time.Minute)
			if got := pages.finds(t, "a"); got != "" {
				t.Errorf("after it has ended it is %q", got)
			}
			commit("c", "short", -time.Second)
			if got := pages.finds(t, "c"); got != "" {
				t.Errorf("one that has expired is %q", got)
			}
		})
	}
	for _, key := range embedded.Keys() {
		content, err := embedded.Get(key)
		if err != nil || strings.Contains(key+content, "another") {
			t.Errorf("Redis tells %q: %q, %v", key, content, err)
		}
	}
}

func TestPageSessionsWithoutRedis(t *testing.T) {
	server := miniredis.RunT(t)
	pages := newPages(t, "redis://"+server.Addr(), "the secret")
	server.Close()
	if _, _, err := pages.Find("a"); !errors.Is(err, gateway.ErrSessionsAway) {
		t.Errorf("find: %v", err)
	}
	if err := pages.Commit("a", []byte("one"), time.Now().Add(time.Minute)); !errors.Is(err, gateway.ErrSessionsAway) {
		t.Errorf("commit: %v", err)
	}
}
