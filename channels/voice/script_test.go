package voice_test

import (
	"strings"
	"testing"

	"parley/internal/simulator/exchange"
)

// message is what a caller leaves after the tone.
var message = []byte("RIFF....WAVE a voice")

// calls begins a call and has it go as a script says. Lines that begin with <
// are what the caller hears, in order: what comes before and after them may be
// more, and a line may say only how it begins, before "…". Lines that begin with
// > are what the caller does: keys, or words, or what stands in brackets.
func (w *world) calls(from, script string) *exchange.Line {
	w.t.Helper()
	line, err := w.exchange.Dial(w.t.Context(), from)
	if err != nil {
		w.t.Fatal(err)
	}
	w.goesOn(line, script)
	return line
}

// goesOn has a call go on as a script says.
func (w *world) goesOn(line *exchange.Line, script string) {
	w.t.Helper()
	heard := line.Script()
	at := 0
	for _, want := range strings.Split(strings.TrimSpace(script), "\n") {
		if want = strings.TrimSpace(want); want == "" {
			continue
		}
		did, does := strings.CutPrefix(want, "> ")
		if does {
			before := len(line.Script())
			if err := act(w.t, line, did); err != nil {
				w.t.Fatalf("%s: %v\n%s", want, err, strings.Join(line.Script(), "\n"))
			}
			heard, at = line.Script(), before
			continue
		}
		for ; at < len(heard) && !matches(want, heard[at]); at++ {
		}
		if at == len(heard) {
			w.t.Fatalf("did not hear %q in\n%s", want, strings.Join(heard, "\n"))
		}
		at++
	}
}

func matches(want, heard string) bool {
	if begins, open := strings.CutSuffix(want, "…"); open {
		return strings.HasPrefix(heard, begins)
	}
	return want == heard
}

func act(t *testing.T, line *exchange.Line, did string) error {
	switch did {
	case "(silence)":
		return line.Silence(t.Context())
	case "(hangs up)":
		return line.HangUp(t.Context())
	case "(a message)":
		return line.Leave(t.Context(), message)
	}
	if strings.Trim(did, "0123456789*#") == "" {
		return line.Press(t.Context(), did)
	}
	if words, mumbled := strings.CutSuffix(did, " (mumbled)"); mumbled {
		return line.Speak(t.Context(), words, 0.2)
	}
	return line.Speak(t.Context(), did, 0.9)
}
