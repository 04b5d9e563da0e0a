package chaos

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// late is how far behind its time a job may be: the queue looks every half
// second, and for those of a dead node every 30 seconds.
const late = 2 * time.Minute

// ReadLedger reads what a PostgreSQL database of the gateway holds by now.
func ReadLedger(ctx context.Context, db *sql.DB, now time.Time) (Ledger, error) {
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
		{`SELECT id, person, channel, conversation, turn, CASE WHEN notice = '' THEN subject ELSE 'notice' END, status
			FROM messages WHERE outgoing`, func(r *sql.Rows) error {
			var m Outgoing
			err := r.Scan(&m.ID, &m.Person, &m.Channel, &m.Conversation, &m.Turn, &m.Subject, &m.Status)
			l.Outgoing = append(l.Outgoing, m)
			return err
		}},
		{`SELECT id, phase FROM conversations`, func(r *sql.Rows) error {
			var c Conversation
			err := r.Scan(&c.ID, &c.Phase)
			l.Conversations = append(l.Conversations, c)
			return err
		}},
		{`SELECT conversation, number FROM turns`, func(r *sql.Rows) error {
			var t Turn
			err := r.Scan(&t.Conversation, &t.Number)
			l.Turns = append(l.Turns, t)
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
		{`SELECT kind, CAST(args AS TEXT), CAST(state AS TEXT), scheduled_at FROM river_job WHERE kind IN ('wake', 'finish')`, func(r *sql.Rows) error {
			t, err := readTimer(r, now)
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

func readTimer(r *sql.Rows, now time.Time) (Timer, error) {
	var t Timer
	var args string
	var at time.Time
	if err := r.Scan(&t.Kind, &args, &t.State, &at); err != nil {
		return t, err
	}
	var of struct{ Conversation, Message string }
	if err := json.Unmarshal([]byte(args), &of); err != nil {
		return t, err
	}
	t.Of, t.Overdue = of.Conversation+of.Message, now.Sub(at) > late && t.State != "completed"
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
