package webchat

import (
	"strings"
	"testing"
)

// FuzzFrames: whatever a stranger sends, the chat neither breaks nor takes
// what is no message.
func FuzzFrames(f *testing.F) {
	for _, seed := range []string{
		`{"type":"message","id":"m1","text":"hello"}`, `{"type":"typing"}`, `{"type":"read","sequence":1}`, `{"type":"hello","after":9223372036854775807}`,
		`{"type":"message","id":"","text":"hello"}`, `{"type":"message","id":"m1","text":"\u0000","files":["F1"]}`, `{`, `[]`, `null`, `{"type":7}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l := newVisitLog("V1")
		c, w := node(l), newWireless()
		done := make(chan struct{})
		go func() {
			defer close(done)
			c.listen(&tab{to: l, visit: *l.visits["V1"], line: w, limits: c.hub.limits})
		}()
		for _, frame := range []string{`{"type":"hello"}`, text, text} {
			select {
			case w.in <- frame:
			case <-w.gone:
			}
		}
		w.close(0, "")
		<-done
		for id := range l.taken {
			if !isMessageID(strings.TrimPrefix(id, "V1/")) {
				t.Errorf("took a message %q", id)
			}
		}
		if len(l.taken) > 1 {
			t.Errorf("took one message %d times", len(l.taken))
		}
	})
}
