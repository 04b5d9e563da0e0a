package dialogs

import (
	"maps"
	"slices"
	"testing"

	"parley/templates"
)

func TestStandingPhrases(t *testing.T) {
	english := standingPhrases[templates.English]
	if last := slices.Max(slices.Collect(maps.Keys(english))); len(english) != int(last)+1 || len(english) != len(standingPhrases[templates.Welsh]) {
		t.Errorf("%d phrases in English and %d in Welsh, want %d", len(english), len(standingPhrases[templates.Welsh]), last+1)
	}
	for name, text := range english {
		welsh, ok := standingPhrases[templates.Welsh][name]
		if !ok || welsh == "" || text == "" {
			t.Errorf("%q has no words in Welsh", text)
			continue
		}
		if a, b := namesIn(t, text), namesIn(t, welsh); !slices.Equal(a, b) {
			t.Errorf("%q holds %v, %q holds %v", text, a, welsh, b)
		}
		if sms := templates.PrepareSMS(text); sms.Encoding != templates.GSM7 || sms.Text != text || sms.Segments > 1 {
			t.Errorf("%q is sent as %q", text, sms.Text)
		}
		l := linter{}
		for language, words := range map[templates.Language]string{templates.English: text, templates.Welsh: welsh} {
			l.asks(language, place{1, 1}, "phrase", words)
			l.links(language, place{1, 1}, "phrase", words)
		}
		for _, p := range l.problems {
			t.Errorf("%q, %q: %s", text, welsh, p.Message)
		}
	}
}

func namesIn(t *testing.T, text string) []string {
	t.Helper()
	parsed, err := templates.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(slices.Values(parsed.Names()))
}
