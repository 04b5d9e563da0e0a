package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// A person with each of their cases: whose hold lies on whom. A hold that names
// no case lies on all the cases of its person. See senderColumns for the order.
const gatePersonQuery = `
	SELECT ` + personColumns + `, COALESCE(q.case_reference, ''), q.children_sealed, COALESCE(c.nation, ''),
		EXISTS (SELECT 1 FROM holds h WHERE h.released = 0 AND h.person = p.id),
		EXISTS (SELECT 1 FROM holds h WHERE h.released = 0 AND h.person <> p.id AND h.case_reference = q.case_reference)
		OR EXISTS (SELECT 1 FROM parties o JOIN holds h ON h.person = o.person
			WHERE o.case_reference = q.case_reference AND o.person <> p.id AND h.released = 0 AND h.case_reference = '')
	FROM people p
	LEFT JOIN parties q ON q.person = p.id
	LEFT JOIN cases c ON c.reference = q.case_reference
	WHERE p.id = $1
	ORDER BY q.case_reference || ''`

// Each address of a person, with everybody who holds it.
const reachQuery = `
	SELECT mine.channel, a.person, a.since, a.confirmed, a.signalled,
		EXISTS (SELECT 1 FROM suspensions x WHERE x.address = mine.address),
		COALESCE((SELECT o.opted_out FROM opt_outs o WHERE o.address = mine.address ORDER BY o.at DESC LIMIT 1), FALSE)
	FROM addresses mine JOIN addresses a ON a.address = mine.address
	WHERE mine.person = $1
	ORDER BY mine.channel, a.person`

// What left for a person since $3. What was made long before waited for too long
// to count.
const (
	sentLately = `
	FROM messages WHERE person = $1 AND created >= $2 AND person <> '' AND outgoing AND settled >= $3
		AND channel NOT IN ('webchat', 'voice') AND status IN ('unknown', 'accepted', 'sent', 'delivered', 'undelivered')`

	sentQuery      = `SELECT COUNT(*)` + sentLately
	sentTextsQuery = `SELECT id, sealed` + sentLately + ` ORDER BY settled DESC LIMIT 60`

	longestWait = 31 * 24 * time.Hour
)

// The last turn of a conversation, and what was said, or is to be said, in it to
// a person's own addresses since $2.
const (
	turnQuery          = `SELECT turn FROM conversations WHERE id = $1`
	saidElsewhereQuery = `
	SELECT id, sealed FROM messages WHERE person = $1 AND created >= $2 AND person <> '' AND outgoing AND conversation = $3
		AND channel NOT IN ('webchat', 'voice') AND status NOT IN ('withheld', 'failed', 'undelivered')
	ORDER BY created DESC LIMIT 60`
)

// GateFacts implements gateway.Outbox, in one round trip, and a second for
// people to whom much was sent.
func (s *Store) GateFacts(ctx context.Context, messages []gateway.Message, now time.Time) ([]gateway.GateFacts, error) {
	facts := make([]gateway.GateFacts, len(messages))
	var reads, more []statement
	for i := range messages {
		m, f := &messages[i], &facts[i]
		if m.To.Channel.Visited() {
			reads = append(reads, s.visitFacts(f, m.To, func() {
				if m.Conversation != "" && f.Visit.Over(now) {
					more = append(more, s.missed(f, m, now)...)
				}
			}))
		}
		reads = append(reads, statement{sql: standingQuery, args: []any{s.codec.hash(m.To)}, each: func(r row) error {
			var h holding
			err := r.Scan(h.columns()...)
			f.OptedOut = h.addTo(&f.Standing)
			return err
		}})
		if m.Person != "" {
			reads = append(reads, statement{sql: gatePersonQuery, args: []any{string(m.Person)}, each: func(r row) error {
				return s.addGatePerson(f, m, r)
			}})
			lately := []any{string(m.Person), micros(now.Add(-longestWait)), micros(now.Add(-gateway.LoopWindow))}
			reads = append(reads, statement{sql: sentQuery, args: lately, each: func(r row) error {
				err := r.Scan(&f.Sent)
				if f.Sent >= gateway.MostAlike {
					more = append(more, statement{sql: sentTextsQuery, args: lately, each: func(r row) error {
						text, err := s.sentText(r)
						f.SentTexts = append(f.SentTexts, text)
						return err
					}})
				}
				return err
			}})
		}
		if m.Notice != nil {
			reads = append(reads, statement{sql: reachQuery, args: []any{string(m.Person)}, each: func(r row) error { return addReach(f, r) }})
		}
	}
	err := s.engine.read(ctx, reads...)
	if err == nil && len(more) > 0 {
		err = s.engine.read(ctx, more...)
	}
	if err != nil {
		return nil, fmt.Errorf("read what the gate must know: %w", err)
	}
	return facts, nil
}

// addReach reads one row of reachQuery: an address, with one of its holders.
func addReach(f *gateway.GateFacts, r row) error {
	var channel directory.Channel
	var h holding
	if err := r.Scan(append([]any{&channel}, h.columns()...)...); err != nil {
		return err
	}
	if f.Reach == nil {
		f.Reach = map[directory.Channel]gateway.Reach{}
	}
	reach := f.Reach[channel]
	reach.OptedOut = h.addTo(&reach.Standing)
	f.Reach[channel] = reach
	return nil
}

// sentText is the text of a message of which a row has the id and what is sealed.
func (s *Store) sentText(r row) (text string, err error) {
	var (
		id           gateway.MessageID
		sealed       []byte
		address, own string
	)
	if err := r.Scan(&id, &sealed); err != nil {
		return "", err
	}
	err = s.codec.openTexts(messagePlace(id), sealed, &address, &own, &text)
	return text, err
}

// visitFacts reads the visit that a message goes to. Its address is not among
// those of records, so that its only holder is the visit's person.
func (s *Store) visitFacts(f *gateway.GateFacts, to gateway.Address, then func()) statement {
	return statement{sql: visitQuery, args: []any{to.Value}, each: func(r row) error {
		var v visitRow
		if err := r.Scan(append(v.columns(), v.person.columns()...)...); err != nil {
			return err
		}
		visit, err := v.open(s, &directory.Person{})
		f.Visit, f.Standing.Holders = &visit, visit.Holders()
		then()
		return err
	}}
}

// missed reads what is known of the conversation of a message whose visit is over.
func (s *Store) missed(f *gateway.GateFacts, m *gateway.Message, now time.Time) []statement {
	lately := []any{string(m.Person), micros(now.Add(-gateway.LoopWindow)), string(m.Conversation)}
	return []statement{
		{sql: turnQuery, args: []any{string(m.Conversation)}, each: func(r row) error { return r.Scan(&f.Missed.Turn) }},
		{sql: saidElsewhereQuery, args: lately, each: func(r row) error {
			text, err := s.sentText(r)
			f.Missed.Texts = append(f.Missed.Texts, text)
			return err
		}},
	}
}

// addGatePerson reads one row of gatePersonQuery: the person and one case.
func (s *Store) addGatePerson(f *gateway.GateFacts, m *gateway.Message, r row) error {
	var (
		person               personRow
		children             []byte
		reference            directory.CaseReference
		nation               directory.Nation
		personHeld, caseHeld bool
	)
	if err := r.Scan(append(person.columns(), &reference, &children, &nation, &personHeld, &caseHeld)...); err != nil {
		return err
	}
	if f.Person.ID == "" {
		if err := s.openPerson(m.Person, &person, &f.Person); err != nil {
			return err
		}
		f.CloseFamily = append(f.CloseFamily, f.Person.Name)
	}
	f.PersonHeld = f.PersonHeld || personHeld
	f.CaseHeld = f.CaseHeld || caseHeld
	if f.Nation == "" || (nation != "" && reference == m.Case) {
		f.Nation = nation
	}
	if reference == "" {
		return nil
	}
	document, err := s.codec.open(childrenPlace(reference, m.Person), children)
	if err != nil {
		return err
	}
	var names []string
	if err := json.Unmarshal(document, &names); err != nil {
		return err
	}
	for _, name := range names {
		if !slices.Contains(f.CloseFamily, name) {
			f.CloseFamily = append(f.CloseFamily, name)
		}
	}
	return nil
}
