package gateway

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/gateway/directory"
)

// CaseNote is what a member of staff wrote down about a case, for colleagues.
// It is never changed, and never said to a parent.
type CaseNote struct {
	ID     string
	Case   directory.CaseReference
	Person directory.PersonID // whom it is about; empty: the case as a whole
	By     directory.StaffID
	At     time.Time
	Text   string // sealed at rest
}

// CaseNotes keeps notes. They are only added.
type CaseNotes interface {
	// AddCaseNote keeps a note. CaseNotes returns up to limit notes on a case,
	// the latest first, from before one on; the empty id is the latest.
	AddCaseNote(ctx context.Context, n CaseNote) error
	CaseNotes(ctx context.Context, of directory.CaseReference, before string, limit int) ([]CaseNote, error)
}

// LongestNote is how long a note may be, in bytes.
const LongestNote = 4000

// Why a note is not kept.
var (
	ErrEmptyNote = errors.New("the note has no words")
	ErrLongNote  = errors.New("the note is too long")
)

// WriteNote keeps a note on a case that somebody may see, and has open pages of
// it shown anew. ErrEmptyNote, ErrLongNote.
func (g *Gateway) WriteNote(ctx context.Context, by directory.StaffID, of directory.CaseReference, about directory.PersonID, text string) error {
	text = strings.TrimSpace(clean(text))
	switch {
	case text == "":
		return ErrEmptyNote
	case len(text) > LongestNote:
		return ErrLongNote
	}
	n := CaseNote{ID: g.NewID(), Case: of, Person: about, By: by, At: g.Clock(), Text: text}
	if err := g.Store.AddCaseNote(ctx, n); err != nil {
		return fmt.Errorf("keeping a note on case %s: %w", of, err)
	}
	g.Tell(ctx, Change{Case: of})
	return nil
}
