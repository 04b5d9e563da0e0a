package web

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"parley/templates"
)

//go:embed layout.html
var layout string

// Page is what the layout draws around the content of a page.
type Page struct {
	Title    string // of the browser's tab
	Service  string // above the page
	Home     string // where that leads; empty: nowhere
	Language templates.Language
	Skip     string // the words of the link that skips to the content
	Styles   string // URLs of assets; empty: none
	Script   string
	Refresh  int // seconds until a browser without JavaScript loads the page again; 0: never

	Around  any // what the face's header and forms get, as .Around; may be nil
	Content any // what the page's own template gets, as .Content
}

// Pages are the templates of one face, each inside the layout.
type Pages map[string]*template.Template

// ParsePages reads the pages of a face from its *.html files. Each defines
// "content", and may define "header" (in the bar above the page) and "before"
// (above the content). Files whose names begin with _ define what all share.
func ParsePages(files fs.FS, functions template.FuncMap) (Pages, error) {
	root, err := template.New("layout").Funcs(functions).Parse(layout)
	if err != nil {
		return nil, fmt.Errorf("parsing the layout: %w", err)
	}
	names, err := fs.Glob(files, "*.html")
	if err != nil {
		return nil, fmt.Errorf("listing pages: %w", err)
	}
	shared := func(name string) bool { return strings.HasPrefix(name, "_") }
	for _, name := range names {
		if shared(name) {
			if root, err = root.ParseFS(files, name); err != nil {
				return nil, fmt.Errorf("parsing pages: %w", err)
			}
		}
	}
	pages := Pages{}
	for _, name := range names {
		if shared(name) {
			continue
		}
		page, err := root.Clone()
		if err == nil {
			page, err = page.ParseFS(files, name)
		}
		if err != nil {
			return nil, fmt.Errorf("parsing pages: %w", err)
		}
		pages[strings.TrimSuffix(name, path.Ext(name))] = page
	}
	return pages, nil
}

// Write answers with a page. Nothing is written when the page cannot be drawn.
func (p Pages) Write(w http.ResponseWriter, status int, name string, page Page) error {
	return p.write(w, status, name, "layout", page)
}

// WritePart answers with one template of a page, without the layout.
func (p Pages) WritePart(w http.ResponseWriter, status int, name, part string, content any) error {
	return p.write(w, status, name, part, content)
}

func (p Pages) write(w http.ResponseWriter, status int, name, part string, data any) error {
	page, ok := p[name]
	if !ok {
		return fmt.Errorf("there is no page %q", name)
	}
	var drawn bytes.Buffer
	if err := page.ExecuteTemplate(&drawn, part, data); err != nil {
		return fmt.Errorf("drawing page %q: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = drawn.WriteTo(w) // the browser may have gone
	return nil
}
