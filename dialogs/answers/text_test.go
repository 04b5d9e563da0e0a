package answers

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestReadText(t *testing.T) {
	read := func(text string) string {
		clean, err := ReadText(text, 2, 10)
		return outcome(clean, false, err)
	}
	checkRows(t, []row{
		{"hello", "hello"},
		{"  hello \n", "hello"},
		{"a\r\nb", "a\nb"},
		{"a\rb", "a\nb"},
		{"a\x00b\x07c", "abc"},
		{"a\tb", "a\tb"},
		{"a\xffb", "a\uFFFDb"},
		{"tŷ ŵy 😀", "tŷ ŵy 😀"},
		{"ŵŵŵŵŵŵŵŵŵŵ", "ŵŵŵŵŵŵŵŵŵŵ"},
		{"", "!empty"},
		{" \u200b\n", "!empty"},
		{"\x00", "!empty"},
		{"a", "!too_short"},
		{"hello world", "!too_long"},
	}, read)
}

func FuzzReadText(f *testing.F) {
	f.Add("hello\r\n\xff")
	f.Add(strings.Repeat("a", 2000))
	f.Fuzz(func(t *testing.T, text string) {
		clean, err := ReadText(text, 1, 1000)
		if err != nil {
			return
		}
		if n := utf8.RuneCountInString(clean); n < 1 || n > 1000 || !utf8.ValidString(clean) || strings.ContainsAny(clean, "\x00\r\x1b") {
			t.Errorf("%q is %q", text, clean)
		}
		if again, err := ReadText(clean, 1, 1000); err != nil || again != clean {
			t.Errorf("%q is %q, which is %q, %v", text, clean, again, err)
		}
	})
}
