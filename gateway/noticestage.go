package gateway

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"

	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/schedule"
	"parley/templates/notices"
)

// Stage is a step that a case has come to, as the system says that it is worked
// in. What the record tells of it need not be said.
type Stage struct {
	Name   StageName
	Date   calculation.Date   // on which it came to it
	Person directory.PersonID // whom it is told; empty: both parents, where it is both parents' business
	Data   json.RawMessage    // an object, see notices.ReadSome; stands before what is known of the case
}

// StageName names a stage.
type StageName string

// The stages. InformationReceived is told nobody: it ends the reminders.
const (
	ApplicationReceived  StageName = "application_received"
	OtherParentContacted StageName = "other_parent_contacted"
	WaitingForIncome     StageName = "waiting_for_income"
	Calculated           StageName = "calculated"
	Decided              StageName = "decided"
	Reconsidered         StageName = "reconsidered"
	ChangeMade           StageName = "change_made" // data gives the report's reference, and from when it counts
	InformationRequested StageName = "information_requested"
	InformationReceived  StageName = "information_received"
)

// stages are the events that they are, and whether each is one person's alone: of
// those there can be several of a day, which what is said tells apart.
var stages = map[StageName]struct {
	on  schedule.Kind
	own bool
}{
	ApplicationReceived:  {schedule.ApplicationReceived, true},
	OtherParentContacted: {schedule.OtherParentContacted, true},
	WaitingForIncome:     {schedule.WaitingForIncome, false},
	Calculated:           {schedule.Calculated, false},
	Decided:              {schedule.Decided, false},
	Reconsidered:         {schedule.Reconsidered, false},
	ChangeMade:           {schedule.ChangeMade, true},
	InformationRequested: {schedule.InformationRequested, true},
	InformationReceived:  {"", true},
}

// stageTold is how long ago a stage may have been reached that is told.
const stageTold = 31

// BadStage says what is wrong with a stage, and where.
type BadStage struct{ Field, Problem string }

// Error is for logs.
func (b *BadStage) Error() string { return "stage: " + b.Field + " " + b.Problem }

// ReachStage has people told that a case has come to a stage, each once, makes or
// ends the work that goes with it, and stores the row of the API call, unless
// that is nil. It returns how many notices are new. ErrNotFound, a *BadStage, or
// ErrDuplicate when the row's key is taken.
func (g *Gateway) ReachStage(ctx context.Context, of directory.CaseReference, s Stage, row *IdempotentRow) (int, error) {
	c, err := g.Store.Case(ctx, of)
	if err != nil {
		return 0, fmt.Errorf("loading case %s: %w", of, err)
	}
	now := g.Clock()
	people, err := s.people(&c, g.today(now))
	if err != nil {
		return 0, err
	}
	if s.Name == InformationReceived {
		if _, err := g.Store.EndGroup(ctx, of, informationGroup(s.Person), reasonTold, now); err != nil {
			return 0, err
		}
	}
	var events []event
	for _, p := range people {
		e, err := g.stageEvent(&c, &s, p)
		if err != nil {
			return 0, err
		}
		e.Day = g.today(now)
		events = append(events, event{Event: e})
	}
	told, err := g.tell(ctx, &c, events...)
	if err == nil {
		err = g.stageWork(ctx, of, &s, now)
	}
	switch {
	case errors.Is(err, ErrBadData):
		return 0, &BadStage{"data", "does not say all that has to be said: " + err.Error()}
	case err != nil || row == nil:
		return told, err
	}
	return told, g.Store.PutPayments(ctx, nil, now, row)
}

// today is the day of a moment in London.
func (g *Gateway) today(now time.Time) calculation.Date {
	return calculation.DateOf(now.In(g.calendar.london))
}

// people are those whom a stage is told, or what is wrong with it.
func (s *Stage) people(c *directory.Case, today calculation.Date) ([]*directory.Person, error) {
	stage, known := stages[s.Name]
	switch {
	case !known:
		return nil, &BadStage{"stage", "is not known"}
	case s.Date > today || s.Date < today.AddDays(-stageTold):
		return nil, &BadStage{"date", fmt.Sprintf("must be a day of the last %d", stageTold)}
	case stage.own && s.Person == "":
		return nil, &BadStage{"person", "must say whom it is about"}
	case s.Person == "":
		return c.People(), nil
	}
	person := personOn(c, s.Person)
	if person.ID != s.Person {
		return nil, &BadStage{"person", "is not a parent on the case"}
	}
	if stage.on == "" {
		return nil, nil
	}
	return []*directory.Person{person}, nil
}

// reasonTold is why reminders are withheld, and informationGroup what they are
// of: all that somebody is asked ends when they tell us something.
const reasonTold = "they have told us since this was planned"

func informationGroup(person directory.PersonID) string { return "information " + string(person) }

// informationKind is the kind of a report by which somebody tells what they were
// asked.
const informationKind = "information"

// endAsking withholds the reminders of what this turn's reports tell: before they
// are stored, so that a turn that is made again does it again.
func (t *taking) endAsking(ctx context.Context) error {
	for i := range t.turn.Reports {
		if r := &t.turn.Reports[i]; r.Kind == informationKind {
			if _, err := t.g.Store.EndGroup(ctx, r.Case, informationGroup(r.Person), reasonTold, t.now); err != nil {
				return err
			}
		}
	}
	return nil
}

// stageEvent is a stage as one person is told it.
func (g *Gateway) stageEvent(c *directory.Case, s *Stage, p *directory.Person) (schedule.Event, error) {
	on := stages[s.Name].on
	said, err := g.stageData(s)
	if err != nil {
		return schedule.Event{}, err
	}
	e := schedule.Event{On: on, ID: s.Date.String(), Person: p.ID, Data: notices.Data{}}
	if stages[s.Name].own && len(said) > 0 {
		if e.ID, err = digested(e.ID, said); err != nil {
			return e, err
		}
	}
	if on == schedule.InformationRequested {
		e.Group = informationGroup(p.ID)
	}
	for _, party := range c.Parties() {
		if party.Person == p.ID {
			e.Data["reference"] = notices.Text(string(party.Reference))
		}
	}
	if on == schedule.Calculated || on == schedule.Decided || on == schedule.Reconsidered {
		known, err := decisionData(c, p.ID, s.Date)
		if err != nil {
			return e, &BadStage{"stage", "needs a case whose amount can be worked out"}
		}
		maps.Copy(e.Data, known)
	}
	maps.Copy(e.Data, said)
	return e, nil
}

// stageData is what is said of a stage, beside what the record tells.
func (g *Gateway) stageData(s *Stage) (notices.Data, error) {
	said := notices.Data{}
	if len(s.Data) == 0 {
		return said, nil
	}
	for _, name := range g.Schedule.Of(stages[s.Name].on) {
		values, err := notices.ReadSome(g.notices[name], s.Data)
		if err != nil {
			return nil, &BadStage{"data", "cannot be read: " + err.Error()}
		}
		maps.Copy(said, values)
	}
	return said, nil
}

// digested is an id with a digest of what is said beside it: an id is not sealed,
// and what is said may be.
func digested(id string, said notices.Data) (string, error) {
	content, err := json.Marshal(said)
	if err != nil {
		return "", fmt.Errorf("telling a stage from others: %w", err)
	}
	sum := sha256.Sum256(content)
	return fmt.Sprintf("%s %x", id, sum[:6]), nil
}
