package gateway

import (
	"context"
	"errors"
	"fmt"

	"parley/dialogs"
	"parley/gateway/directory"
	"parley/templates"
)

// Suggestion is what a dialog would say where it waits, for a member of staff
// who talks instead of it.
type Suggestion struct {
	Question map[templates.Language]string // what it asks
	Help     map[templates.Language]string // what it says of the question when asked for help; empty: nothing
}

// Suggest returns what the dialog of an open conversation would say now, in each
// of its languages. It is empty where the dialog asks nothing, or what is of the
// record. Nothing is kept or sent.
func (g *Gateway) Suggest(ctx context.Context, id ConversationID, by directory.StaffID) (Suggestion, error) {
	s := Suggestion{map[templates.Language]string{}, map[templates.Language]string{}}
	t, c, err := g.joined(ctx, id, by, WroteTo)
	if err != nil {
		return s, err
	}
	var state dialogs.State
	d, err := g.library.version(ctx, g.Store, c.Version)
	switch {
	case errors.Is(err, errUnloadable) || err == nil && state.UnmarshalBinary(c.State) != nil:
		return s, nil // the conversation goes to a person when it goes on
	case err != nil:
		return s, fmt.Errorf("suggesting in conversation %s: %w", id, err)
	}
	in := dialogs.Input{Event: dialogs.Came}
	if in.Facts, err = t.facts(ctx, d, c, state.Language, in.Facts); err != nil {
		return s, err
	}
	if in.Facts.Children, err = t.children(ctx, d, c); err != nil {
		return s, err
	}
	for _, state.Language = range d.Languages {
		out, err := d.Advance(state, in)
		if err != nil {
			return s, fmt.Errorf("suggesting in conversation %s: %w", id, err)
		}
		for _, m := range out.Messages {
			if m.Ask == nil || m.Private || m.Ask.Kind == dialogs.ForIdentity || m.Ask.Kind == dialogs.ForCheck {
				continue
			}
			s.Question[m.Language] = m.Words
			if m.Ask.Help != "" {
				s.Help[m.Language] = m.Ask.Help
			}
		}
	}
	return s, nil
}
