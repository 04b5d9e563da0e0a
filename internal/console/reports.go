package console

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/templates/notices"
)

// FiguresConfig is what the pages of figures, dialogs and audit need.
type FiguresConfig struct {
	Audit   AuditTrail
	Book    FigureBook
	Notices []*notices.Notice
}

// FigureBook has the service's figures.
type FigureBook interface {
	Today() calculation.Date
	Between(ctx context.Context, first, last calculation.Date) (gateway.Figures, error)
	OpenBook
}

func (c *Console) reportRoutes() []route {
	return []route{
		{"GET /console/reports", everybody, c.reportsPage, ""},
		{"GET /console/reports/{report}/csv", everybody, c.reportCSV, ""},
		{"GET /console/reports/open-data", everybody, c.openDataPage, ""},
		{"GET /console/reports/open-data/csv", everybody, c.openDataCSV, ""},
	}
}

// periods are the lengths, in days, that reports are of.
var periods = []int{7, 28, 91, 365}

const usualPeriod = 28

func readPeriod(r *request) int {
	days, err := strconv.Atoi(r.FormValue("days"))
	if err != nil || !slices.Contains(periods, days) {
		return usualPeriod
	}
	return days
}

// lately are the figures of the last days, today too.
func (c *Console) lately(ctx context.Context, days int) (gateway.Figures, error) {
	today := c.config.Figures.Book.Today()
	return c.config.Figures.Book.Between(ctx, today.AddDays(1-days), today)
}

// A figureTable is one table, and the chart of it.
type figureTable struct {
	ID      string // also the key of its words
	Columns []string
	Rows    []reportRow
}

// reportRow is one row; Share is how far its bar goes, 0 to 1, and Shown what
// stands at its end.
type reportRow struct {
	Name  string
	Cells []string
	Share float64
	Shown string
}

// Label is the column of a cell.
func (t figureTable) Label(cell int) string { return t.Columns[cell+1] }

// reports are all, of the figures of a page.
func (c *Console) reports(r *request, f gateway.Figures) []figureTable {
	return []figureTable{
		c.timesReport(r, f, "first", gateway.FirstAnswer), c.inTimeReport(r, f), c.timesReport(r, f, "resolved", gateway.Resolved),
		c.dialogsReport(r, f), c.channelsReport(r, f), c.deliveryReport(r, f), c.opinionReport(r, f),
	}
}

func (c *Console) reportsPage(w http.ResponseWriter, r *request) error {
	content := struct {
		Days    int
		Periods []int
		Reports []figureTable
	}{Days: readPeriod(r), Periods: periods}
	figures, err := c.lately(r.Context(), content.Days)
	if err != nil {
		return err
	}
	content.Reports = c.reports(r, figures)
	return c.page(w, r, http.StatusOK, "reports", r.say("nav.reports"), content)
}

func (c *Console) reportCSV(w http.ResponseWriter, r *request) error {
	figures, err := c.lately(r.Context(), readPeriod(r))
	if err != nil {
		return err
	}
	for _, one := range c.reports(r, figures) {
		if one.ID != r.PathValue("report") {
			continue
		}
		file := newSheet(w, one.ID, one.Columns...)
		for _, row := range one.Rows {
			file.add(append([]string{row.Name}, row.Cells...)...)
		}
		return file.end()
	}
	return errNoPage
}

// percent is a share of a whole, as words and as a part of 1.
func percent(part, whole int) (string, float64) {
	if whole == 0 {
		return "–", 0
	}
	share := float64(part) / float64(whole)
	return strconv.Itoa((200*part+whole)/(2*whole)) + "%", share
}

// kindName is a kind of work in words.
func kindName(r *request, kind string) string { return wordOr(r.Language, "kind."+kind, kind) }

// span is a length of time in words.
func (c *Console) span(r *request, took time.Duration) string {
	words, err := clockWords{r.Language, c.london, c.config.Clock}.span(took)
	if err != nil {
		return took.String()
	}
	return words
}
