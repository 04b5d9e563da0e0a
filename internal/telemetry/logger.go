package telemetry

import (
	"io"
	"log/slog"
	"reflect"
	"strings"
)

// What the values of a key may be. Numbers, durations, times and yes or no are
// written under every key on the list.
type reading func(text string) string

// The readings of a text: as an id or a name, as the reference of a case, as
// where a server listens, and as words for operators.
func identifier(text string) string { return keepIf(isIdentifier(text), text) }
func reference(text string) string  { return keepIf(isCaseReference(text), text) }
func endpoint(text string) string   { return keepIf(isEndpoint(text), text) }
func words(text string) string      { return Redact(text) }

// allowed lists the keys whose values are written, with how their texts are
// read. Everything else is written as [redacted]. Add a key here when its values
// are made by the program, not by people.
var allowed = map[string]reading{
	// ids
	"conversation": identifier, "message": identifier, "person": identifier, "case": reference,
	"team": identifier, "report": identifier, "work_item": identifier, "timer": identifier, "job": identifier,
	"visit": identifier, "campaign": identifier, "call": identifier, "request": identifier, "provider_id": identifier, "node": identifier, "version": identifier,
	// names
	"dialog": identifier, "step": identifier, "channel": identifier, "language": identifier, "kind": identifier,
	"status": identifier, "phase": identifier, "outcome": identifier, "decision": identifier, "code": identifier,
	"command": identifier, "service": identifier, "queue": identifier, "route": words, "method": identifier,
	"setting": identifier,
	// counts, sizes and times
	"turn": identifier, "count": identifier, "limit": identifier, "attempt": identifier, "bytes": identifier,
	"segments": identifier, "cases": identifier, "notices": identifier, "failed": identifier, "heard": identifier, "duration": identifier, "wait": identifier, "at": identifier, "until": identifier,
	// words
	slog.MessageKey: words, "error": words, "about": words, "reason": words, "file": words,
	"listen": endpoint,
	// slog's own
	slog.LevelKey: identifier, slog.TimeKey: identifier,
}

// NewLogger returns a logger that writes one JSON object a line and nothing
// personal. It is safe for concurrent use.
func NewLogger(w io.Writer, level slog.Leveler) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: redactAttribute}))
}

// redactAttribute is called for every attribute that is not a group, with its
// value resolved; slog calls it for the time, level and message too.
func redactAttribute(_ []string, a slog.Attr) slog.Attr {
	read, ok := allowed[a.Key]
	if !ok {
		return slog.String(safeKey(a.Key), redacted)
	}
	return slog.Attr{Key: a.Key, Value: redactValue(a.Value, read)}
}

// safeKey keeps a key that can only have been written by a programmer, so that
// what is missing from the list is found; a call with its arguments in the
// wrong order puts anything into a key.
func safeKey(key string) string {
	return keepIf(key != "" && strings.Trim(key, "abcdefghijklmnopqrstuvwxyz_") == "", key)
}

func redactValue(value slog.Value, read reading) slog.Value {
	switch value.Kind() {
	case slog.KindString:
		return slog.StringValue(read(value.String()))
	case slog.KindAny:
		return redactAny(value.Any(), read)
	default:
		return value
	}
}

// redactAny reads what is a text in Go's terms: an error, a typed id, a list of
// these. Anything else has parts that no list knows.
func redactAny(value any, read reading) slog.Value {
	if v := reflect.ValueOf(value); !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return slog.AnyValue(nil) // an error that is not there has no text
	}
	switch value := value.(type) {
	case error:
		return slog.StringValue(read(value.Error()))
	case slog.Level:
		return slog.AnyValue(value)
	}
	switch v := reflect.ValueOf(value); {
	case v.Kind() == reflect.String:
		return slog.StringValue(read(v.String()))
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.String:
		texts := make([]string, v.Len())
		for i := range texts {
			texts[i] = read(v.Index(i).String())
		}
		return slog.AnyValue(texts)
	default:
		return slog.StringValue(redacted)
	}
}

func keepIf(safe bool, text string) string {
	if safe {
		return text
	}
	return redacted
}
