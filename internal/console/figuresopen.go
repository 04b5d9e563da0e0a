package console

import (
	"context"
	"io"
	"net/http"

	"parley/gateway"
)

// OpenBook has figures fit for everybody to see.
type OpenBook interface {
	OpenData(ctx context.Context, q gateway.Quarter) (rows []gateway.OpenRow, final bool, err error)
}

// quartersShown is how many quarters the page offers, the present one first.
const quartersShown = 5

// openQuarter is the quarter that is asked for, the last whole one otherwise.
func (c *Console) openQuarter(r *request) gateway.Quarter {
	if q, err := gateway.ParseQuarter(r.FormValue("quarter")); err == nil {
		return q
	}
	return gateway.QuarterOf(c.config.Figures.Book.Today()).Before()
}

func (c *Console) openDataPage(w http.ResponseWriter, r *request) error {
	content := struct {
		Quarter  gateway.Quarter
		Quarters []gateway.Quarter
		Rows     []gateway.OpenRow
		Final    bool
	}{Quarter: c.openQuarter(r)}
	q := gateway.QuarterOf(c.config.Figures.Book.Today())
	for range quartersShown {
		content.Quarters = append(content.Quarters, q)
		q = q.Before()
	}
	var err error
	if content.Rows, content.Final, err = c.config.Figures.Book.OpenData(r.Context(), content.Quarter); err != nil {
		return err
	}
	return c.page(w, r, http.StatusOK, "opendata", r.say("open.title"), content)
}

// openDataCSV is a quarter as a file. While its figures can still change its
// name and each row say so.
func (c *Console) openDataCSV(w http.ResponseWriter, r *request) error {
	q := c.openQuarter(r)
	rows, final, err := c.config.Figures.Book.OpenData(r.Context(), q)
	if err != nil {
		return err
	}
	name := "open-data-" + q.String()
	if !final {
		name += "-provisional"
	}
	return writeOpenData(newSheet(w, name, openColumns...), q, rows, final)
}

// openColumns are those of a quarter as it is published.
var openColumns = []string{"quarter", "status", "table", "category", "measure", "value"}

// WriteOpenData writes a quarter as it is published, as CSV with a row of names.
// While its figures can still change each row says provisional.
func WriteOpenData(to io.Writer, q gateway.Quarter, rows []gateway.OpenRow, final bool) error {
	return writeOpenData(writeSheet(to, openColumns...), q, rows, final)
}

func writeOpenData(file *sheet, q gateway.Quarter, rows []gateway.OpenRow, final bool) error {
	status := "final"
	if !final {
		status = "provisional"
	}
	for _, row := range rows {
		file.add(q.String(), status, row.Table, row.Category, row.Measure, row.Value)
	}
	return file.end()
}
