package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	visitColumns = `a.id, a.person, a.conversation, a.level, a.language, a.began, a.seen, a.ended, a.channel`

	visitQuery     = `SELECT ` + visitColumns + `, ` + personColumns + ` FROM visits a LEFT JOIN people p ON p.id = a.person WHERE a.id = $1`
	openVisitQuery = `SELECT ` + visitColumns + `, ` + personColumns + ` FROM visits a LEFT JOIN people p ON p.id = a.person WHERE a.secret = $1 AND a.ended = 0`

	insertVisit = `
	INSERT INTO visits (id, secret, link, person, conversation, level, language, began, seen, ended)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)`

	// A link is taken by the visit that has it: a second one with it cannot be
	// written. It leads nowhere once its address is not one person's alone.
	followLink = `
	INSERT INTO visits (id, secret, link, person, conversation, level, language, began, seen, ended)
	SELECT $1, $2, l.link, l.person, l.conversation, $4, $5, $6, $7, 0 FROM links l
	WHERE l.link = $3 AND l.until > $6
		AND EXISTS (SELECT 1 FROM addresses h WHERE h.address = l.address AND h.person = l.person AND NOT h.signalled)
		AND NOT EXISTS (SELECT 1 FROM addresses h WHERE h.address = l.address AND h.person <> l.person)
		AND NOT EXISTS (SELECT 1 FROM suspensions x WHERE x.address = l.address)`

	insertLink = `INSERT INTO links (link, address, person, conversation, until) VALUES ($1, $2, $3, $4, $5)`

	seeVisit      = `UPDATE visits SET seen = $2 WHERE id = $1 AND ended = 0 AND seen <= $3`
	confirmVisit  = `UPDATE visits SET level = $2, seen = $3 WHERE id = $1 AND ended = 0 AND person <> ''`
	speakInVisit  = `UPDATE visits SET language = $2 WHERE id = $1`
	endVisit      = `UPDATE visits SET ended = $2 WHERE id = $1 AND ended = 0`
	forgetEntries = `DELETE FROM entries WHERE visit = $1`
)

// seenEvery is how often it is written down that a visitor did something.
const seenEvery = time.Minute

// visitRow is a visit as its row holds it, with its person.
type visitRow struct {
	gateway.Visit
	began, seen, ended int64
	person             personRow
}

func (v *visitRow) columns() []any {
	return []any{&v.ID, &v.Visit.Person, &v.Conversation, &v.Level, &v.Language, &v.began, &v.seen, &v.ended, &v.Channel}
}

// open makes the visit of its row, and opens its person into another place.
func (v *visitRow) open(s *Store, person *directory.Person) (gateway.Visit, error) {
	v.Began, v.Seen, v.Ended = moment(v.began), moment(v.seen), moment(v.ended)
	if v.person.sealed == nil {
		return v.Visit, nil
	}
	if err := s.openPerson(v.Visit.Person, &v.person, person); err != nil {
		return v.Visit, err
	}
	v.Discreet = person.Discreet()
	if v.Language == "" {
		v.Language = person.Language
	}
	return v.Visit, nil
}

// BeginVisit implements gateway.Visits.
func (s *Store) BeginVisit(ctx context.Context, v gateway.Visit, secret, link string) (gateway.Visit, error) {
	j := &job{}
	hashed := s.codec.hashText("visit", secret)
	if link == "" {
		j.add(insertVisit, string(v.ID), hashed, sql.NullString{}, string(v.Person), string(v.Conversation), int(v.Level), string(v.Language), micros(v.Began), micros(v.Seen))
	} else {
		j.add(followLink, string(v.ID), hashed, s.codec.hashText("link", link), int(v.Level), string(v.Language), micros(v.Began), micros(v.Seen)).taken = gateway.ErrLinkUsed
	}
	begun, read := s.visitRead(visitQuery, string(v.ID))
	j.statements = append(j.statements, read)
	err := s.engine.write(ctx, j)
	if err == nil && begun.ID == "" {
		err = gateway.ErrLinkUsed
	}
	if err != nil {
		return gateway.Visit{}, fmt.Errorf("begin visit %s: %w", v.ID, err)
	}
	return *begun, nil
}

// visitRead reads a visit; its ID stays empty when there is none.
func (s *Store) visitRead(query, key string) (*gateway.Visit, statement) {
	found := &gateway.Visit{}
	return found, statement{sql: query, args: []any{key}, each: func(r row) error {
		var v visitRow
		if err := r.Scan(append(v.columns(), v.person.columns()...)...); err != nil {
			return err
		}
		var err error
		*found, err = v.open(s, &directory.Person{})
		return err
	}}
}

func (s *Store) oneVisit(ctx context.Context, query, key string) (gateway.Visit, error) {
	found, read := s.visitRead(query, key)
	err := s.engine.read(ctx, read)
	if err == nil && found.ID == "" {
		err = gateway.ErrNoVisit
	}
	if err != nil {
		return gateway.Visit{}, fmt.Errorf("read a visit: %w", err)
	}
	return *found, nil
}

// Visit implements gateway.Visits.
func (s *Store) Visit(ctx context.Context, secret string) (gateway.Visit, error) {
	return s.oneVisit(ctx, openVisitQuery, s.codec.hashText("visit", secret))
}

// VisitByID implements gateway.Visits.
func (s *Store) VisitByID(ctx context.Context, id gateway.VisitID) (gateway.Visit, error) {
	return s.oneVisit(ctx, visitQuery, string(id))
}

// SeeVisit implements gateway.Visits.
func (s *Store) SeeVisit(ctx context.Context, id gateway.VisitID, at time.Time) error {
	j := &job{}
	j.add(seeVisit, string(id), micros(at), micros(at.Add(-seenEvery)))
	return s.writeVisit(ctx, "see", id, j)
}

// ConfirmVisit implements gateway.Visits.
func (s *Store) ConfirmVisit(ctx context.Context, id gateway.VisitID, at time.Time) error {
	j := &job{}
	confirmed := false
	j.add(confirmVisit, string(id), int(directory.Confirmed), micros(at)).changed = func(rows int64) { confirmed = rows > 0 }
	if err := s.writeVisit(ctx, "confirm", id, j); err != nil {
		return err
	}
	if !confirmed {
		return fmt.Errorf("confirm visit %s: %w", id, gateway.ErrNoVisit)
	}
	return nil
}

// EndVisit implements gateway.Visits.
func (s *Store) EndVisit(ctx context.Context, id gateway.VisitID, at time.Time) error {
	j := &job{}
	addEnd(j, id, at)
	return s.writeVisit(ctx, "end", id, j)
}

// addEnd ends a visit, and then forgets what it shows: the visit's row keeps
// out an entry that comes at the same time.
func addEnd(j *job, id gateway.VisitID, at time.Time) {
	j.add(endVisit, string(id), micros(at))
	j.add(forgetEntries, string(id))
}

// KeepLink implements gateway.Visits.
func (s *Store) KeepLink(ctx context.Context, link string, to gateway.Address, person directory.PersonID, conversation gateway.ConversationID, until time.Time) error {
	j := &job{}
	j.add(insertLink, s.codec.hashText("link", link), s.codec.hash(to), string(person), string(conversation), micros(until))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("keep a link to conversation %s: %w", conversation, err)
	}
	return nil
}

func (s *Store) writeVisit(ctx context.Context, what string, id gateway.VisitID, j *job) error {
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("%s visit %s: %w", what, id, err)
	}
	return nil
}
