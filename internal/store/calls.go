package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

const (
	insertCallVisit = `
	INSERT INTO visits (id, secret, person, conversation, level, language, began, seen, ended, channel)
	VALUES ($1, $2, '', '', 0, $3, $4, $4, 0, 'voice')`

	insertCall = `
	INSERT INTO calls (id, version, state, team, queued, answered, seen, recording, sealed) VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8)`

	updateCall = `
	UPDATE calls SET version = version + 1, state = $3, team = $4, queued = $5, answered = $6, seen = $7, recording = $8, sealed = $9
	WHERE id = $1 AND version = $2`

	identifyCall = `
	UPDATE visits SET person = $2, level = $3, seen = $4 WHERE id = $1 AND person = '' AND ended = 0 AND channel = 'voice'`

	partiesOfReference = `SELECT case_reference, reference, role, person FROM parties WHERE reference = $1 ORDER BY case_reference, person`

	unsaidQuery = `
	SELECT EXISTS (SELECT 1 FROM messages WHERE waiting AND COALESCE(NULLIF(person, ''), address) || '/' || channel = $1)`

	lastTalkQuery = `
	SELECT m.conversation FROM entries e JOIN messages m ON m.id = e.message
	WHERE e.visit = $1 AND e.by_us ORDER BY e.sequence DESC LIMIT 1`

	callSelect        = `SELECT c.id, c.version, c.sealed FROM calls c `
	callQuery         = callSelect + `WHERE c.id = $1`
	callBySecretQuery = callSelect + `JOIN visits v ON v.id = c.id WHERE v.secret = $1`
	waitingQuery      = callSelect + `WHERE c.state = 'waiting' AND c.team = $1 ORDER BY c.queued, c.id`
	answeredQuery     = callSelect + `WHERE c.answered > 0 AND c.team = $1 ORDER BY c.answered DESC, c.id LIMIT $2`
	silentQuery       = callSelect + `WHERE c.state <> 'ended' AND c.seen < $1 ORDER BY c.seen, c.id LIMIT $2`
	unfetchedQuery    = callSelect + `WHERE c.recording > 0 AND c.recording <= $1 ORDER BY c.recording, c.id LIMIT $2`
)

func callPlace(id gateway.VisitID) place { return place{"calls.sealed", string(id)} }

// BeginCall implements gateway.Calls.
func (s *Store) BeginCall(ctx context.Context, c gateway.Call, secret string) error {
	columns, err := s.callColumns(&c)
	if err != nil {
		return fmt.Errorf("begin call %s: %w", c.ID, err)
	}
	j := &job{}
	j.add(insertCallVisit, string(c.ID), s.codec.hashText("visit", secret), string(c.Language), micros(c.Began)).taken = gateway.ErrDuplicate
	j.add(insertCall, append([]any{string(c.ID)}, columns...)...)
	return s.writeVisit(ctx, "begin the call of", c.ID, j)
}

// callColumns are those of a call after its version.
func (s *Store) callColumns(c *gateway.Call) ([]any, error) {
	document, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return []any{string(c.State), string(c.Team), micros(c.Queued), micros(c.Answered), micros(c.Seen), micros(c.Fetch),
		s.codec.seal(callPlace(c.ID), document)}, nil
}

// KeepCall implements gateway.Calls.
func (s *Store) KeepCall(ctx context.Context, c gateway.Call) error {
	columns, err := s.callColumns(&c)
	if err != nil {
		return fmt.Errorf("keep call %s: %w", c.ID, err)
	}
	j := &job{}
	kept := false
	j.add(updateCall, append([]any{string(c.ID), c.Version}, columns...)...).changed = func(rows int64) { kept = rows > 0 }
	if err := s.writeVisit(ctx, "keep the call of", c.ID, j); err != nil {
		return err
	}
	if !kept {
		return fmt.Errorf("keep call %s: %w", c.ID, gateway.ErrConflict)
	}
	return nil
}

// Call implements gateway.Calls.
func (s *Store) Call(ctx context.Context, id gateway.VisitID) (gateway.Call, error) {
	return s.oneCall(ctx, callQuery, string(id))
}

// CallBySecret implements gateway.Calls.
func (s *Store) CallBySecret(ctx context.Context, secret string) (gateway.Call, error) {
	return s.oneCall(ctx, callBySecretQuery, s.codec.hashText("visit", secret))
}

func (s *Store) oneCall(ctx context.Context, query, key string) (gateway.Call, error) {
	found, err := s.calls(ctx, query, key)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("read a call: %w", gateway.ErrNotFound)
	}
	if err != nil {
		return gateway.Call{}, err
	}
	return found[0], nil
}

// WaitingCalls implements gateway.Calls.
func (s *Store) WaitingCalls(ctx context.Context, team directory.TeamID) ([]gateway.Call, error) {
	return s.calls(ctx, waitingQuery, string(team))
}

// AnsweredCalls implements gateway.Calls.
func (s *Store) AnsweredCalls(ctx context.Context, team directory.TeamID, limit int) ([]gateway.Call, error) {
	return s.calls(ctx, answeredQuery, string(team), limit)
}

// SilentCalls implements gateway.Calls.
func (s *Store) SilentCalls(ctx context.Context, before time.Time, limit int) ([]gateway.Call, error) {
	return s.calls(ctx, silentQuery, micros(before), limit)
}

// Unfetched implements gateway.Calls.
func (s *Store) Unfetched(ctx context.Context, by time.Time, limit int) ([]gateway.Call, error) {
	return s.calls(ctx, unfetchedQuery, micros(by), limit)
}

func (s *Store) calls(ctx context.Context, query string, args ...any) (calls []gateway.Call, err error) {
	err = s.engine.read(ctx, statement{sql: query, args: args, each: func(r row) error {
		var (
			id      gateway.VisitID
			version int
			sealed  []byte
			c       gateway.Call
		)
		if err := r.Scan(&id, &version, &sealed); err != nil {
			return err
		}
		document, err := s.codec.open(callPlace(id), sealed)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(document, &c); err != nil {
			return err
		}
		c.Version = version
		calls = append(calls, c)
		return nil
	}})
	if err != nil {
		return nil, fmt.Errorf("read calls: %w", err)
	}
	return calls, nil
}

// SpeakInCall implements gateway.Calls.
func (s *Store) SpeakInCall(ctx context.Context, id gateway.VisitID, language templates.Language) error {
	j := &job{}
	j.add(speakInVisit, string(id), string(language))
	return s.writeVisit(ctx, "change the language of", id, j)
}

// IdentifyCall implements gateway.Calls.
func (s *Store) IdentifyCall(ctx context.Context, id gateway.VisitID, person directory.PersonID, at time.Time) error {
	j := &job{}
	identified := false
	j.add(identifyCall, string(id), string(person), int(directory.Confirmed), micros(at)).changed = func(rows int64) { identified = rows > 0 }
	if err := s.writeVisit(ctx, "identify", id, j); err != nil {
		return err
	}
	if !identified {
		return fmt.Errorf("identify visit %s: %w", id, gateway.ErrNoVisit)
	}
	return nil
}

// PartiesOf implements gateway.Calls.
func (s *Store) PartiesOf(ctx context.Context, reference directory.CaseReference) ([]directory.Party, error) {
	var parties []directory.Party
	err := s.engine.read(ctx, statement{sql: partiesOfReference, args: []any{string(reference)}, each: func(r row) error {
		var p directory.Party
		err := r.Scan(&p.Case, &p.Reference, &p.Role, &p.Person)
		parties = append(parties, p)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read whom a reference stands for: %w", err)
	}
	return parties, nil
}

// LastTalk implements gateway.Calls.
func (s *Store) LastTalk(ctx context.Context, id gateway.VisitID) (gateway.ConversationID, error) {
	var talk gateway.ConversationID
	err := s.engine.read(ctx, statement{sql: lastTalkQuery, args: []any{string(id)}, each: func(r row) error { return r.Scan(&talk) }})
	if err != nil {
		return "", fmt.Errorf("read the last conversation in call %s: %w", id, err)
	}
	return talk, nil
}

// Unsaid implements gateway.Calls. The lane is the one in which Claim keeps
// messages in order.
func (s *Store) Unsaid(ctx context.Context, to gateway.Address, person directory.PersonID) (bool, error) {
	lane := string(person)
	if lane == "" {
		lane = s.codec.hash(to)
	}
	var unsaid bool
	err := s.engine.read(ctx, statement{sql: unsaidQuery, args: []any{lane + "/" + string(to.Channel)}, each: func(r row) error {
		return r.Scan(&unsaid)
	}})
	if err != nil {
		return false, fmt.Errorf("read what is unsaid: %w", err)
	}
	return unsaid, nil
}
