package gateway

import (
	"context"
	"fmt"
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
)

// progress is the call progress: what this person told us, or was promised, that
// nobody has seen to yet. What the other parent waits for is not among it.
func (t *taking) progress(ctx context.Context, c Conversation) (dialogs.Value, error) {
	ahead := t.now.Add(promiseLate)
	waiting, err := t.g.Store.PromisesBetween(ctx, c.Case, c.Case, ahead, t.now.Add(-promiseLate), ahead)
	if err != nil {
		return dialogs.Value{}, fmt.Errorf("looking for what waits on case %s: %w", c.Case, err)
	}
	return progress(waiting, c.Person, t.now, t.g.calendar), nil
}

// progress counts a person's promises that are still to be kept, and tells the
// latest of them. Where there is none its days are today.
func progress(promises []Promise, person directory.PersonID, now time.Time, days *calendar) dialogs.Value {
	count, latest := 0, Promise{Made: now, Due: now}
	for i := range promises {
		p := &promises[i]
		if p.Person != person || p.toNobody() {
			continue
		}
		if count++; count == 1 || p.Made.After(latest.Made) {
			latest = *p
		}
	}
	reference := ""
	if count > 0 {
		reference = latest.reference()
	}
	return dialogs.Group(
		dialogs.Field{Name: "waiting", Value: dialogs.Number(count)},
		dialogs.Field{Name: "told", Value: dialogs.Day(days.day(latest.Made))},
		dialogs.Field{Name: "due", Value: dialogs.Day(days.day(latest.Due))},
		dialogs.Field{Name: "late", Value: dialogs.YesNo(latest.Due.Before(now))},
		dialogs.Field{Name: "reference", Value: dialogs.Text(reference)},
	)
}
