package webchat

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"parley/channels/webchat/webchattest"
	"parley/gateway"
)

// serve puts a chat's socket behind a real server.
func serve(tb testing.TB, c *Chat, l *visitLog) string {
	tb.Helper()
	server := httptest.NewServer(c.socket(l))
	tb.Cleanup(server.Close)
	return "ws" + strings.TrimPrefix(server.URL, "http") + "/chat/ws"
}

func visitor(ctx context.Context, address string, id gateway.VisitID) *webchattest.Client {
	return webchattest.Start(ctx, webchattest.Config{
		URL: address, Origin: here, Cookie: "__Host-chat=" + string(id), Name: "m", Backoff: 10 * time.Millisecond,
	})
}

// raw opens a socket that speaks no protocol of ours.
func raw(t *testing.T, address string, header http.Header) (*websocket.Conn, int) {
	t.Helper()
	socket, response, err := new(websocket.Dialer).DialContext(t.Context(), address, header)
	if err != nil {
		if response == nil {
			t.Fatal(err)
		}
		return nil, response.StatusCode
	}
	t.Cleanup(func() { socket.Close() })
	return socket, http.StatusSwitchingProtocols
}

func headerOf(id gateway.VisitID) http.Header {
	return http.Header{"Origin": {here}, "Cookie": {"__Host-chat=" + string(id)}}
}

// closing reads to the end and returns with which code it was closed.
func closing(t *testing.T, socket *websocket.Conn) int {
	t.Helper()
	for {
		_, _, err := socket.ReadMessage()
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			return closed.Code
		}
		if err != nil {
			t.Fatalf("closed without a word: %v", err)
		}
	}
}

func TestWhoMayConnect(t *testing.T) {
	for _, c := range []struct {
		name   string
		header http.Header
		status int
		code   closeCode // after an upgrade
	}{
		{"a page of ours without a visit", http.Header{"Origin": {here}}, 101, closeEnded},
		{"a visit that was never", headerOf("V9"), 101, closeEnded},
		{"no origin", http.Header{"Cookie": {"__Host-chat=V1"}}, 403, 0},
		{"another site's page", http.Header{"Origin": {"https://evil.example"}, "Cookie": {"__Host-chat=V1"}}, 403, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newVisitLog("V1")
			socket, status := raw(t, serve(t, node(l), l), c.header)
			if status != c.status {
				t.Fatalf("answered with %d, want %d", status, c.status)
			}
			if socket == nil {
				return
			}
			if code := closing(t, socket); code != int(c.code) {
				t.Errorf("closed with %d, want %d", code, c.code)
			}
		})
	}
}

func TestAClientMayNotTakeEverySocket(t *testing.T) {
	l := newVisitLog("V1")
	for name, limits := range map[string]Limits{
		"open at once by one client": {Client: 3}, "open at once": {Sockets: 3}, "in a minute": {Connects: 3},
	} {
		c := node(l)
		c.hub.limits = newLimiter(limits, nil, time.Now)
		address := serve(t, c, l)
		var statuses []int
		for range 5 {
			_, status := raw(t, address, headerOf("V1"))
			statuses = append(statuses, status)
		}
		if diff := cmp.Diff([]int{101, 101, 101, 429, 429}, statuses); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestFramesThatAreNotTaken(t *testing.T) {
	for _, c := range []struct {
		name string
		kind int
		text string
		want closeCode
	}{
		{"binary", websocket.BinaryMessage, `{"type":"hello"}`, closeUnsupported},
		{"not UTF-8", websocket.TextMessage, "{\"type\":\"hello\",\"epoch\":\"\xff\"}", closeNotText},
		{"nonsense", websocket.TextMessage, "hello", closePolicy},
		{"no hello", websocket.TextMessage, `{"type":"typing"}`, closeProtocol},
	} {
		l := newVisitLog("V1")
		socket, _ := raw(t, serve(t, node(l), l), headerOf("V1"))
		if err := socket.WriteMessage(c.kind, []byte(c.text)); err != nil {
			t.Fatal(err)
		}
		if got := closing(t, socket); got != int(c.want) {
			t.Errorf("%s: closed with %d, want %d", c.name, got, c.want)
		}
	}
	t.Run("too long", func(t *testing.T) {
		l := newVisitLog("V1")
		socket, _ := raw(t, serve(t, node(l), l), headerOf("V1"))
		long := fmt.Sprintf(`{"type":"hello","epoch":%q}`, strings.Repeat("a", longestFrame))
		if err := socket.WriteMessage(websocket.TextMessage, []byte(long)); err != nil {
			t.Fatal(err)
		}
		if _, _, err := socket.ReadMessage(); err == nil { // the reason may be lost with what was not read
			t.Error("it goes on")
		}
	})
}

// TestCutAtEveryMessage cuts the connection off after each frame that the
// browser gets, and after each message that it sends: nothing is lost, nothing
// comes twice, and the order holds.
func TestCutAtEveryMessage(t *testing.T) {
	const messages = 8
	for _, after := range []string{"a message was sent", "its acknowledgement", "the answer"} {
		for cut := range messages {
			t.Run(fmt.Sprint(after, " ", cut), func(t *testing.T) {
				t.Parallel()
				l := newVisitLog("V1")
				c := node(l)
				l.pump = c
				client := visitor(t.Context(), serve(t, c, l), "V1")
				var want []string
				for i := range messages {
					text := fmt.Sprint("message ", i)
					want = append(want, text, "answer to "+text)
					if cut == i && after == "a message was sent" {
						time.AfterFunc(rand.N(2*time.Millisecond), func() { client.Drop() })
					}
					if err := client.Say(t.Context(), text); err != nil {
						t.Fatal(err)
					}
					if cut == i && after == "its acknowledgement" {
						client.Drop()
					}
					if e, err := client.Next(t.Context()); err != nil || e.Text != "answer to "+text {
						t.Fatalf("answered with %q, %v", e.Text, err)
					}
					if cut == i && after == "the answer" {
						client.Drop()
					}
				}
				checkShown(t, l, client, "V1", want)
			})
		}
	}
}

// checkShown checks what a browser was shown against the log, and against what
// should have been said.
func checkShown(t *testing.T, l *visitLog, client *webchattest.Client, id gateway.VisitID, want []string) {
	t.Helper()
	var got []string
	for _, e := range client.Entries() {
		got = append(got, e.Text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s in the browser (-want +got):\n%s", id, diff)
	}
	if diff := cmp.Diff(want, l.texts(id)); diff != "" {
		t.Errorf("%s in the log (-want +got):\n%s", id, diff)
	}
	if problems := client.Problems(); len(problems) > 0 {
		t.Errorf("%s: %q", id, problems)
	}
}

// TestAThousandDrops has 50 browsers talk while each is cut off 20 times.
func TestAThousandDrops(t *testing.T) {
	const browsers, drops, messages = 50, 20, 40
	var ids []gateway.VisitID
	for i := range browsers {
		ids = append(ids, gateway.VisitID(fmt.Sprint("V", i)))
	}
	l := newVisitLog(ids...)
	c := node(l)
	c.hub.limits = newLimiter(Limits{Connects: 100_000, Messages: 1000}, nil, time.Now)
	l.pump = c
	address := serve(t, c, l)
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	var running sync.WaitGroup
	for _, id := range ids {
		running.Go(func() {
			client := visitor(ctx, address, id)
			var cutting sync.WaitGroup
			cutting.Go(func() {
				for cut := 0; cut < drops && ctx.Err() == nil; {
					time.Sleep(rand.N(20 * time.Millisecond))
					if client.Drop() {
						cut++
						for before := client.Resumes(); client.Resumes() == before && ctx.Err() == nil; {
							time.Sleep(time.Millisecond)
						}
					}
				}
			})
			var want []string
			for i := range messages {
				text := fmt.Sprint("message ", i)
				want = append(want, text, "answer to "+text)
				if err := client.Say(ctx, text); err != nil {
					t.Errorf("%s: %v", id, err)
					return
				}
				if e, err := client.Next(ctx); err != nil || e.Text != "answer to "+text {
					t.Errorf("%s: answered with %q, %v", id, e.Text, err)
					return
				}
				time.Sleep(rand.N(10 * time.Millisecond))
			}
			cutting.Wait()
			if client.Resumes() < drops {
				t.Errorf("%s resumed %d times", id, client.Resumes())
			}
			checkShown(t, l, client, id, want)
		})
	}
	running.Wait()
}

// TestABrowserThatReadsNothing is disconnected, and holds up nobody.
func TestABrowserThatReadsNothing(t *testing.T) {
	l := newVisitLog("V1")
	c := node(l)
	address := serve(t, c, l)
	stuck, _ := raw(t, address, headerOf("V1"))
	if err := stuck.WriteMessage(websocket.TextMessage, []byte(`{"type":"hello"}`)); err != nil {
		t.Fatal(err)
	}
	client := visitor(t.Context(), address, "V1")
	if err := client.Say(t.Context(), "hello"); err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("a", 256<<10)
	for range 2 * mostWaiting { // more than the network and the queue hold
		l.say(t, c, "V1", text)
		if _, err := client.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for range 500 {
		if len(c.hub.tabsOf("V1")) == 1 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("it is never disconnected")
}

func TestANodeStopsAndAnotherGoesOn(t *testing.T) {
	l := newVisitLog("V1")
	first, second := node(l), node(l)
	l.pump = second
	handler := make(chan http.Handler, 1)
	handler <- first.socket(l)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := <-handler
		handler <- h
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	client := visitor(t.Context(), "ws"+strings.TrimPrefix(server.URL, "http"), "V1")
	if err := client.Say(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan struct{})
	go func() { defer close(ran); first.Run(ctx, Live{}) }()
	<-handler
	handler <- second.socket(l)
	stop()
	<-ran
	if err := client.Say(t.Context(), "two"); err != nil {
		t.Fatal(err)
	}
	for len(client.Entries()) < 4 {
		if _, err := client.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	texts := l.texts("V1")
	slices.Sort(texts)
	if diff := cmp.Diff([]string{"answer to one", "answer to two", "one", "two"}, texts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if client.Resumes() != 1 || len(client.Problems()) > 0 {
		t.Errorf("resumed %d times; %q", client.Resumes(), client.Problems())
	}
}
