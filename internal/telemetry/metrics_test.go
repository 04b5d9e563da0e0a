package telemetry

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestMetrics(t *testing.T) {
	m := NewMetrics()
	m.TurnCommitted("income-change", "asked", 3*time.Millisecond)
	m.TurnCommitted("income-change", "asked", 30*time.Millisecond)
	m.MessageReceived("sms", "turn")
	m.MessageSettled("sms", "delivered")
	m.PumpQueue(7)
	m.GateDecided("wait", "quiet hours")
	m.MessageSent("sms", "M1", 7*time.Second)
	m.MessageAnswered("sms", "M1")
	m.MessageAnswered("sms", "M2") // which another node sent
	m.StepReached("income-change", "amount")
	m.StepLeft("income-change", "amount")
	m.OutboxAge(90 * time.Second)
	for _, want := range []string{
		`parley_turns_total{dialog="income-change",outcome="asked"} 2`,
		`parley_turn_seconds_bucket{dialog="income-change",le="0.005"} 1`,
		`parley_turn_seconds_count{dialog="income-change"} 2`,
		`parley_messages_total{channel="sms",direction="in",status="turn"} 1`,
		`parley_messages_total{channel="sms",direction="out",status="delivered"} 1`,
		`parley_pump_claimed_messages 7`,
		`parley_gate_decisions_total{action="wait",reason="quiet hours"} 1`,
		`parley_message_sent_seconds_bucket{channel="sms",le="5"} 0`,
		`parley_message_sent_seconds_bucket{channel="sms",le="10"} 1`,
		`parley_message_callback_seconds_count{channel="sms"} 1`,
		`parley_dialog_steps_reached_total{dialog="income-change",step="amount"} 1`,
		`parley_dialog_steps_left_total{dialog="income-change",step="amount"} 1`,
		`parley_outbox_oldest_seconds 90`,
	} {
		if got := scrape(t, m); !strings.Contains(got, "\n"+want+"\n") {
			t.Errorf("%s is not among\n%s", want, got)
		}
	}
}

func TestSendsAreRememberedForAWhile(t *testing.T) {
	var sends recentSends
	for i := range 3 * mostSends {
		sends.add(fmt.Sprint(i), time.Unix(int64(i), 0))
	}
	if _, ok := sends.find("0"); ok || len(sends.now)+len(sends.before) > 2*mostSends {
		t.Error("they are never forgotten")
	}
	for _, i := range []int{2*mostSends - mostSends/2, 3*mostSends - 1} {
		if at, ok := sends.find(fmt.Sprint(i)); !ok || at.Unix() != int64(i) {
			t.Errorf("send %d is at %v", i, at)
		}
	}
}

func TestEachGatewayCountsByItself(t *testing.T) {
	NewMetrics().GateDecided("send", "")
	if got := scrape(t, NewMetrics()); strings.Contains(got, "parley_gate_decisions_total{") {
		t.Errorf("a new one begins with\n%s", got)
	}
}

func TestRequestsAreCountedByRoute(t *testing.T) {
	m := NewMetrics()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /conversations/{id}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "here") })
	mux.HandleFunc("/gone", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusGone) })
	mux.HandleFunc("/silent", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/early", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
		w.WriteHeader(http.StatusTeapot)
	})
	server := httptest.NewServer(m.Requests(mux))
	defer server.Close()
	for _, c := range []struct{ method, path, want string }{
		{"GET", "/conversations/1", `{code="200",method="GET",route="GET /conversations/{id}"} 1`},
		{"GET", "/conversations/2", `{code="200",method="GET",route="GET /conversations/{id}"} 2`},
		{"POST", "/gone", `{code="410",method="POST",route="/gone"} 1`},
		{"GET", "/silent", `{code="200",method="GET",route="/silent"} 1`},
		{"GET", "/early", `{code="418",method="GET",route="/early"} 1`},
		{"GET", "/sam@example.com", `{code="404",method="GET",route="none"} 1`},
		{"SAM", "/gone", `{code="410",method="other",route="/gone"} 1`},
	} {
		request, err := http.NewRequestWithContext(t.Context(), c.method, server.URL+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := server.Client().Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if got := scrape(t, m); !strings.Contains(got, "\nparley_http_requests_total"+c.want+"\n") {
			t.Errorf("%s %s: %s is not among\n%s", c.method, c.path, c.want, got)
		}
	}
}

func TestStreamsAndSocketsGoThrough(t *testing.T) {
	m := NewMetrics()
	mux := http.NewServeMux()
	mux.HandleFunc("/stream", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "now\n")
		w.(http.Flusher).Flush()
		if err := http.NewResponseController(w).SetWriteDeadline(time.Time{}); err != nil {
			t.Error(err)
		}
		<-r.Context().Done()
	})
	mux.HandleFunc("/socket", func(w http.ResponseWriter, r *http.Request) {
		connection, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		io.WriteString(connection, "taken\n")
		connection.Close()
	})
	server := httptest.NewServer(m.Requests(mux))
	defer server.Close()

	response, err := server.Client().Get(server.URL + "/stream")
	if err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(response.Body).ReadString('\n'); line != "now\n" {
		t.Errorf("the stream said %q, %v before it ended", line, err)
	}
	response.Body.Close()

	connection, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	io.WriteString(connection, "GET /socket HTTP/1.1\r\nHost: parley\r\n\r\n")
	if line, err := io.ReadAll(connection); string(line) != "taken\n" {
		t.Errorf("the socket said %q, %v", line, err)
	}
	got := ""
	for range 1000 { // it is counted a moment after it has ended
		if got = scrape(t, m); strings.Contains(got, `{code="101",method="GET",route="/socket"} 1`) {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("the socket is not among\n%s", got)
}

func BenchmarkTurnCommitted(b *testing.B) {
	m := NewMetrics()
	b.ReportAllocs()
	for b.Loop() {
		m.TurnCommitted("income-change", "asked", time.Millisecond)
	}
}

// scrape is what Prometheus would read.
func scrape(t *testing.T, m *Metrics) string {
	t.Helper()
	answer := httptest.NewRecorder()
	m.Handler().ServeHTTP(answer, httptest.NewRequest("GET", "/metrics", nil))
	if answer.Code != http.StatusOK {
		t.Fatalf("scraping gave %d", answer.Code)
	}
	return answer.Body.String()
}
