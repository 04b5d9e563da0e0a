package gateway_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"parley/channels/sms"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
	"parley/internal/simulator"
	"parley/internal/store"
)

// onTwilio opens a house whose texts go by the real channel to an emulated
// Twilio, with the stores of one kind. It returns how often it was asked to
// send.
func onTwilio(t *testing.T, database string) (*house, *simulator.Twilio, *atomic.Int64) {
	h := openHouse(t, database, family())
	asked := &atomic.Int64{}
	var sids atomic.Int64
	twilio, err := simulator.NewTwilio(simulator.TwilioConfig{
		AccountSID: "AC1", AuthToken: "token", Number: "+447700900000", GatewayURL: "https://gateway.example",
		Clock: h.clock, NewSID: func() string { return fmt.Sprintf("%032x", sids.Add(1)) },
		Faults: func(string) simulator.Fault { return simulator.Fault{Silent: true} },
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			asked.Add(1)
		}
		twilio.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		server.Close()
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		_ = twilio.Close(ended) // nobody is to be called back
	})
	channel, err := sms.New(sms.Config{
		AccountSID: "AC1", AuthToken: "token", From: "+447700900000", APIURL: server.URL, PublicURL: "https://gateway.example",
		Timeout: 100 * time.Millisecond, Clock: h.clock,
	})
	if err != nil {
		t.Fatal(err)
	}
	h.config.Channels = []gateway.Channel{channel}
	h.useDialogs(h.config.Dialogs)
	return h, twilio, asked
}

// look passes time and looks for what is lost.
func (h *house) look(after time.Duration) {
	h.t.Helper()
	h.pass(after)
	if err := h.LookForLost(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	if err := h.Flush(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

func TestALostMessageIsLookedFor(t *testing.T) {
	const (
		first, second = time.Minute, 4*time.Minute + time.Second
		unknown       = gateway.OutcomeLost
	)
	type step struct {
		after time.Duration
		want  gateway.Status
	}
	for _, test := range []struct {
		name  string
		fault simulator.Fault
		steps []step
		asked int64 // how often to send
		work  int
	}{
		{"found at the first look", simulator.Fault{Hang: true, Silent: true}, []step{{0, unknown}, {first, gateway.Delivered}}, 1, 0},
		{"found undelivered", simulator.Fault{Hang: true, Silent: true, Undelivered: 30003}, []step{{first, gateway.Undelivered}}, 1, 1},
		{"never taken, sent again", simulator.Fault{Drop: true, Times: 1},
			[]step{{first, unknown}, {second, gateway.Accepted}, {time.Hour, gateway.Accepted}}, 2, 0},
		{"never taken twice", simulator.Fault{Drop: true},
			[]step{{first, unknown}, {second, unknown}, {first, unknown}, {second, unknown}, {time.Hour, unknown}}, 2, 1},
		{"too late to be sent again", simulator.Fault{Drop: true}, []step{{first, unknown}, {25 * time.Hour, unknown}}, 1, 1},
	} {
		for engine, database := range map[string]func() string{
			"SQLite":     func() string { return schema.Copy(t) },
			"PostgreSQL": func() string { return migrated(t, servertest.Postgres(t)) },
		} {
			t.Run(test.name+", "+engine, func(t *testing.T) {
				h, twilio, asked := onTwilio(t, database())
				twilio.SetFault(payingPhone, test.fault)
				begun := h.start("P1", "income-change")
				if err := h.Flush(t.Context()); err != nil {
					t.Fatal(err)
				}
				for i, s := range test.steps {
					h.look(s.after)
					view, err := h.View(t.Context(), begun.Conversation)
					if err != nil {
						t.Fatal(err)
					}
					if got := view.Messages[0].Status; got != s.want {
						t.Fatalf("step %d: the message is %s, want %s", i, got, s.want)
					}
				}
				if got := asked.Load(); got != test.asked {
					t.Errorf("Twilio was asked to send %d times, want %d", got, test.asked)
				}
				if got := h.work(gateway.DeliveryWork); len(got) != test.work {
					t.Errorf("work items %+v, want %d", got, test.work)
				}
			})
		}
	}
}

// migrated is a database with its tables.
func migrated(t *testing.T, database string) string {
	t.Helper()
	s, err := store.Open(t.Context(), database, store.Config{Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return database
}

func TestTwoLostMessagesOfTheSameWordsAreNotTakenForOne(t *testing.T) {
	h, twilio, asked := onTwilio(t, schema.Copy(t))
	at := gateway.Address{Channel: directory.SMS, Value: payingPhone}
	for i, fault := range []simulator.Fault{{Hang: true, Silent: true}, {Drop: true, Times: 1}} {
		twilio.SetFault(payingPhone, fault)
		m := gateway.Message{ID: gateway.MessageID(fmt.Sprint("m-", i)), Person: "P1", Case: reference, To: at, Text: "Same words.",
			Subject: gateway.Approach, Created: h.clock()}
		if err := h.store.Commit(t.Context(), gateway.Turn{ID: string(m.ID), At: h.clock(), Outgoing: []gateway.Message{m}}); err != nil {
			t.Fatal(err)
		}
		if err := h.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	h.look(time.Minute)
	h.look(5 * time.Minute)
	if got := asked.Load(); got != 3 {
		t.Errorf("Twilio was asked to send %d times, want 3: the second was not taken", got)
	}
}

func TestAMessageThatCannotBeLookedForGoesToAPerson(t *testing.T) {
	h := newHouse(t, family())
	h.sms.fails = &gateway.SendError{Outcome: gateway.Lost, Code: "no answer", Reason: "No answer"}
	h.start("P1", "income-change")
	h.deliver()
	h.look(time.Minute)
	if got := h.work(gateway.DeliveryWork); len(got) != 0 {
		t.Errorf("too early: %+v", got)
	}
	h.look(4 * time.Minute)
	if got := h.work(gateway.DeliveryWork); len(got) != 1 || got[0].Person != "P1" {
		t.Errorf("work items %+v", got)
	}
}

// What never left is not said once its conversation has gone on: it would come
// after what was said later.
func TestALostMessageIsNotSentAfterLaterOnes(t *testing.T) {
	h, twilio, asked := onTwilio(t, schema.Copy(t))
	twilio.SetFault(payingPhone, simulator.Fault{Drop: true, Times: 1})
	h.start("P1", "income-change")
	if err := h.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.receive(fromPhone(payingPhone, "down"))
	for range 3 {
		h.look(4 * time.Minute)
	}
	if asked.Load() != 2 {
		t.Errorf("asked to send %d messages, not the lost one once and the one after it once", asked.Load())
	}
	if items := h.work(gateway.DeliveryWork); len(items) != 1 {
		t.Errorf("work %+v", items)
	}
}
