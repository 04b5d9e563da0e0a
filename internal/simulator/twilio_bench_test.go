package simulator_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/internal/simulator"
)

// What one message costs the emulator's machine, its two callbacks and the
// client's and gateway's side of the three requests included.
func BenchmarkSendWithTwoCallbacks(b *testing.B) {
	var callbacks atomic.Int64
	g := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		callbacks.Add(1)
		w.WriteHeader(http.StatusNoContent)
	}))
	defer g.Close()
	var sids atomic.Int64
	emulator, err := simulator.NewTwilio(simulator.TwilioConfig{
		AccountSID: account, AuthToken: token, Number: ours, GatewayURL: g.URL, Clock: time.Now,
		NewSID: func() string { return fmt.Sprintf("%032x", sids.Add(1)) },
	})
	if err != nil {
		b.Fatal(err)
	}
	server := httptest.NewServer(emulator)
	defer server.Close()
	form := url.Values{
		"To": {sam}, "From": {ours}, "StatusCallback": {g.URL + "/twilio/sms/status?message=0199"},
		"Body": {"Has your pay before tax gone up or down? Reply 1 up, 2 down, 3 about the same."},
	}.Encode()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	b.ReportAllocs()
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			request, _ := http.NewRequest(http.MethodPost, server.URL+"/2010-04-01/Accounts/"+account+"/Messages.json", strings.NewReader(form))
			request.SetBasicAuth(account, token)
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			response, err := client.Do(request)
			if err != nil || response.StatusCode != http.StatusCreated {
				b.Error("not taken:", err)
				return
			}
			_, _ = io.Copy(io.Discard, response.Body)
			response.Body.Close()
		}
	})
	if err := emulator.Close(context.Background()); err != nil {
		b.Fatal(err)
	}
	if got := callbacks.Load(); got != 2*int64(b.N) {
		b.Errorf("%d callbacks of %d messages", got, b.N)
	}
}
