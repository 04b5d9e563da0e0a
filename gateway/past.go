package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley/dialogs"
)

// Past is what the store kept of conversations and how they went.
type Past interface {
	// Recorded lists the conversations on a dialog, of any version of it, that
	// began since a time.
	Recorded(ctx context.Context, dialog string, since time.Time) ([]Recorded, error)

	// TurnRecords returns the records of a conversation's turns, as Turn.Record
	// gave them, the first one first; none for one that is not there.
	TurnRecords(ctx context.Context, id ConversationID) ([][]byte, error)

	sources
}

// Moment is a conversation as it was after one of its turns.
type Moment struct {
	Turn    int
	At      time.Time
	Waits   string          // the step that then waited; empty when the dialog had ended
	Outcome string          // how it had ended; empty while it ran
	Answers json.RawMessage // what had been answered, in the dialog's order
	Results json.RawMessage // what calls had given
}

// Course is how a conversation went.
type Course struct {
	Turns []TurnSeen // the first one first
	Then  *Moment    // how it was after one of them; nil: there is no such turn, or its dialog version does not load any more
}

// Course returns how a conversation went, and how it was after a turn, counted
// from 1, by repeating it up to there; 0 is the last.
func (g *Gateway) Course(ctx context.Context, c Conversation, turn int) (Course, error) {
	rows, err := g.Store.TurnRecords(ctx, c.ID)
	if err != nil {
		return Course{}, fmt.Errorf("reading the turns of conversation %s: %w", c.ID, err)
	}
	records, err := readRecords(rows, c.ID)
	if err != nil {
		return Course{}, err
	}
	course := Course{Turns: make([]TurnSeen, len(rows))}
	for i := range rows {
		course.Turns[i].Turn = i + 1
		if i < len(records) {
			r := &records[i]
			course.Turns[i] = TurnSeen{Turn: i + 1, At: r.Now, Reading: r.Reading, Staff: r.Staff, Act: r.Act}
		}
	}
	if turn == 0 {
		turn = len(records)
	}
	held, err := g.library.version(ctx, g.Store, c.Version)
	switch {
	case errors.Is(err, errUnloadable) || err == nil && (turn < 1 || turn > len(records)):
		return course, nil
	case err != nil:
		return course, err
	}
	state, err := Replay(held, records[:turn])
	if err != nil {
		return course, fmt.Errorf("conversation %s: %w", c.ID, err)
	}
	course.Then = &Moment{
		Turn: turn, At: records[turn-1].Now, Waits: held.Waits(state), Outcome: state.Outcome,
		Answers: held.AnswersJSON(state), Results: held.ResultsJSON(state),
	}
	return course, nil
}

// ViewAt returns a conversation as it was after a turn, counted from 1.
// ErrNotFound when there is no such turn, or when its dialog version does not
// load any more.
func (g *Gateway) ViewAt(ctx context.Context, id ConversationID, turn int) (Moment, error) {
	c, err := g.Store.Conversation(ctx, id)
	if err != nil {
		return Moment{}, err
	}
	course, err := g.Course(ctx, c, turn)
	switch {
	case err != nil:
		return Moment{}, err
	case course.Then == nil || turn == 0:
		return Moment{}, ErrNotFound
	}
	return *course.Then, nil
}

// Recorded names a conversation and the dialog version that it was held on.
type Recorded struct {
	ID      ConversationID
	Version string
}

// Trials tries drafts of dialogs on the past.
type Trials struct {
	past    Past
	library *library
}

// NewTrials makes trials on what a store kept.
func NewTrials(past Past) *Trials { return &Trials{past: past, library: newLibrary(nil)} }

// Tried is what became of one dialog's trial.
type Tried struct {
	Dialog        string                 `json:"dialog"`
	Conversations int                    `json:"conversations"`
	Otherwise     int                    `json:"otherwise"`    // of them, would go otherwise
	Unrepeatable  int                    `json:"unrepeatable"` // of them, cannot be repeated: their version does not load any more
	Kinds         map[DifferenceKind]int `json:"kinds"`        // differences by kind
}

// Run holds every conversation on a dialog that began since a time once more,
// on a draft of it. Differences come one by one, and progress after each
// conversation.
func (t *Trials) Run(ctx context.Context, draft *dialogs.Dialog, since time.Time, differs func(Difference) error, progress func(done, of int)) (Tried, error) {
	tried := Tried{Dialog: draft.Name, Kinds: map[DifferenceKind]int{}}
	list, err := t.past.Recorded(ctx, draft.Name, since)
	if err != nil {
		return tried, err
	}
	for n, c := range list {
		found, err := t.one(ctx, draft, c)
		if err != nil {
			return tried, err
		}
		tried.Conversations++
		switch {
		case found == nil:
			tried.Unrepeatable++
		case len(found) > 0:
			tried.Otherwise++
		}
		for _, d := range found {
			tried.Kinds[d.Kind]++
			if err := differs(d); err != nil {
				return tried, err
			}
		}
		progress(n+1, len(list))
	}
	return tried, nil
}

// one tries one conversation; nil when it cannot be repeated.
func (t *Trials) one(ctx context.Context, draft *dialogs.Dialog, c Recorded) ([]Difference, error) {
	held, records, err := t.library.recorded(ctx, t.past, c)
	if err != nil || held == nil {
		return nil, err
	}
	found, err := Try(held, draft, records)
	if err != nil { // the engine has learnt to do it otherwise since
		return nil, nil
	}
	list := make([]Difference, len(found))
	for i, d := range found {
		d.Conversation = c.ID
		list[i] = d
	}
	return list, nil
}

// recorded loads what a conversation was held on, and its turns up to the first
// that no dialog made (a word of danger, STOP). There is no dialog when its
// version does not load any more.
func (l *library) recorded(ctx context.Context, past Past, c Recorded) (*dialogs.Dialog, []Record, error) {
	held, err := l.version(ctx, past, c.Version)
	if errors.Is(err, errUnloadable) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	rows, err := past.TurnRecords(ctx, c.ID)
	if err != nil {
		return nil, nil, err
	}
	records, err := readRecords(rows, c.ID)
	return held, records, err
}

// readRecords reads turns up to the first that no dialog made.
func readRecords(rows [][]byte, id ConversationID) ([]Record, error) {
	var records []Record
	for n, row := range rows {
		if len(row) == 0 {
			break
		}
		var r Record
		if err := json.Unmarshal(row, &r); err != nil {
			return nil, fmt.Errorf("reading turn %d of conversation %s: %w", n+1, id, err)
		}
		records = append(records, r)
	}
	return records, nil
}
