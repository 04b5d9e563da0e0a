package webchat

import (
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"parley/gateway"
)

// wireless is a line to a browser that a test plays.
type wireless struct {
	in   chan string
	out  chan map[string]any
	gone chan struct{}
	once sync.Once

	mu    sync.Mutex
	stuck chan struct{} // writes wait for it, while there is one
	code  closeCode
	why   string
}

func newWireless() *wireless {
	return &wireless{in: make(chan string), out: make(chan map[string]any, 1000), gone: make(chan struct{})}
}

func (l *wireless) read() ([]byte, error) {
	select {
	case text := <-l.in:
		return []byte(text), nil
	case <-l.gone:
		return nil, io.EOF
	}
}

func (l *wireless) write(f *frame) error {
	l.mu.Lock()
	stuck := l.stuck
	l.mu.Unlock()
	if stuck != nil {
		select {
		case <-stuck:
		case <-l.gone:
			return io.ErrClosedPipe
		}
	}
	var content map[string]any
	if err := json.Unmarshal(f.text, &content); err != nil {
		return err
	}
	l.out <- content
	return nil
}

func (l *wireless) close(code closeCode, why string) {
	l.once.Do(func() {
		l.mu.Lock()
		l.code, l.why = code, why
		l.mu.Unlock()
		close(l.gone)
	})
}

func (l *wireless) drop() { l.close(0, "") }

// browser opens a page of a visit on a node and says hello.
func browser(t *testing.T, c *Chat, l *visitLog, id gateway.VisitID, after int64) *wireless {
	t.Helper()
	w := newWireless()
	v, err := l.VisitByID(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	go c.listen(&tab{to: l, visit: v, line: w, limits: c.hub.limits})
	w.say(t, fmt.Sprintf(`{"type":"hello","epoch":%q,"after":%d}`, epoch(v), after))
	if f := w.next(t); f["type"] != "welcome" || f["epoch"] != epoch(v) {
		t.Fatalf("welcomed with %v", f)
	}
	t.Cleanup(w.drop)
	return w
}

func (l *wireless) say(t *testing.T, frame string) {
	t.Helper()
	select {
	case l.in <- frame:
	case <-l.gone:
		t.Error("the line is closed")
	case <-time.After(5 * time.Second):
		t.Error("nobody reads")
	}
}

func (l *wireless) next(t *testing.T) map[string]any {
	t.Helper()
	select {
	case f := <-l.out:
		return f
	case <-time.After(5 * time.Second):
		t.Fatal("no frame came")
		return nil
	}
}

// quiet fails if a frame comes.
func (l *wireless) quiet(t *testing.T) {
	t.Helper()
	select {
	case f := <-l.out:
		t.Errorf("got %v", f)
	case <-time.After(30 * time.Millisecond):
	}
}

// reads returns the texts of entries until there are as many as wanted.
func (l *wireless) reads(t *testing.T, want int) []string {
	t.Helper()
	var texts []string
	for len(texts) < want {
		f := l.next(t)
		if f["type"] != "entries" {
			continue
		}
		for _, e := range f["entries"].([]any) {
			texts = append(texts, e.(map[string]any)["text"].(string))
		}
	}
	return texts
}

func (l *wireless) closedWith(t *testing.T, want closeCode) {
	t.Helper()
	select {
	case <-l.gone:
	case <-time.After(5 * time.Second):
		t.Fatalf("still open; want %d", want)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.code != want {
		t.Errorf("closed with %d, want %d", l.code, want)
	}
}
