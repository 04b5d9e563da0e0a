package web

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// Path is where the styles and scripts are served.
const Path = "/assets/"

//go:embed all:static
var built embed.FS

// Assets are the built styles and scripts. Their file names hold a hash of
// their content, so that a browser may keep them for ever.
type Assets struct {
	files fs.FS
	names map[string]string // by the name without the hash
}

// NewAssets reads what make assets has built. When it was not run there are no
// styles and scripts, Built says so, and pages are plain and work.
func NewAssets() (*Assets, error) {
	files, err := fs.Sub(built, "static")
	if err != nil {
		return nil, fmt.Errorf("opening the built assets: %w", err)
	}
	return readAssets(files)
}

func readAssets(files fs.FS) (*Assets, error) {
	a := &Assets{files: files, names: map[string]string{}}
	list, err := fs.ReadFile(files, "manifest.json")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return a, nil
	case err != nil:
		return nil, fmt.Errorf("reading the list of assets: %w", err)
	}
	if err := json.Unmarshal(list, &a.names); err != nil {
		return nil, fmt.Errorf("reading the list of assets: %w", err)
	}
	return a, nil
}

// Built reports whether there are any.
func (a *Assets) Built() bool { return len(a.names) > 0 }

// URL is where an asset like "chat.js" is served, "" when it was not built.
func (a *Assets) URL(name string) string {
	if file := a.names[name]; file != "" {
		return Path + file
	}
	return ""
}

// ServeHTTP serves the assets below Path, compressed for browsers that ask.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, Path)
	content, err := fs.ReadFile(a.files, name)
	if err != nil || name == "manifest.json" || strings.HasPrefix(name, ".") {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Add("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		if smaller, err := fs.ReadFile(a.files, name+".gz"); err == nil {
			h.Set("Content-Encoding", "gzip")
			content = smaller
		}
	}
	_, _ = w.Write(content) // the browser may have gone
}
