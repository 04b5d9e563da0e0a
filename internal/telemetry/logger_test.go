package telemetry

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

type personID string

type engaged struct{ Phone string }

func (e *engaged) Error() string { return e.Phone + " is engaged" }

type parent struct{ Name string }

func (p parent) LogValue() slog.Value {
	return slog.GroupValue(slog.String("person", "P1"), slog.String("name", p.Name))
}

func TestLogger(t *testing.T) {
	const id = "0190a3c2-7b1e-7123-8123-412345678901"
	for _, c := range []struct {
		name string
		log  func(*slog.Logger)
		want string // without time and level
	}{
		{"ids, names, counts and durations are written",
			func(l *slog.Logger) {
				l.Info("turn committed", "conversation", id, "dialog", "income-change", "step", "run/each[C1].pay",
					"turn", 3, "duration", 1500*time.Microsecond)
			},
			`{"msg":"turn committed","conversation":"` + id + `","dialog":"income-change","step":"run/each[C1].pay","turn":3,"duration":1500000}`},
		{"typed ids are ids",
			func(l *slog.Logger) { l.Info("m", "person", personID("P1"), "message", []personID{"M1", "M2"}) },
			`{"msg":"m","person":"P1","message":["M1","M2"]}`},
		{"a hash is an id", func(l *slog.Logger) { l.Info("m", "version", "1234567890ab") }, `{"msg":"m","version":"1234567890ab"}`},
		{"a case has its reference", func(l *slog.Logger) { l.Info("m", "case", "300012345678") }, `{"msg":"m","case":"300012345678"}`},
		{"a reference is nothing else's value",
			func(l *slog.Logger) { l.Info("m", "person", "300012345678") }, `{"msg":"m","person":"[redacted]"}`},
		{"an address is no id",
			func(l *slog.Logger) { l.Info("m", "person", "+447700900123", "message", "sam@example.com") },
			`{"msg":"m","person":"[redacted]","message":"[redacted]"}`},
		{"words are no id", func(l *slog.Logger) { l.Info("m", "step", "I lost my job") }, `{"msg":"m","step":"[redacted]"}`},
		{"a postcode is no id", func(l *slog.Logger) { l.Info("m", "outcome", "LS11AA") }, `{"msg":"m","outcome":"[redacted]"}`},
		{"where it listens", func(l *slog.Logger) { l.Info("m", "listen", "127.0.0.1:8080") }, `{"msg":"m","listen":"127.0.0.1:8080"}`},
		{"where nobody listens", func(l *slog.Logger) { l.Info("m", "listen", "07700900123") }, `{"msg":"m","listen":"[redacted]"}`},

		{"keys off the list lose their values, whatever they are",
			func(l *slog.Logger) { l.Info("m", "body", "I lost my job", "born", time.Unix(0, 0), "pin", 1234567) },
			`{"msg":"m","body":"[redacted]","born":"[redacted]","pin":"[redacted]"}`},
		{"a value without a key", func(l *slog.Logger) { l.Info("m", []any{"+447700900123"}...) }, `{"msg":"m","[redacted]":"[redacted]"}`},
		{"a value in place of a key", func(l *slog.Logger) { l.Info("m", []any{"LS1 1AA", 1}...) }, `{"msg":"m","[redacted]":"[redacted]"}`},
		{"things with parts are not written", func(l *slog.Logger) { l.Info("m", "person", struct{ Name string }{"Sam"}) }, `{"msg":"m","person":"[redacted]"}`},
		{"a thing that says what to log still passes the list",
			func(l *slog.Logger) { l.Info("m", "parent", parent{"Sam"}) },
			`{"msg":"m","parent":{"person":"P1","name":"[redacted]"}}`},
		{"groups are read inside",
			func(l *slog.Logger) {
				l.With("name", "Sam").WithGroup("request").Info("m", "code", 200, slog.Group("from", "phone", "07700900123"))
			},
			`{"msg":"m","name":"[redacted]","request":{"code":200,"from":{"phone":"[redacted]"}}}`},

		{"messages and errors are read",
			func(l *slog.Logger) {
				l.Info("for sam@example.com", "error", fmt.Errorf("send: %w", errors.New("+447700900123 is engaged")), "reason", "LS1 1AA")
			},
			`{"msg":"for [redacted]","error":"send: +[redacted] is engaged","reason":"[redacted]"}`},
		{"errors of any type are read",
			func(l *slog.Logger) { l.Info("m", "error", &engaged{"+447700900123"}) },
			`{"msg":"m","error":"+[redacted] is engaged"}`},
		{"no error", func(l *slog.Logger) { l.Info("m", "error", nil) }, `{"msg":"m","error":null}`},
		{"an error that is not there", func(l *slog.Logger) { l.Info("m", "error", (*engaged)(nil)) }, `{"msg":"m","error":null}`},
		{"below the level nothing is written", func(l *slog.Logger) { l.Debug("m") }, ``},
	} {
		t.Run(c.name, func(t *testing.T) {
			var written bytes.Buffer
			c.log(NewLogger(&written, slog.LevelInfo))
			if diff := cmp.Diff(fields(t, c.want), fields(t, written.String())); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestNothingOffTheListIsWritten puts random words under random keys, in every
// way that slog has.
func TestNothingOffTheListIsWritten(t *testing.T) {
	word := rapid.StringMatching(`[a-z]{8,12} [a-z]{8,12}`)
	ways := map[string]func(l *slog.Logger, key, word string){
		"string":    func(l *slog.Logger, key, word string) { l.Info("m", key, word) },
		"error":     func(l *slog.Logger, key, word string) { l.Info("m", key, errors.New(word)) },
		"bytes":     func(l *slog.Logger, key, word string) { l.Info("m", key, json.RawMessage(`"`+word+`"`)) },
		"map":       func(l *slog.Logger, key, word string) { l.Info("m", key, map[string]string{word: word}) },
		"with":      func(l *slog.Logger, key, word string) { l.With(key, word).Info("m") },
		"group":     func(l *slog.Logger, key, word string) { l.Info("m", slog.Group("case", key, word)) },
		"log value": func(l *slog.Logger, key, word string) { l.Info("m", key, parent{Name: word}) },
		"as a key":  func(l *slog.Logger, _, word string) { l.Info("m", word, 1) },
		"as an id":  func(l *slog.Logger, _, word string) { l.Info("m", "person", word, "case", word) },
		"any as id": func(l *slog.Logger, _, word string) { l.Info("m", "person", []string{word}) },
	}
	for way, log := range ways {
		t.Run(way, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				key := rapid.StringMatching(`[a-z]{3,9}`).Filter(func(key string) bool { return allowed[key] == nil }).Draw(t, "key")
				secret := word.Draw(t, "secret")
				var written bytes.Buffer
				log(NewLogger(&written, slog.LevelInfo), key, secret)
				if written.Len() == 0 || strings.Contains(written.String(), secret) {
					t.Fatalf("%q is in %s", secret, written.String())
				}
			})
		})
	}
}

func BenchmarkLogger(b *testing.B) {
	logger := NewLogger(io.Discard, slog.LevelInfo)
	b.ReportAllocs()
	for b.Loop() {
		logger.Info("turn committed", "conversation", "0190a3c2-7b1e-7123-8123-412345678901", "dialog", "income-change",
			"turn", 3, "duration", 1500*time.Microsecond)
	}
}

// fields reads a line of the log, without what differs from line to line.
func fields(t *testing.T, line string) (read map[string]any) {
	t.Helper()
	if line == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(line), &read); err != nil {
		t.Fatalf("%v: %s", err, line)
	}
	delete(read, slog.TimeKey)
	delete(read, slog.LevelKey)
	return read
}
