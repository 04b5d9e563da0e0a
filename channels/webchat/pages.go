package webchat

import (
	"embed"
	"fmt"
	"io/fs"

	"parley/internal/web"
)

//go:embed pages/*.html
var pageFiles embed.FS

// pages are the templates of the chat.
type pages struct{ web.Pages }

func newPages(Config) (*pages, error) {
	files, err := fs.Sub(pageFiles, "pages")
	if err != nil {
		return nil, fmt.Errorf("opening pages: %w", err)
	}
	parsed, err := web.ParsePages(files, nil)
	return &pages{parsed}, err
}
