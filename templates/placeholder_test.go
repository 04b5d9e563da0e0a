package templates_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/templates"
)

func ExampleText_Render() {
	text, err := templates.Parse("We will write to you by ((report.due)). Your reference is ((report.reference)).")
	if err != nil {
		fmt.Println(err)
		return
	}
	values := map[string]string{
		"report.due":       templates.English.Date(2026, 11, 3),
		"report.reference": "C123",
	}
	words, err := text.Render(func(name string) (string, bool) {
		value, ok := values[name]
		return value, ok
	})
	fmt.Println(words, err)
	// Output: We will write to you by 3 November 2026. Your reference is C123. <nil>
}

// bracketed answers every name with the name in angle brackets.
func bracketed(name string) (string, bool) { return "<" + name + ">", true }

func TestParseAndRender(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		names            []string
	}{
		{"nothing", "", "", nil},
		{"only words", "Keep paying.", "Keep paying.", nil},
		{"a name", "Hello ((name)).", "Hello <name>.", []string{"name"}},
		{"alone", "((name))", "<name>", []string{"name"}},
		{"a value inside another", "by ((report.due))", "by <report.due>", []string{"report.due"}},
		{"deeper", "((a.b_1.c2))", "<a.b_1.c2>", []string{"a.b_1.c2"}},
		{"next to each other", "((a))((b))", "<a><b>", []string{"a", "b"}},
		{"used twice, named once", "((b)) ((a)) ((b))", "<b> <a> <b>", []string{"b", "a"}},
		{"in ordinary brackets", "(((pay)))", "(<pay>)", []string{"pay"}},
		{"in two pairs of brackets", "((((pay))))", "((<pay>))", []string{"pay"}},
		{"single brackets", "(see (a)) 1) :)", "(see (a)) 1) :)", nil},
		{"Welsh words", "Diolch ((enw)) â chi", "Diolch <enw> â chi", []string{"enw"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, err := templates.Parse(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.names, text.Names()); diff != "" {
				t.Errorf("Names (-want +got):\n%s", diff)
			}
			got, err := text.Render(bracketed)
			if err != nil || got != c.want {
				t.Errorf("Render = %q, %v, want %q", got, err, c.want)
			}
			appended, err := text.AppendRender([]byte("> "), bracketed)
			if err != nil || string(appended) != "> "+c.want {
				t.Errorf("AppendRender = %q, %v, want %q after what was there", appended, err, c.want)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct {
		name, text           string
		offset, line, column int
		says                 string
	}{
		{"never closed", "Hello ((name", 6, 1, 7, "never closed"},
		{"closed with one bracket", "Hello ((name) you", 6, 1, 7, "never closed"},
		{"empty", "Hello (()).", 6, 1, 7, "no name"},
		{"only a space", "(( ))", 0, 1, 1, "no name"},
		{"on a later line", "a\nâ ((pay\n", 5, 2, 3, "never closed"},
		{"two words", "((report due))", 0, 1, 1, "is not a name"},
		{"space around", "(( name ))", 0, 1, 1, "is not a name"},
		{"begins with a digit", "((1st))", 0, 1, 1, "is not a name"},
		{"two dots", "((a..b))", 0, 1, 1, "is not a name"},
		{"ends with a dot", "((a.))", 0, 1, 1, "is not a name"},
		{"a letter we would have to fold", "((tâl))", 0, 1, 1, "is not a name"},
		{"opened inside another", "((a ((b))", 0, 1, 1, "is not a name"},
		{"the second of two", "((a)) ((", 6, 1, 7, "never closed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := templates.Parse(c.text)
			var syntax *templates.SyntaxError
			if !errors.As(err, &syntax) {
				t.Fatalf("error is %v, want a SyntaxError", err)
			}
			if syntax.Offset != c.offset || syntax.Line != c.line || syntax.Column != c.column {
				t.Errorf("at offset %d, line %d, column %d; want %d, %d, %d",
					syntax.Offset, syntax.Line, syntax.Column, c.offset, c.line, c.column)
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("%q does not say %q", err, c.says)
			}
		})
	}
}

func TestRenderNamesTheMissingValue(t *testing.T) {
	text := mustParse(t, "((a)) and ((report.due))")
	_, err := text.Render(func(name string) (string, bool) { return "x", name == "a" })
	var missing *templates.MissingError
	if !errors.As(err, &missing) || missing.Name != "report.due" {
		t.Errorf("error is %v, want a MissingError for report.due", err)
	}
	kept, err := text.AppendRender([]byte("kept"), func(string) (string, bool) { return "", false })
	if err == nil || string(kept) != "kept" {
		t.Errorf("AppendRender = %q, %v, want what was there and an error", kept, err)
	}
}

func TestNamesAreACopy(t *testing.T) {
	text := mustParse(t, "((a))")
	text.Names()[0] = "changed"
	if got := text.Names()[0]; got != "a" {
		t.Errorf("a caller changed the names to %q", got)
	}
}

// What a person wrote never becomes a placeholder, whatever they wrote.
func TestValuesAreNotParsedAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("(a)")))).Draw(t, "first")
		second := rapid.String().Draw(t, "second")
		text, err := templates.Parse("1 ((a)) 2 (((b)))")
		if err != nil {
			t.Fatal(err)
		}
		got, err := text.Render(func(name string) (string, bool) {
			return map[string]string{"a": first, "b": second}[name], true
		})
		if want := "1 " + first + " 2 (" + second + ")"; err != nil || got != want {
			t.Fatalf("Render = %q, %v, want %q", got, err, want)
		}
	})
}

// Whatever an author types either parses, and then its names and words come
// back, or fails at a place inside the text.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "((a))", "((", "(())", "((((a))))", "((a.b)) ((c", "x\n((d e))", "(((((((("} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		text, err := templates.Parse(source)
		var syntax *templates.SyntaxError
		if errors.As(err, &syntax) {
			if !strings.HasPrefix(source[syntax.Offset:], "((") {
				t.Fatalf("offset %d of %q is not a placeholder", syntax.Offset, source)
			}
			return
		}
		same, err := text.Render(func(name string) (string, bool) { return "((" + name + "))", true })
		if err != nil || same != source {
			t.Fatalf("%q came back as %q, %v", source, same, err)
		}
	})
}

func mustParse(t testing.TB, source string) *templates.Text {
	t.Helper()
	text, err := templates.Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func BenchmarkAppendRender(b *testing.B) {
	text := mustParse(b, "Thank you. We will write to you by ((report.due)). Keep paying as now until then. Your reference is ((report.reference)).")
	lookup := func(name string) (string, bool) { return "3 November 2026", true }
	b.ReportAllocs()
	var buffer []byte
	for b.Loop() {
		buffer, _ = text.AppendRender(buffer[:0], lookup)
	}
}
