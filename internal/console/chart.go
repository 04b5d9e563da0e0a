package console

import (
	"time"

	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates"
)

// chart is what fell due and what was received by month, drawn as SVG 2. All
// measures are its own units; the page scales it.
type chart struct {
	Width, Height int
	Left, Bottom  int // of the plot
	Lines         []gridline
	Months        []chartMonth
	From, To      string // the first and the last month
	Due, Received calculation.Money
}

// LabelX is where the amounts of the lines end, and MonthY where the names of
// the months stand.
func (ch *chart) LabelX() int { return ch.Left - 8 }
func (ch *chart) MonthY() int { return ch.Bottom + 22 }

// gridline is a line across the plot with an amount beside it.
type gridline struct {
	Y     int
	Label string
}

// Base is where the amount stands.
func (l gridline) Base() int { return l.Y + 5 }

// chartMonth is one month: two bars and its name.
type chartMonth struct {
	Name          string // "Nov"
	Middle        int
	Due, Received bar
	dueSum        calculation.Money
	receivedSum   calculation.Money
}

// bar stands on the bottom of the plot; one without height is not drawn.
type bar struct{ X, Y, Width, Height int }

// The measures of a chart.
const (
	chartMonths = 12
	chartWidth  = 720
	chartHeight = 230
	chartLeft   = 62
	chartTop    = 14
	chartBottom = 196
	barWidth    = 20
)

// newChart draws the twelve months up to that of a day; nil when nothing was
// due or received in them.
func newChart(l templates.Language, due []accounts.Instalment, payments []directory.Payment, today calculation.Date) *chart {
	year, month, _ := today.Time().Date()
	first := time.Date(year, month-chartMonths+1, 1, 0, 0, 0, 0, time.UTC)
	ch := &chart{Width: chartWidth, Height: chartHeight, Left: chartLeft, Bottom: chartBottom, Months: make([]chartMonth, chartMonths)}
	at := func(d calculation.Date) *chartMonth {
		y, m, _ := d.Time().Date()
		n := (y-first.Year())*12 + int(m) - int(first.Month())
		if n < 0 || n >= chartMonths || d > today {
			return nil
		}
		return &ch.Months[n]
	}
	for _, i := range due {
		if m := at(i.Due); m != nil {
			m.dueSum += i.Amount
			ch.Due += i.Amount
		}
	}
	for _, p := range payments {
		if m := at(p.Received); m != nil {
			m.receivedSum += p.Amount
			ch.Received += p.Amount
		}
	}
	if ch.Due+ch.Received == 0 {
		return nil
	}
	ch.draw(l, first)
	return ch
}

func (ch *chart) draw(l templates.Language, first time.Time) {
	var most calculation.Money
	for _, m := range ch.Months {
		most = max(most, m.dueSum, m.receivedSum)
	}
	step := gridStep(most)
	top := (most + step - 1) / step * step
	height := func(amount calculation.Money) int { return int(amount * (chartBottom - chartTop) / top) }
	for amount := calculation.Money(0); amount <= top; amount += step {
		ch.Lines = append(ch.Lines, gridline{chartBottom - height(amount), templates.Money(int64(amount))})
	}
	const slot = (chartWidth - chartLeft) / chartMonths
	for n := range ch.Months {
		m := &ch.Months[n]
		day := first.AddDate(0, n, 0)
		m.Name, m.Middle = monthName(l, day.Month()), chartLeft+n*slot+slot/2
		m.Due = bar{m.Middle - barWidth - 1, chartBottom - height(m.dueSum), barWidth, height(m.dueSum)}
		m.Received = bar{m.Middle + 1, chartBottom - height(m.receivedSum), barWidth, height(m.receivedSum)}
	}
	last := first.AddDate(0, chartMonths-1, 0)
	ch.From, ch.To = monthAndYear(l, first), monthAndYear(l, last)
}

// gridStep is a round amount of which at most four reach an amount.
func gridStep(most calculation.Money) calculation.Money {
	for unit := calculation.Money(100); ; unit *= 10 {
		for _, times := range []calculation.Money{1, 2, 5} {
			if step := unit * times; step*4 >= most {
				return step
			}
		}
	}
}

// monthName is a month as the axis has room for it.
func monthName(l templates.Language, m time.Month) string {
	if l == templates.Welsh {
		return [...]string{"Ion", "Chwe", "Maw", "Ebr", "Mai", "Meh", "Gor", "Awst", "Medi", "Hyd", "Tach", "Rhag"}[m-1]
	}
	return m.String()[:3]
}

func monthAndYear(l templates.Language, t time.Time) string {
	return monthName(l, t.Month()) + " " + t.Format("2006")
}
