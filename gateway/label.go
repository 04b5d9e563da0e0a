package gateway

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/gateway/directory"
	"parley/templates"
)

// Label is what a member of staff says that a message was about, where it was
// read otherwise. Nothing that was done is undone by it, and nothing learns
// from it by itself.
type Label struct {
	ID       string
	Message  MessageID
	By       directory.StaffID
	At       time.Time
	Intents  []string // one, or two in the order in which they are said
	Danger   Danger   // its kind, when danger is one of them
	Language templates.Language
}

// Labelled is what a person wrote, with its labels, the latest last: that one
// stands.
type Labelled struct {
	PersonMessage
	Labels []Label
}

// Labels keeps them, sealed. They are only added.
type Labels interface {
	// AddLabel keeps a label.
	AddLabel(ctx context.Context, l Label) error

	// Labelled returns what a person wrote, whether it has labels or not;
	// ErrNotFound when there is no such message, or it is one of ours.
	Labelled(ctx context.Context, id MessageID) (Labelled, error)

	// LabelsOf returns the labels of a person's messages, or those of a
	// conversation's where the person is empty, the latest last.
	LabelsOf(ctx context.Context, person directory.PersonID, id ConversationID) ([]Label, error)

	// AllLabelled returns up to limit messages that have labels, in the order of
	// their ids, after one; the empty id is before all.
	AllLabelled(ctx context.Context, after MessageID, limit int) ([]Labelled, error)
}

// ErrBadLabel says that a label does not say one or two things that a message
// can be about, or that it does not say which danger.
var ErrBadLabel = errors.New("the label does not say what the message was about")

// LabelMessage keeps what a member of staff says that a message was about, and
// has open pages of it shown anew. Whether there are such intents is for the
// caller to know. ErrBadLabel; ErrNotFound when no person wrote such a message.
func (g *Gateway) LabelMessage(ctx context.Context, l Label) error {
	twice := len(l.Intents) == 2 && l.Intents[0] == l.Intents[1]
	dangerous := slices.Contains(l.Intents, dangerIntent)
	if len(l.Intents) == 0 || len(l.Intents) > 2 || twice || dangerous != (l.Danger != NoDanger) || !slices.Contains(templates.Languages(), l.Language) {
		return ErrBadLabel
	}
	m, err := g.Store.Labelled(ctx, l.Message)
	if err != nil {
		return err
	}
	l.ID, l.At = g.NewID(), g.Clock()
	if err := g.Store.AddLabel(ctx, l); err != nil {
		return fmt.Errorf("keeping what message %s was about: %w", l.Message, err)
	}
	g.Tell(ctx, Change{Case: m.Case, Conversation: m.Conversation})
	return nil
}

// dangerIntent is the intent of words of danger, whose kind is said beside it.
const dangerIntent = "danger"
