package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/dialogs"
	"parley/gateway/calculation"
)

const (
	figuresFresh = 5 * time.Minute // how old the figures of today and yesterday get
	figuresAged  = 24 * time.Hour  // and those of days whose conversations may still go on
	figuresRun   = 35              // how many days that are
	figuresBack  = 92              // how far back days are counted that never were
	figuresBatch = 500             // conversations read at once
)

// Count counts the days whose figures are old, today first, each in bounded
// memory. Several nodes may call it: one counts each day.
func (b *FigureBook) Count(ctx context.Context) error {
	now, today := b.clock(), b.Today()
	counted, err := b.store.FigureDays(ctx, today.AddDays(-figuresBack))
	if err != nil {
		return fmt.Errorf("count figures: %w", err)
	}
	for ago := range figuresBack {
		day := today.AddDays(-ago)
		last, known := counted[day]
		age := now.Sub(last)
		if known && (ago >= figuresRun || age < figuresFresh || ago > 1 && age < figuresAged) {
			continue
		}
		ours, err := b.store.ClaimFigureDay(ctx, day, last, now)
		if err == nil && ours {
			err = b.countDay(ctx, day)
		}
		if err != nil {
			return fmt.Errorf("count figures of %s: %w", day, err)
		}
	}
	return nil
}

// span is a day's, in London.
func (b *FigureBook) span(day calculation.Date) (from, to time.Time) {
	year, month, date := day.Time().Date()
	return time.Date(year, month, date, 0, 0, 0, 0, b.london), time.Date(year, month, date+1, 0, 0, 0, 0, b.london)
}

func (b *FigureBook) countDay(ctx context.Context, day calculation.Date) error {
	from, to := b.span(day)
	figures, err := b.store.DayFigures(ctx, from, to)
	if err != nil {
		return err
	}
	counts := tally{}
	for after := ConversationID(""); ; {
		batch, err := b.store.ConversationsBegan(ctx, from, to, after, figuresBatch)
		if err != nil {
			return err
		}
		for i := range batch {
			if err := b.countConversation(ctx, counts, &batch[i]); err != nil {
				return err
			}
		}
		if len(batch) < figuresBatch {
			break
		}
		after = batch[len(batch)-1].ID
	}
	return b.store.KeepFigures(ctx, day, append(figures, counts.figures()...))
}

// tally counts by what a figure is without its count.
type tally map[Figure]int

func (t tally) add(m Measure, of, how string) { t[Figure{Measure: m, Of: of, How: how}]++ }

func (t tally) figures() (list Figures) {
	for f, count := range t {
		f.Count = count
		list = append(list, f)
	}
	return list
}

// countConversation counts one. What a version that does not load any more says
// of its steps is left out.
func (b *FigureBook) countConversation(ctx context.Context, counts tally, c *Conversation) error {
	if c.Turn == 0 {
		return nil // it waits, and has not begun
	}
	ending := endingOf(c)
	counts.add(Began, c.Dialog, string(c.Address.Channel))
	counts.add(Endings, c.Dialog, string(ending))
	d, err := b.library.version(ctx, b.store, c.Version)
	if errors.Is(err, errUnloadable) {
		return nil
	}
	var state dialogs.State
	if err != nil || state.UnmarshalBinary(c.State) != nil {
		return err
	}
	answered, at := d.Progress(state)
	for _, step := range answered {
		counts.add(AnsweredAt, c.Dialog, step)
	}
	if (ending == Lapsed || ending == ToPerson) && at != "" {
		counts.add(LeftAt, c.Dialog, at)
	}
	if c.Dialog == b.survey && slices.Contains(answered, opinionStep) {
		var said map[string]any
		if json.Unmarshal(d.AnswersJSON(state), &said) == nil {
			counts.add(Opinion, b.survey, fmt.Sprint(said[opinionStep]))
		}
	}
	return nil
}

// opinionStep is the survey's question whose answers are counted: the one that
// is not free text.
const opinionStep = "ease"
