package channeltest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"parley/gateway"
)

// awkward are texts that have broken message systems before.
var awkward = []string{
	"",
	" ",
	"\n\n",
	"Has your pay gone up or down?",
	"Beth yw eich cyflog cyn treth? ÀÂÊÎÔÛŴŶ àâêîôûŵŷ äëïöüẅÿ",
	"“Smart” quotes – and dashes…",
	"👩‍👩‍👧‍👦 👍🏽 1️⃣",
	"Привет, 你好, مرحبا",
	"nul \x00 and \xff and \xc3(",
	"<b>bold</b> & \"quoted\"",
	"a\u0302 o\u0308",
	strings.Repeat("Keep your latest payslip. ", 80),
	strings.Repeat("ŵ", 2000),
}

func preparesOnce(t *testing.T, h Harness, _ *Receiver) {
	for _, text := range awkward {
		first := h.Channel.Prepare(text)
		if again := h.Channel.Prepare(first.Text); again != first {
			t.Errorf("Prepare(%q) = %+v, and prepared again %+v", text, first, again)
		}
		if same := h.Channel.Prepare(text); same != first {
			t.Errorf("Prepare(%q) = %+v, and the next time %+v", text, first, same)
		}
	}
}

func preparesAnything(t *testing.T, h Harness, _ *Receiver) {
	for _, text := range awkward {
		checkPrepared(t, text, h.Channel.Prepare(text))
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		prepared := h.Channel.Prepare(text)
		checkPrepared(t, text, prepared)
		if again := h.Channel.Prepare(prepared.Text); again != prepared {
			t.Errorf("Prepare(%q) = %+v, and prepared again %+v", text, prepared, again)
		}
	})
}

// errorer is a test, of testing or of rapid.
type errorer interface {
	Errorf(format string, args ...any)
}

func checkPrepared(t errorer, text string, prepared gateway.Prepared) {
	if prepared.Segments < 1 {
		t.Errorf("Prepare(%q) has %d segments: a message has at least one", text, prepared.Segments)
	}
	if !utf8.ValidString(prepared.Text) {
		t.Errorf("Prepare(%q) = %q, which is not UTF-8", text, prepared.Text)
	}
}
