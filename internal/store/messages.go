package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"parley/gateway"
)

const (
	messageColumns = `id, outgoing, waiting, rank, priority, turn, segments, media, private, answered, not_before, send_by, created,
	settled, conversation, person, case_reference, channel, address, language, subject, kind, keyword, status, provider_id,
	code, reasons, sealed, notice, occasion, notice_group, campaign, statutory, staff, trace`
	messageColumnCount = 35

	// messagesAtOnce bounds the texts of INSERT that are prepared.
	messagesAtOnce = 8

	finishMessage = `UPDATE messages SET conversation = $2, turn = $3, person = $4, kind = $5 WHERE id = $1`
)

// keptKind marks an inbound message whose turn is still to be made; finishedKind
// one whose turn did not say what it was.
const (
	keptKind     = "waiting for its turn"
	finishedKind = "turn"
)

// insertMessages is the INSERT of n messages.
func insertMessages(n int) string {
	var text strings.Builder
	text.WriteString("INSERT INTO messages (" + messageColumns + ") VALUES ")
	for i := range n * messageColumnCount {
		switch {
		case i == 0:
			text.WriteString("(")
		case i%messageColumnCount == 0:
			text.WriteString("), (")
		default:
			text.WriteString(", ")
		}
		text.WriteString("$" + strconv.Itoa(i+1))
	}
	text.WriteString(")")
	return text.String()
}

// addMessages writes a turn's messages, in and out, by as few statements as
// can be.
func (s *Store) addMessages(j *job, t *gateway.Turn) error {
	conversation, number := gateway.ConversationID(""), 0
	if t.Conversation != nil {
		conversation, number = t.Conversation.ID, t.Conversation.Turn
	}
	var rows [][]any
	switch in := t.Inbound; {
	case t.Finishes != "" && in != nil:
		j.add(finishMessage, string(t.Finishes), string(conversation), number, string(in.Person), in.Kind)
	case t.Finishes != "":
		j.add(finishMessage, string(t.Finishes), string(conversation), number, "", finishedKind)
	case in != nil:
		row, err := s.inboundRow(in, conversation, number)
		if err != nil {
			return err
		}
		rows = append(rows, row)
		s.addMessageWords(j, in.ID, in.Text)
	}
	for i := range t.Outgoing {
		m := &t.Outgoing[i]
		row, err := s.outgoingRow(m)
		if err != nil {
			return err
		}
		rows = append(rows, row)
		if m.Staff != "" {
			s.addMessageWords(j, m.ID, m.Text)
		}
	}
	s.insertRows(j, rows)
	return nil
}

func (s *Store) insertRows(j *job, rows [][]any) {
	for len(rows) > 0 {
		n := min(len(rows), messagesAtOnce)
		args := make([]any, 0, n*messageColumnCount)
		for _, row := range rows[:n] {
			args = append(args, row...)
		}
		j.add(s.inserts[n], args...)
		rows = rows[n:]
	}
}

func messagePlace(id gateway.MessageID) place { return place{"messages.sealed", string(id)} }

func (s *Store) outgoingRow(m *gateway.Message) ([]any, error) {
	if !known(m.Priority) {
		return nil, fmt.Errorf("message %s has the unknown priority %d", m.ID, m.Priority)
	}
	sealed, err := s.sealOutgoing(m)
	if err != nil {
		return nil, err
	}
	notBefore := m.NotBefore
	if notBefore.IsZero() {
		notBefore = m.Created
	}
	var notice gateway.Notice
	if m.Notice != nil {
		notice = *m.Notice
	}
	return []any{string(m.ID), true, true, gateway.Queued.Rank(), int(m.Priority), m.Turn, 0, 0, m.Private, false,
		micros(notBefore), micros(m.SendBy), micros(m.Created), int64(0), string(m.Conversation), string(m.Person), string(m.Case),
		string(m.To.Channel), s.codec.hash(m.To), string(m.Language), string(m.Subject), "", "", string(gateway.Queued),
		"", "", "", sealed, notice.Name, notice.Occasion, notice.Group, string(notice.Campaign), notice.Statutory, string(m.Staff), m.Trace}, nil
}

// sealOutgoing leaves out what most messages have not.
func (s *Store) sealOutgoing(m *gateway.Message) ([]byte, error) {
	texts := []string{m.To.Value, "", m.Text}
	if m.Ask != nil || m.Notice != nil {
		ask, err := json.Marshal(m.Ask)
		if err != nil {
			return nil, err
		}
		texts = append(texts, string(ask))
	}
	if m.Notice != nil {
		notice, err := json.Marshal(m.Notice)
		if err != nil {
			return nil, err
		}
		document, err := json.Marshal(m.Document)
		if err != nil {
			return nil, err
		}
		texts = append(texts, string(notice), m.Title, string(document))
	}
	return s.codec.sealTexts(messagePlace(m.ID), texts...), nil
}

func (s *Store) inboundRow(m *gateway.InboundRecord, conversation gateway.ConversationID, turn int) ([]any, error) {
	texts := []string{m.From.Value, m.To, m.Text}
	if len(m.Files) > 0 || m.Unverified != "" {
		files, err := json.Marshal(m.Files)
		if err != nil {
			return nil, err
		}
		texts = append(texts, string(files), m.Unverified)
	}
	return []any{string(m.ID), false, false, 0, 0, turn, 0, m.Media, false, m.Answered,
		int64(0), int64(0), micros(m.At), int64(0), string(conversation), string(m.Person), "",
		string(m.From.Channel), s.codec.hash(m.From), "", "", m.Kind, string(m.Keyword), "",
		m.ProviderID, "", "", s.codec.sealTexts(messagePlace(m.ID), texts...), "", "", "", "", false, "", ""}, nil
}

// unmarshal reads JSON that may not be there.
func unmarshal(text string, into any) error {
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), into)
}

// outgoingColumns are what scanOutgoing reads.
const outgoingColumns = `m.id, m.conversation, m.turn, m.person, m.case_reference, m.channel, m.language, m.private,
	m.subject, m.staff, m.priority, m.not_before, m.send_by, m.created, m.trace, m.sealed`

func (s *Store) scanOutgoing(r row) (gateway.Message, error) {
	var (
		m                          gateway.Message
		notBefore, sendBy, created int64
		sealed                     []byte
		own, ask, notice, document string
	)
	err := r.Scan(&m.ID, &m.Conversation, &m.Turn, &m.Person, &m.Case, &m.To.Channel, &m.Language, &m.Private,
		&m.Subject, &m.Staff, &m.Priority, &notBefore, &sendBy, &created, &m.Trace, &sealed)
	if err != nil {
		return m, err
	}
	m.NotBefore, m.SendBy, m.Created = moment(notBefore), moment(sendBy), moment(created)
	if err := s.codec.openTexts(messagePlace(m.ID), sealed, &m.To.Value, &own, &m.Text, &ask, &notice, &m.Title, &document); err != nil {
		return m, err
	}
	return m, errors.Join(unmarshal(ask, &m.Ask), unmarshal(notice, &m.Notice), unmarshal(document, &m.Document))
}
