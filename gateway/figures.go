package gateway

import (
	"context"
	"fmt"
	"time"
	_ "time/tzdata" // Europe/London must be there on any machine

	"parley/gateway/calculation"
)

// Measure is what a figure counts.
type Measure string

// What is counted each day, in London. Conversations count on the day that they
// began, messages when they were made, work when it was taken or closed.
const (
	Began       Measure = "began"    // conversations; of a dialog, by channel
	Endings     Measure = "ended"    // the same conversations; of a dialog, by Ending
	AnsweredAt  Measure = "answered" // of a dialog, by question that was answered
	LeftAt      Measure = "left"     // of a dialog, by the step at which they stopped
	Received    Measure = "received" // messages; of a channel
	SentOut     Measure = "sent"     // messages; of a channel, by Status
	Opinion     Measure = "opinion"  // surveys; by what was said
	FirstAnswer Measure = "first"    // work; of a kind, by the time until somebody took it, see FigureSpans
	Resolved    Measure = "resolved" // work; of a kind, by the time until it was closed
	InTime      Measure = "in-time"  // work that was closed; of a kind, "met" or "missed"
)

// Ending is how a conversation ended, for figures.
type Ending string

// A conversation is completed when its dialog got to an end of its own.
const (
	Unfinished Ending = "running"
	Completed  Ending = "completed"
	ToPerson   Ending = "person" // a person took over, or there was danger
	Lapsed     Ending = "lapsed" // they fell silent, or went
)

// endingOf tells how a conversation ended.
func endingOf(c *Conversation) Ending {
	switch {
	case c.Phase != Ended:
		return Unfinished
	case c.Keeper != "":
		return ToPerson
	}
	switch c.Outcome {
	case "expired", "left":
		return Lapsed
	case "handoff", "danger", "resolved":
		return ToPerson
	}
	return Completed
}

// Figure is one count.
type Figure struct {
	Measure Measure
	Of      string
	How     string
	Count   int
}

// Figures are what was counted in a span of days.
type Figures []Figure

// Sum adds up what is of a measure; an empty of or how is any.
func (f Figures) Sum(m Measure, of, how string) (sum int) {
	for i := range f {
		if f[i].Measure == m && (of == "" || f[i].Of == of) && (how == "" || f[i].How == how) {
			sum += f[i].Count
		}
	}
	return sum
}

// Names lists what figures of a measure are of, in their order.
func (f Figures) Names(m Measure) (names []string) {
	seen := map[string]bool{}
	for i := range f {
		if f[i].Measure == m && !seen[f[i].Of] {
			seen[f[i].Of] = true
			names = append(names, f[i].Of)
		}
	}
	return names
}

// FigureSpans are the ends of the times that FirstAnswer and Resolved are
// counted by. What took longer than the last is counted as its double.
var FigureSpans = []time.Duration{
	5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour,
	24 * time.Hour, 2 * 24 * time.Hour, 5 * 24 * time.Hour, 10 * 24 * time.Hour, 15 * 24 * time.Hour, 20 * 24 * time.Hour,
	28 * 24 * time.Hour, 42 * 24 * time.Hour, 84 * 24 * time.Hour,
}

// SpanName is how a figure names the span that a time is in: its end.
func SpanName(took time.Duration) string {
	for _, end := range FigureSpans {
		if took <= end {
			return end.String()
		}
	}
	return (2 * FigureSpans[len(FigureSpans)-1]).String()
}

// Quantile is the time within which a share of work of a kind was done, any
// kind when of is empty; within a span, work counts as spread evenly. False when
// there was none.
func (f Figures) Quantile(m Measure, of string, share float64) (time.Duration, bool) {
	total := f.Sum(m, of, "")
	if total == 0 {
		return 0, false
	}
	wanted, from := share*float64(total), time.Duration(0)
	ends := append(FigureSpans[:len(FigureSpans):len(FigureSpans)], 2*FigureSpans[len(FigureSpans)-1])
	for _, end := range ends {
		within := float64(f.Sum(m, of, end.String()))
		if within >= wanted && within > 0 {
			return from + time.Duration(wanted/within*float64(end-from)), true
		}
		wanted, from = wanted-within, end
	}
	return from, true
}

// FigureStore keeps figures, and what they are counted from.
type FigureStore interface {
	sources

	// DayFigures counts a span's messages and work.
	DayFigures(ctx context.Context, from, to time.Time) (Figures, error)
	// ConversationsBegan lists conversations that began in a span, with their
	// states, after one with an id, by id; at most limit.
	ConversationsBegan(ctx context.Context, from, to time.Time, after ConversationID, limit int) ([]Conversation, error)

	// FigureDays tells when days were last counted, from one on.
	FigureDays(ctx context.Context, from calculation.Date) (map[calculation.Date]time.Time, error)
	// ClaimFigureDay takes a day to count, at a time; false when another node
	// has, since before, which is zero for a day that was never counted.
	ClaimFigureDay(ctx context.Context, day calculation.Date, before, now time.Time) (bool, error)
	// KeepFigures replaces the figures of a day.
	KeepFigures(ctx context.Context, day calculation.Date, figures Figures) error
	// Figures are those of days, the last one too, added up.
	Figures(ctx context.Context, first, last calculation.Date) (Figures, error)
}

// FigureBook keeps the service's figures.
type FigureBook struct {
	store   FigureStore
	library *library
	london  *time.Location
	clock   func() time.Time
	survey  string
}

// NewFigureBook makes a book. Survey is the dialog that asks how it was, as
// Config has it.
func NewFigureBook(store FigureStore, survey string, clock func() time.Time) (*FigureBook, error) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("keep figures: %w", err)
	}
	return &FigureBook{store: store, library: newLibrary(nil), london: london, clock: clock, survey: survey}, nil
}

// Today is the day that it is.
func (b *FigureBook) Today() calculation.Date { return calculation.DateOf(b.clock().In(b.london)) }

// Between are the figures of days, the last one too, as they were last counted.
func (b *FigureBook) Between(ctx context.Context, first, last calculation.Date) (Figures, error) {
	return b.store.Figures(ctx, first, last)
}
