package store_test

import (
	"errors"
	"net/url"
	"sync"
	"testing"
	"time"

	"parley/gateway"
	"parley/internal/servertest"
)

// A URL names PostgreSQL and its standby. When the first dies and the standby
// is promoted, the store goes on there, and has all that it was told is kept.
func TestTheStandbyTakesOver(t *testing.T) {
	primary := servertest.StartPostgres(t)
	standby := servertest.StartStandby(t, primary)
	s := open(t, both(t, primary, standby))
	const callers, messages = 4, 30
	var all sync.WaitGroup
	for caller := range callers {
		all.Go(func() {
			for n := range messages {
				for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
					err := s.Commit(t.Context(), faultTurn(caller, n))
					if err == nil || errors.Is(err, gateway.ErrDuplicate) {
						break
					}
					if time.Since(begun) > time.Minute {
						t.Errorf("turn %d of %d is not taken: %v", n, caller, err)
						return
					}
				}
				if caller == 0 && n == messages/2 {
					primary.Crash()
					standby.Promote()
				}
			}
		})
	}
	all.Wait()
	claimed, err := s.Claim(t.Context(), benchmarkTime, 2*callers*messages, time.Minute)
	if err != nil || len(claimed) != callers*messages {
		t.Errorf("%d replies, %v, want %d", len(claimed), err, callers*messages)
	}
}

// both is the URL of whichever of two can be written to
// (https://www.postgresql.org/docs/15/libpq-connect.html, target_session_attrs).
func both(t *testing.T, one, other *servertest.Server) string {
	t.Helper()
	address, err := url.Parse(one.URL())
	if err != nil {
		t.Fatal(err)
	}
	second, err := url.Parse(other.URL())
	if err != nil {
		t.Fatal(err)
	}
	address.Host += "," + second.Host
	query := address.Query()
	query.Set("target_session_attrs", "read-write")
	address.RawQuery = query.Encode()
	return address.String()
}
