package servertest

import (
	"os"
	"path/filepath"
	"testing"
)

// Axe returns the source of axe-core, which checks pages against WCAG. npm
// installs it with the tools that build the pages: make assets.
func Axe(tb testing.TB) string {
	tb.Helper()
	const source = "internal/web/node_modules/axe-core/axe.min.js"
	folder, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for above := folder; ; above = filepath.Dir(above) {
		if content, err := os.ReadFile(filepath.Join(above, source)); err == nil {
			return string(content)
		}
		if above == filepath.Dir(above) {
			unavailable(tb, lack("axe-core: run make assets"))
		}
	}
}
