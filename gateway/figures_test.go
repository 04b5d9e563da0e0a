package gateway_test

import (
	"testing"
	"time"

	"parley/gateway"
	"parley/internal/servertest"
)

// book counts the figures of a house as they are.
func (h *house) book() (*gateway.FigureBook, gateway.Figures) {
	h.t.Helper()
	book, err := gateway.NewFigureBook(h.store, "survey", h.clock)
	if err != nil {
		h.t.Fatal(err)
	}
	if err := book.Count(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	figures, err := book.Between(h.t.Context(), book.Today().AddDays(-30), book.Today())
	if err != nil {
		h.t.Fatal(err)
	}
	return book, figures
}

// Conversations are counted by how they ended and where people stopped,
// messages by channel and status, on SQLite and PostgreSQL; counted again, they
// are what they have become.
func TestFiguresOfConversations(t *testing.T) {
	for name, open := range map[string]func(*testing.T) *house{
		"SQLite":   func(t *testing.T) *house { return newHouse(t, family()) },
		"Postgres": func(t *testing.T) *house { return openHouse(t, migrated(t, servertest.Postgres(t)), family()) },
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.start("P1", "income-change")
			h.deliver()
			h.text(payingPhone, "down")
			h.text(payingPhone, "£410 a week")
			_, figures := h.book()
			wantFigures(t, figures, map[gateway.Figure]int{
				{Measure: gateway.Began, Of: "income-change", How: "sms"}:        1,
				{Measure: gateway.Endings, Of: "income-change", How: "running"}:  1,
				{Measure: gateway.AnsweredAt, Of: "income-change", How: "pay"}:   1,
				{Measure: gateway.AnsweredAt, Of: "income-change", How: "since"}: 0,
				{Measure: gateway.LeftAt, Of: "income-change"}:                   0,
				{Measure: gateway.Received, Of: "sms"}:                           2,
				{Measure: gateway.SentOut, Of: "sms"}:                            3,
			})
			h.text(payingPhone, "PERSON")
			_, figures = h.book()
			wantFigures(t, figures, map[gateway.Figure]int{{Measure: gateway.Endings, Of: "income-change", How: "running"}: 1, {Measure: gateway.Received}: 2})
			h.pass(11 * time.Minute)
			_, figures = h.book()
			wantFigures(t, figures, map[gateway.Figure]int{
				{Measure: gateway.Endings, Of: "income-change", How: "person"}: 1,
				{Measure: gateway.Endings}:                                     1,
				{Measure: gateway.LeftAt, Of: "income-change", How: "since"}:   1,
				{Measure: gateway.Received}:                                    3,
			})
		})
	}
}

func wantFigures(t *testing.T, figures gateway.Figures, want map[gateway.Figure]int) {
	t.Helper()
	for f, count := range want {
		if got := figures.Sum(f.Measure, f.Of, f.How); got != count {
			t.Errorf("%s of %q, %q: %d, want %d", f.Measure, f.Of, f.How, got, count)
		}
	}
}

func TestQuantiles(t *testing.T) {
	took := func(d time.Duration, count int) gateway.Figure {
		return gateway.Figure{Measure: gateway.Resolved, Of: "report", How: gateway.SpanName(d), Count: count}
	}
	for _, c := range []struct {
		name    string
		figures gateway.Figures
		share   float64
		want    time.Duration
	}{
		{"half of one span", gateway.Figures{took(45*time.Minute, 10)}, 0.5, 45 * time.Minute},
		{"the end of a span", gateway.Figures{took(45*time.Minute, 10)}, 1, time.Hour},
		{"in the second of two", gateway.Figures{took(time.Minute, 10), took(90*time.Minute, 10)}, 0.75, 90 * time.Minute},
		{"longer than all spans", gateway.Figures{took(400*24*time.Hour, 1)}, 1, 168 * 24 * time.Hour},
	} {
		if got, ok := c.figures.Quantile(gateway.Resolved, "report", c.share); !ok || got != c.want {
			t.Errorf("%s: %v %v, want %v", c.name, got, ok, c.want)
		}
	}
	if got, ok := (gateway.Figures{}).Quantile(gateway.Resolved, "", 0.5); ok {
		t.Errorf("of nothing: %v", got)
	}
}
