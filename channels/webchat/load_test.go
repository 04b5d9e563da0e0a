package webchat

import (
	"bufio"
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"parley/gateway"
)

// The load runs in two processes, because each socket is a file on either side.
const idleSockets = "PARLEY_WEBCHAT_IDLE_SOCKETS" // address and how many, of the process that holds the browsers' ends

// TestMain is the other process when the test says so.
func TestMain(m *testing.M) {
	if to := os.Getenv(idleSockets); to != "" {
		holdIdle(to)
		return
	}
	os.Exit(m.Run())
}

// holdIdle opens sockets that do nothing but say hello, and says "open" once
// they are all welcomed. It ends with its standard input.
func holdIdle(to string) {
	address, number, _ := strings.Cut(to, " ")
	count, err := strconv.Atoi(number)
	if err != nil {
		fmt.Println(err)
		return
	}
	const dialers = 50
	var running sync.WaitGroup
	var held sync.Map
	for d := range dialers {
		running.Go(func() {
			for i := d; i < count; i += dialers {
				id := gateway.VisitID(fmt.Sprint("V", i))
				dialer := websocket.Dialer{ReadBufferSize: 256, WriteBufferSize: 256}
				socket, _, err := dialer.DialContext(context.Background(), address, headerOf(id))
				if err == nil {
					err = socket.WriteMessage(websocket.TextMessage, []byte(`{"type":"hello"}`))
				}
				if err == nil {
					_, _, err = socket.ReadMessage()
				}
				if err != nil {
					fmt.Println(err)
					return
				}
				held.Store(id, socket)
			}
		})
	}
	running.Wait()
	fmt.Println("open")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
}

// TestTenThousandIdleSockets: a node that holds them is resident in 350 MB at
// most, and still answers.
func TestTenThousandIdleSockets(t *testing.T) {
	count := 10_000
	if os.Getenv("PARLEY_TEST_ALL") == "" {
		count = 500 // enough to see that it works
	}
	var ids []gateway.VisitID
	for i := range count {
		ids = append(ids, gateway.VisitID(fmt.Sprint("V", i)))
	}
	l := newVisitLog(ids...)
	c := node(l)
	l.pump = c
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan struct{})
	go func() { defer close(ran); c.Run(ctx, Live{Limits: Limits{Client: 2 * count, Connects: 2 * count}}) }()
	t.Cleanup(func() { stop(); <-ran })
	for c.hub.limiter().Client != 2*count {
		time.Sleep(time.Millisecond)
	}
	server := httptest.NewServer(c.socket(l))
	t.Cleanup(server.Close)
	address := "ws" + strings.TrimPrefix(server.URL, "http")
	before := resident(t)

	browsers := exec.CommandContext(ctx, os.Args[0], "-test.run=^$")
	browsers.Env = append(os.Environ(), fmt.Sprintf("%s=%s %d", idleSockets, address, count))
	in, err := browsers.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := browsers.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := browsers.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); _ = browsers.Wait() })
	if said, err := bufio.NewReader(out).ReadString('\n'); said != "open\n" {
		t.Fatalf("the browsers say %q, %v", said, err)
	}
	opened := time.Since(began)
	if n := len(c.hub.all()); n != count {
		t.Fatalf("%d tabs are open", n)
	}
	time.Sleep(2 * time.Second) // some heartbeats
	peak := resident(t)
	runtime.GC()
	debug.FreeOSMemory()
	after := resident(t)
	t.Logf("%d sockets open in %v; resident %d MB before, %d MB with them, %d MB after a collection (%.1f KB a socket)",
		count, opened.Round(time.Millisecond), before>>20, peak>>20, after>>20, float64(after-before)/float64(count)/1024)
	if most := 350 << 20; peak > most {
		t.Errorf("resident in %d MB, more than %d MB", peak>>20, most>>20)
	}
	client := visitor(t.Context(), address, "V0")
	if err := client.Say(t.Context(), "hello"); err != nil {
		t.Error(err)
	}
	if e, err := client.Next(t.Context()); err != nil || e.Text != "answer to hello" {
		t.Errorf("answered with %q, %v", e.Text, err)
	}
}

// resident is how much memory this process has, in bytes (Linux, proc(5)).
func resident(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("this system does not say how much memory a process has")
	}
	for line := range strings.Lines(string(status)) {
		if value, found := strings.CutPrefix(line, "VmRSS:"); found {
			kilobytes, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")))
			if err != nil {
				t.Fatal(err)
			}
			return kilobytes << 10
		}
	}
	t.Fatal("no VmRSS in /proc/self/status")
	return 0
}
