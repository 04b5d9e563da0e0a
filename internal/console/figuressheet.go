package console

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// A sheet is an answer as a file of comma-separated values (RFC 4180).
type sheet struct {
	to   *csv.Writer
	rows int
}

// newSheet begins one, which browsers save under a name.
func newSheet(w http.ResponseWriter, name string, columns ...string) *sheet {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name+".csv"))
	w.Header().Set("Cache-Control", "no-store")
	return writeSheet(w, columns...)
}

func writeSheet(to io.Writer, columns ...string) *sheet {
	s := &sheet{to: csv.NewWriter(to)}
	s.add(columns...)
	s.rows = 0
	return s
}

// add adds a row. A cell that a spreadsheet would reckon as a formula is marked
// as text (OWASP, CSV injection). What fails is told by end.
func (s *sheet) add(cells ...string) {
	row := make([]string, len(cells))
	for i, cell := range cells {
		if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
			cell = "'" + cell
		}
		row[i] = cell
	}
	_ = s.to.Write(row)
	s.rows++
}

func (s *sheet) end() error {
	s.to.Flush()
	return s.to.Error()
}
