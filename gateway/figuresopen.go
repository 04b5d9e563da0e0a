package gateway

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"parley/gateway/calculation"
)

// Quarter is one of the calendar year.
type Quarter struct {
	Year   int
	Number int // 1 to 4
}

var errQuarter = errors.New("is not a quarter such as 2026-Q4")

// ParseQuarter reads "2026-Q4".
func ParseQuarter(text string) (Quarter, error) {
	var q Quarter
	_, err := fmt.Sscanf(text, "%4d-Q%1d", &q.Year, &q.Number)
	if err != nil || q.String() != text || q.Number < 1 || q.Number > 4 || q.Year < 2000 || q.Year > 2199 {
		return q, fmt.Errorf("%q %w", text, errQuarter)
	}
	return q, nil
}

// QuarterOf is the one that a day is in.
func QuarterOf(day calculation.Date) Quarter {
	year, month, _ := day.Time().Date()
	return Quarter{year, (int(month) + 2) / 3}
}

func (q Quarter) String() string { return fmt.Sprintf("%d-Q%d", q.Year, q.Number) }

// Before is the quarter before.
func (q Quarter) Before() Quarter {
	if q.Number == 1 {
		return Quarter{q.Year - 1, 4}
	}
	return Quarter{q.Year, q.Number - 1}
}

// Days are its first and its last.
func (q Quarter) Days() (first, last calculation.Date) {
	first = calculation.NewDate(q.Year, time.Month(3*q.Number-2), 1)
	return first, calculation.NewDate(q.Year, time.Month(3*q.Number+1), 1).AddDays(-1)
}

// OpenRow is one figure as it is published.
type OpenRow struct {
	Table    string // "conversations", "work closed", …
	Category string // of what; "all" for the total
	Measure  string
	Value    string // a number, or Confidential
}

// Confidential stands for a number that is kept back (Government Analysis
// Function, "Symbols in tables": [c]).
const Confidential = "[c]"

// OpenData are the figures of a quarter as everybody may see them: no number
// under 5, nor what a number under 5 could be reckoned from. Final is false
// while they can still change: they are not published before, since of two
// releases the difference may be small.
func (b *FigureBook) OpenData(ctx context.Context, q Quarter) (rows []OpenRow, final bool, err error) {
	first, last := q.Days()
	f, err := b.store.Figures(ctx, first, last)
	if err != nil {
		return nil, false, err
	}
	return f.open(), b.Today() > last.AddDays(figuresRun), nil
}

// opening makes the rows of a release; a row's number is known once all are in.
type opening struct {
	release
	rows   []OpenRow
	places []int // of each row's number
}

// row adds a number.
func (o *opening) row(table, category, measure string, value int) int {
	place := o.add(value)
	o.rows, o.places = append(o.rows, OpenRow{table, category, measure, strconv.Itoa(value)}), append(o.places, place)
	return place
}

// split adds what a number is the sum of.
func (o *opening) split(total int, parts ...int) {
	if len(parts) > 0 {
		o.sums = append(o.sums, sum{total, parts})
	}
}

// beside adds a row that is shown where a number is.
func (o *opening) beside(place int, table, category, measure, value string) {
	o.rows, o.places = append(o.rows, OpenRow{table, category, measure, value}), append(o.places, place)
}

func (f Figures) open() []OpenRow {
	o := &opening{}
	f.openConversations(o)
	for _, t := range []struct {
		table string
		m     Measure
	}{{"messages received", Received}, {"messages sent", SentOut}} {
		o.byName(f, t.table, t.m)
	}
	f.openWork(o)
	f.openTimes(o)
	all := o.row("ease of web chat", "all", "answers", f.Sum(Opinion, "", ""))
	var parts []int
	for _, one := range f {
		if one.Measure == Opinion {
			parts = append(parts, o.row("ease of web chat", one.How, "answers", one.Count))
		}
	}
	o.split(all, parts...)
	hidden := o.suppressed()
	for i := range o.rows {
		if hidden[o.places[i]] {
			o.rows[i].Value = Confidential
		}
	}
	return o.rows
}

// byName adds a total and what it is the sum of.
func (o *opening) byName(f Figures, table string, m Measure) {
	all := o.row(table, "all", "number", f.Sum(m, "", ""))
	var parts []int
	for _, name := range f.Names(m) {
		parts = append(parts, o.row(table, name, "number", f.Sum(m, name, "")))
	}
	o.split(all, parts...)
}

// openConversations adds conversations by dialog, each by whether it was
// completed, and by channel.
func (f Figures) openConversations(o *opening) {
	const table = "conversations"
	all := o.row(table, "all", "begun", f.Sum(Endings, "", ""))
	var parts []int
	for _, dialog := range f.Names(Endings) {
		begun, completed := f.Sum(Endings, dialog, ""), f.Sum(Endings, dialog, string(Completed))
		place := o.row(table, dialog, "begun", begun)
		o.split(place, o.row(table, dialog, "completed", completed), o.row(table, dialog, "not completed", begun-completed))
		parts = append(parts, place)
	}
	o.split(all, parts...)
	var channels []string
	for _, one := range f {
		if one.Measure == Began {
			channels = append(channels, one.How)
		}
	}
	slices.Sort(channels)
	parts = nil
	for _, channel := range slices.Compact(channels) {
		parts = append(parts, o.row("conversations by channel", channel, "begun", f.Sum(Began, "", channel)))
	}
	o.split(all, parts...)
}

// openWork adds closed work by kind, each by whether it was in time.
func (f Figures) openWork(o *opening) {
	const table = "work closed"
	all := o.row(table, "all", "number", f.Sum(InTime, "", ""))
	var parts []int
	for _, kind := range f.Names(InTime) {
		met, missed := f.Sum(InTime, kind, "met"), f.Sum(InTime, kind, "missed")
		place := o.row(table, kind, "number", met+missed)
		o.split(place, o.row(table, kind, "in time", met), o.row(table, kind, "late", missed))
		o.openQuantiles(f, place, "time to close", kind, Resolved)
		parts = append(parts, place)
	}
	o.split(all, parts...)
}

// openTimes adds the time until work was taken, by kind.
func (f Figures) openTimes(o *opening) {
	const table = "first response"
	all := o.row(table, "all", "number", f.Sum(FirstAnswer, "", ""))
	var parts []int
	for _, kind := range f.Names(FirstAnswer) {
		place := o.row(table, kind, "number", f.Sum(FirstAnswer, kind, ""))
		o.openQuantiles(f, place, table, kind, FirstAnswer)
		parts = append(parts, place)
	}
	o.split(all, parts...)
}

// openQuantiles adds times in hours, shown where the number of what they are of
// is.
func (o *opening) openQuantiles(f Figures, place int, table, kind string, m Measure) {
	for _, q := range []struct {
		name  string
		share float64
	}{{"half within, hours", 0.5}, {"9 in 10 within, hours", 0.9}} {
		took, _ := f.Quantile(m, kind, q.share)
		o.beside(place, table, kind, q.name, strconv.FormatFloat(took.Hours(), 'f', 1, 64))
	}
}
