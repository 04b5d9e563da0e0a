package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
	"parley/templates/notices"
)

// answeredWithin is for how long after a notice what its person writes may be
// about it.
const answeredWithin = 7 * 24 * time.Hour

// lastNotice is the notice that whoever writes was last sent; its Notice is nil
// when there is none that they may be answering.
func (t *taking) lastNotice(ctx context.Context) (Message, error) {
	if t.person == "" {
		return Message{}, nil
	}
	m, err := t.g.Store.LastNotice(ctx, t.person, t.now.Add(-answeredWithin))
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Message{}, fmt.Errorf("looking for what they may be answering: %w", err)
	}
	return m, nil
}

// takeUp begins the dialog of the notice that is answered, whatever is said. It
// reports whether there is one for them.
func (t *taking) takeUp(ctx context.Context, last Message, parties []directory.Party) (bool, error) {
	if last.Notice == nil || t.g.notices[last.Notice.Name] == nil {
		return false, nil
	}
	d, ok := t.g.library.named(t.g.notices[last.Notice.Name].Dialog)
	if !ok {
		return false, nil
	}
	party, ok := t.isFor(d, parties, last.Case)
	if !ok {
		return false, nil
	}
	return true, t.begin(ctx, d, party, t.in.From, t.told(d, last))
}

// told is what a dialog need not ask, since the notice that is answered said it.
// Amounts are left out: what a notice asks for is not what somebody has paid.
func (t *taking) told(d *dialogs.Dialog, last Message) dialogs.Facts {
	if last.Notice == nil {
		return dialogs.Facts{}
	}
	facts := dialogs.Facts{Today: t.g.calendar.day(t.now), Language: t.own()}
	given := map[string]string{}
	for name, value := range last.Notice.Data {
		if value.Kind() == notices.MoneyKind {
			continue
		}
		said := value.In(t.own())
		facts.Given = map[string]string{name: said}
		if _, err := d.Given(facts); err == nil {
			given[name] = said
		}
	}
	return dialogs.Facts{Given: given}
}
