package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	// Locks the row, if it is there already, so that what ends the group at
	// this moment either is seen below or sees what is planned.
	joinGroup = `
	INSERT INTO notice_groups (case_reference, name, ended) VALUES ($1, $2, 0)
	ON CONFLICT (case_reference, name) DO UPDATE SET ended = notice_groups.ended`

	endGroup = `
	INSERT INTO notice_groups (case_reference, name, ended) VALUES ($1, $2, $3)
	ON CONFLICT (case_reference, name) DO UPDATE SET ended = excluded.ended`

	ofGroup = `case_reference = $1 AND notice_group = $2 AND notice_group <> '' AND waiting AND NOT statutory`

	// Nobody claims what is locked, so that what is in flight after this was so
	// before.
	lockGroup = `UPDATE messages SET settled = settled WHERE ` + ofGroup

	// What was not sent can be planned again: if the payment is taken back.
	withholdGroup = `UPDATE messages SET waiting = FALSE, rank = 90, status = 'withheld', reasons = $3, settled = $4,
		occasion = occasion || '` + endedOccasion + `' || id WHERE ` + ofGroup + ` AND ` + notLeaving

	// Whether a notice was planned, and has left.
	leftQuery = `SELECT COUNT(*) FROM messages WHERE person = $1 AND notice = $2 AND occasion = $3 AND case_reference = $4 AND notice <> '' AND NOT waiting`

	sentNoticeQuery = `
	SELECT ` + outgoingColumns + ` FROM messages m
	WHERE m.notice <> '' AND m.status IN ('unknown', 'accepted', 'sent', 'failed', 'undelivered')
		AND m.id = COALESCE(NULLIF($1, ''), (SELECT p.id FROM messages p WHERE p.outgoing AND p.provider_id <> '' AND p.provider_id = $2 AND p.channel = $3 LIMIT 1))`

	lastNoticeQuery = `
	SELECT ` + outgoingColumns + ` FROM messages m
	WHERE m.person = $1 AND m.notice <> '' AND m.settled >= $2 AND m.status IN ('unknown', 'accepted', 'sent', 'delivered')
	ORDER BY m.settled DESC, m.id DESC LIMIT 1`
)

// endedOccasion parts the occasion of what was withheld with its group from its id,
// which keeps it apart from the same when it is planned again.
const endedOccasion = " ended "

// What is withheld is in nobody's hands: a claim of it ends, and one that was
// marked as being sent keeps the message.
const (
	notLeaving = `NOT EXISTS (SELECT 1 FROM flights f WHERE f.message = messages.id)`

	ground = `DELETE FROM flights WHERE NOT sending AND message IN (SELECT id FROM messages WHERE `
)

// planNotice is the INSERT of a notice that was not planned before, and whose
// group has not ended since it was decided on.
var planNotice = insertNotice(`NOT EXISTS (SELECT 1 FROM notice_groups g WHERE g.case_reference = $17 AND g.name = $31 AND g.ended >= $13)`)

// planInstead is the INSERT of a notice in the place of one that was handed over
// and has come no further than the settlement that asks for it. One that its
// channel refuses at once is still in flight.
var planInstead = insertNotice(`EXISTS (SELECT 1 FROM messages m WHERE m.id = $` + strconv.Itoa(messageColumnCount+1) +
	` AND m.rank <= $` + strconv.Itoa(messageColumnCount+2) +
	` AND (NOT m.waiting OR EXISTS (SELECT 1 FROM flights f WHERE f.message = m.id AND f.sending)))`)

func insertNotice(where string) string {
	values := make([]string, messageColumnCount)
	for i := range values {
		values[i] = "$" + strconv.Itoa(i+1)
	}
	return `INSERT INTO messages (` + messageColumns + `) SELECT ` + strings.Join(values, ", ") + ` WHERE ` + where + `
	ON CONFLICT (person, notice, occasion, case_reference) WHERE notice <> '' DO NOTHING`
}

// PlanNotices implements gateway.Notices.
func (s *Store) PlanNotices(ctx context.Context, batch []gateway.Message, work ...gateway.WorkItem) (int, error) {
	planned := 0
	j, err := s.planJob(batch, func(rows int64) { planned += int(rows) })
	for i := range work {
		s.addWorkItem(j, &work[i])
	}
	if err == nil && len(j.statements) > 0 {
		err = s.engine.write(ctx, j)
	}
	if err != nil {
		return 0, fmt.Errorf("plan %d notices: %w", len(batch), err)
	}
	return planned, nil
}

// planJob goes by cases and groups in order, so that no two nodes wait for each
// other.
func (s *Store) planJob(batch []gateway.Message, changed func(rows int64)) (*job, error) {
	batch = slices.Clone(batch)
	slices.SortFunc(batch, func(a, b gateway.Message) int {
		return cmp.Or(cmp.Compare(a.Case, b.Case), cmp.Compare(a.Notice.Group, b.Notice.Group), cmp.Compare(a.ID, b.ID))
	})
	j := &job{}
	var campaigns []string
	planned := int64(0)
	for i := range batch {
		m := &batch[i]
		planned = max(planned, micros(m.Created))
		if c := string(m.Notice.Campaign); c != "" && !slices.Contains(campaigns, c) {
			campaigns = append(campaigns, c)
		}
		if g := m.Notice.Group; g != "" && (i == 0 || m.Case != batch[i-1].Case || g != batch[i-1].Notice.Group) {
			j.add(joinGroup, string(m.Case), g)
		}
	}
	slices.Sort(campaigns)
	for _, c := range campaigns {
		j.add(lockCampaign, c)
	}
	for i := range batch {
		row, err := s.outgoingRow(&batch[i])
		if err != nil {
			return j, err
		}
		j.add(planNotice, row...).changed = changed
	}
	for _, c := range campaigns {
		j.add(parkPaused, c)
		j.add(withholdCancelled, c, string(gateway.Cancelled), cancelledReason, planned)
	}
	return j, nil
}

// EndGroup implements gateway.Notices.
func (s *Store) EndGroup(ctx context.Context, of directory.CaseReference, group, reason string, at time.Time) (int, error) {
	reasons, err := reasonsColumn([]string{reason})
	if err != nil {
		return 0, fmt.Errorf("end group %s of case %s: %w", group, of, err)
	}
	withheld := 0
	j := &job{}
	j.add(endGroup, string(of), group, micros(at))
	j.add(lockGroup, string(of), group)
	j.add(ground+ofGroup+`)`, string(of), group)
	j.add(withholdGroup, string(of), group, reasons, micros(at)).changed = func(rows int64) { withheld = int(rows) }
	if err := s.engine.write(ctx, j); err != nil {
		return 0, fmt.Errorf("end group %s of case %s: %w", group, of, err)
	}
	return withheld, nil
}

// NotYetSent implements gateway.Notices.
func (s *Store) NotYetSent(ctx context.Context, batch []gateway.Message) ([]gateway.Message, error) {
	left := make([]int, len(batch))
	reads := make([]statement, len(batch))
	for i, m := range batch {
		reads[i] = statement{sql: leftQuery, args: []any{string(m.Person), m.Notice.Name, m.Notice.Occasion, string(m.Case)},
			each: func(r row) error { return r.Scan(&left[i]) }}
	}
	if err := s.engine.read(ctx, reads...); err != nil {
		return nil, fmt.Errorf("look for %d notices: %w", len(batch), err)
	}
	var waiting []gateway.Message
	for i, m := range batch {
		if left[i] == 0 {
			waiting = append(waiting, m)
		}
	}
	return waiting, nil
}

// SentNotice implements gateway.Notices.
func (s *Store) SentNotice(ctx context.Context, id gateway.MessageID, channel directory.Channel, providerID string) (gateway.Message, error) {
	m, err := s.notice(ctx, sentNoticeQuery, string(id), providerID, string(channel))
	if err != nil {
		return gateway.Message{}, fmt.Errorf("read notice %s: %w", id, err)
	}
	return m, nil
}

// LastNotice implements gateway.Notices.
func (s *Store) LastNotice(ctx context.Context, person directory.PersonID, since time.Time) (gateway.Message, error) {
	last, err := s.notice(ctx, lastNoticeQuery, string(person), micros(since))
	if err != nil {
		return gateway.Message{}, fmt.Errorf("read the last notice to %s: %w", person, err)
	}
	return last, nil
}

// notice reads one notice, or ErrNotFound.
func (s *Store) notice(ctx context.Context, query string, args ...any) (found gateway.Message, err error) {
	err = s.engine.read(ctx, statement{sql: query, args: args, each: func(r row) error {
		var err error
		found, err = s.scanOutgoing(r)
		return err
	}})
	if err == nil && found.Notice == nil {
		err = gateway.ErrNotFound
	}
	return found, err
}
