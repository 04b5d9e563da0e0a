package store

import (
	"context"
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
)

const (
	messageFigures = `SELECT channel, outgoing, status, COUNT(*) FROM messages WHERE created >= $1 AND created < $2 GROUP BY channel, outgoing, status`

	closedFigures = `
	SELECT kind, closed - created, CASE WHEN due = 0 OR closed <= due THEN 'met' ELSE 'missed' END
	FROM work_items WHERE closed > 0 AND closed >= $1 AND closed < $2`

	acceptedFigures = `
	SELECT w.kind, n.at - w.created FROM work_notes n JOIN work_items w ON w.id = n.task
	WHERE n.what = 'accepted' AND n.at >= $1 AND n.at < $2
		AND NOT EXISTS (SELECT 1 FROM work_notes e WHERE e.task = n.task AND e.version < n.version AND e.what = 'accepted')`

	beganQuery = `SELECT c.id, ` + conversationColumns + `, c.state_sealed FROM conversations c
	WHERE c.created >= $1 AND c.created < $2 AND c.id > $3 ORDER BY c.id LIMIT $4`

	figureDaysQuery = `SELECT day, at FROM figure_days WHERE day >= $1`

	claimFigureDay = `INSERT INTO figure_days (day, at) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET at = excluded.at WHERE figure_days.at = $3`

	dropFigures   = `DELETE FROM figures WHERE day = $1`
	insertFigures = `
	INSERT INTO figures (day, measure, of_what, how, counted) VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT (day, measure, of_what, how) DO UPDATE SET counted = excluded.counted`

	figuresQuery = `SELECT measure, of_what, how, CAST(SUM(counted) AS BIGINT) FROM figures
	WHERE day >= $1 AND day <= $2 GROUP BY measure, of_what, how ORDER BY measure, of_what, how`
)

var _ gateway.FigureStore = (*Store)(nil)

// DayFigures implements gateway.FigureStore.
func (s *Store) DayFigures(ctx context.Context, from, to time.Time) (gateway.Figures, error) {
	counts := map[gateway.Figure]int{}
	add := func(m gateway.Measure, of, how string, count int) {
		counts[gateway.Figure{Measure: m, Of: of, How: how}] += count
	}
	span := []any{micros(from), micros(to)}
	err := s.engine.read(ctx,
		statement{sql: messageFigures, args: span, each: func(r row) error {
			var channel, status string
			var outgoing bool
			var count int
			err := r.Scan(&channel, &outgoing, &status, &count)
			if outgoing {
				add(gateway.SentOut, channel, status, count)
			} else {
				add(gateway.Received, channel, "", count)
			}
			return err
		}},
		statement{sql: closedFigures, args: span, each: func(r row) error {
			var kind, inTime string
			var took int64
			err := r.Scan(&kind, &took, &inTime)
			add(gateway.Resolved, kind, gateway.SpanName(time.Duration(took)*time.Microsecond), 1)
			add(gateway.InTime, kind, inTime, 1)
			return err
		}},
		statement{sql: acceptedFigures, args: span, each: func(r row) error {
			var kind string
			var took int64
			err := r.Scan(&kind, &took)
			add(gateway.FirstAnswer, kind, gateway.SpanName(time.Duration(took)*time.Microsecond), 1)
			return err
		}},
	)
	if err != nil {
		return nil, fmt.Errorf("count a day: %w", err)
	}
	var figures gateway.Figures
	for f, count := range counts {
		f.Count = count
		figures = append(figures, f)
	}
	return figures, nil
}

// ConversationsBegan implements gateway.FigureStore.
func (s *Store) ConversationsBegan(ctx context.Context, from, to time.Time, after gateway.ConversationID, limit int) ([]gateway.Conversation, error) {
	var list []gateway.Conversation
	read := s.conversationRead(beganQuery, "", func(c gateway.Conversation) { list = append(list, c) })
	read.args = []any{micros(from), micros(to), string(after), limit}
	if err := s.engine.read(ctx, read); err != nil {
		return nil, fmt.Errorf("read the conversations of a day: %w", err)
	}
	return list, nil
}

// FigureDays implements gateway.FigureStore.
func (s *Store) FigureDays(ctx context.Context, from calculation.Date) (map[calculation.Date]time.Time, error) {
	days := map[calculation.Date]time.Time{}
	err := s.engine.read(ctx, statement{sql: figureDaysQuery, args: []any{from.String()}, each: func(r row) error {
		var text string
		var at int64
		if err := r.Scan(&text, &at); err != nil {
			return err
		}
		day, err := calculation.ParseDate(text)
		days[day] = moment(at)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read which days were counted: %w", err)
	}
	return days, nil
}

// ClaimFigureDay implements gateway.FigureStore.
func (s *Store) ClaimFigureDay(ctx context.Context, day calculation.Date, before, now time.Time) (ours bool, err error) {
	j := &job{}
	j.add(claimFigureDay, day.String(), micros(now), micros(before)).changed = func(rows int64) { ours = rows > 0 }
	if err := s.engine.write(ctx, j); err != nil {
		return false, fmt.Errorf("claim a day of figures: %w", err)
	}
	return ours, nil
}

// KeepFigures implements gateway.FigureStore.
func (s *Store) KeepFigures(ctx context.Context, day calculation.Date, figures gateway.Figures) error {
	j := &job{}
	j.add(dropFigures, day.String())
	for _, f := range figures {
		j.add(insertFigures, day.String(), string(f.Measure), f.Of, f.How, f.Count)
	}
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("keep the figures of %s: %w", day, err)
	}
	return nil
}

// Figures implements gateway.FigureStore.
func (s *Store) Figures(ctx context.Context, first, last calculation.Date) (gateway.Figures, error) {
	var figures gateway.Figures
	err := s.engine.read(ctx, statement{sql: figuresQuery, args: []any{first.String(), last.String()}, each: func(r row) error {
		var f gateway.Figure
		err := r.Scan(&f.Measure, &f.Of, &f.How, &f.Count)
		figures = append(figures, f)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read figures: %w", err)
	}
	return figures, nil
}
