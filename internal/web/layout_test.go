package web_test

import (
	"html/template"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"parley/internal/web"
	"parley/templates"
)

func Example() {
	pages, err := web.ParsePages(fstest.MapFS{
		"_parts.html": {Data: []byte(`{{define "greeting"}}Hello {{.}}{{end}}`)},
		"hello.html":  {Data: []byte(`{{define "content"}}<h1>{{template "greeting" .Content}}</h1>{{end}}`)},
	}, nil)
	if err != nil {
		panic(err)
	}
	answer := httptest.NewRecorder()
	web.Secure(answer.Header())
	err = pages.Write(answer, http.StatusOK, "hello", web.Page{
		Title: "Hello", Service: "Example", Language: templates.English, Skip: "Skip to main content", Content: "<Sam>",
	})
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(answer.Body.String()) {
		if strings.Contains(line, "<h1>") || strings.Contains(line, "<title>") {
			_, _ = os.Stdout.WriteString(line)
		}
	}
	// Output:
	// <title>Hello</title>
	// <h1>Hello &lt;Sam&gt;</h1>
}

func TestPagesThatCannotBeDrawnAnswerNothing(t *testing.T) {
	if _, err := web.ParsePages(fstest.MapFS{"a.html": {Data: []byte(`{{define "content"}}{{.`)}}, nil); err == nil {
		t.Error("a broken template was parsed")
	}
	pages, err := web.ParsePages(fstest.MapFS{"a.html": {Data: []byte(`{{define "content"}}half {{.Content.Missing}}{{end}}`)}}, template.FuncMap{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "none"} {
		answer := httptest.NewRecorder()
		if err := pages.Write(answer, http.StatusOK, name, web.Page{Content: struct{}{}}); err == nil || answer.Body.Len() > 0 {
			t.Errorf("page %q: error %v, and %q was written", name, err, answer.Body)
		}
	}
}
