package gateway

import (
	"context"
	"errors"
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
)

// surveyEvery is how long nobody is asked again how it was.
const surveyEvery = 24 * time.Hour

// survey asks whoever is in web chat how it was, once they have got what they
// came for: never after a hand-off, danger or leaving.
func (t *taking) survey(ctx context.Context, c Conversation, end *dialogs.End) error {
	if !served(end.Outcome) {
		return nil
	}
	if _, ok := t.g.library.named(t.g.Survey); !ok || !t.theirs || c.Address.Channel != directory.WebChat {
		return nil
	}
	who := c.Partner()
	first, err := t.g.Sessions.Once(ctx, "survey "+string(who.Person)+string(who.Visit), string(c.ID), surveyEvery)
	switch {
	case errors.Is(err, ErrSessionsAway): // to be asked twice in a day is better than never
	case err != nil:
		return err
	case !first:
		return nil
	}
	_, err = t.lead(ctx, c, t.g.Survey, "")
	return err
}

// served reports whether somebody has got what they came for when a conversation
// ends so.
func served(outcome string) bool {
	return outcome == "reported" || outcome == "told" || outcome == "estimated"
}

// surveyedElsewhere reports whether a conversation is a survey that is not asked
// at an address: no other page or channel takes it up.
func (t *taking) surveyedElsewhere(c Conversation, at Address) bool {
	return c.Dialog == t.g.Survey && (at.Channel != directory.WebChat || at != c.Address)
}

// surveyMakesWay welcomes a visitor whose survey was on another page.
func (t *taking) surveyMakesWay(ctx context.Context) error {
	w, err := t.welcoming(ctx)
	if w == nil || err != nil {
		return err
	}
	c := *t.open()
	c.Address = t.in.From
	if err := t.makeWay(ctx, c, w, ""); err != nil {
		return err
	}
	return t.commit(ctx)
}
