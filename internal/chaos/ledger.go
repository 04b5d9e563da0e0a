package chaos

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// ReadLedger reads what a PostgreSQL database of the gateway holds. The clock is
// the gateway's: what may not be sent yet by it is "later", not "queued".
func ReadLedger(ctx context.Context, db *sql.DB, clock time.Time) (Ledger, error) {
	var l Ledger
	for _, read := range []struct {
		query string
		row   func(*sql.Rows) error
	}{
		{`SELECT id, provider_id, person, channel, conversation, turn, kind FROM messages WHERE NOT outgoing`, func(r *sql.Rows) error {
			var m Inbound
			err := r.Scan(&m.ID, &m.ProviderID, &m.Person, &m.Channel, &m.Conversation, &m.Turn, &m.Kind)
			l.Inbound = append(l.Inbound, m)
			return err
		}},
		{`SELECT id, person, channel, conversation, turn, CASE WHEN notice = '' THEN subject ELSE 'notice' END, campaign, priority,
			CASE WHEN status = 'queued' AND not_before > ` + strconv.FormatInt(clock.UnixMicro(), 10) + ` THEN 'later' ELSE status END FROM messages WHERE outgoing`, func(r *sql.Rows) error {
			var m Outgoing
			err := r.Scan(&m.ID, &m.Person, &m.Channel, &m.Conversation, &m.Turn, &m.Subject, &m.Campaign, &m.Priority, &m.Status)
			l.Outgoing = append(l.Outgoing, m)
			return err
		}},
		{`SELECT id, phase, outcome FROM conversations`, func(r *sql.Rows) error {
			var c Conversation
			err := r.Scan(&c.ID, &c.Phase, &c.Outcome)
			l.Conversations = append(l.Conversations, c)
			return err
		}},
		{`SELECT id, conversation, kind FROM reports`, func(r *sql.Rows) error {
			var report Report
			err := r.Scan(&report.ID, &report.Conversation, &report.Kind)
			l.Reports = append(l.Reports, report)
			return err
		}},
		{`SELECT id, person, message, kind, owner, state FROM work_items`, func(r *sql.Rows) error {
			var w Work
			err := r.Scan(&w.ID, &w.Person, &w.Message, &w.Kind, &w.Owner, &w.State)
			l.Work = append(l.Work, w)
			return err
		}},
		// The queue looks every half second, and for the jobs of a dead node every
		// 30 seconds: two minutes are late.
		{`SELECT kind, CAST(args AS TEXT), CAST(state AS TEXT), scheduled_at < now() - interval '2 minutes' FROM river_job WHERE kind IN ('wake', 'finish')`, func(r *sql.Rows) error {
			t, err := readTimer(r)
			l.Timers = append(l.Timers, t)
			return err
		}},
	} {
		if err := readRows(ctx, db, read.query, read.row); err != nil {
			return Ledger{}, fmt.Errorf("reading the ledger: %w", err)
		}
	}
	return l, nil
}

func readTimer(r *sql.Rows) (Timer, error) {
	var t Timer
	var args string
	if err := r.Scan(&t.Kind, &args, &t.State, &t.Overdue); err != nil {
		return t, err
	}
	var of struct{ Conversation, Message string }
	if err := json.Unmarshal([]byte(args), &of); err != nil {
		return t, err
	}
	t.Of = of.Conversation + of.Message
	return t, nil
}

func readRows(ctx context.Context, db *sql.DB, query string, row func(*sql.Rows) error) error {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
