package gateway

import (
	"time"

	"parley/gateway/directory"
	"parley/gateway/schedule"
	"parley/templates/notices"
)

// ContactChange is a phone number, an email or postal address of somebody's that
// was replaced, or taken off their record.
type ContactChange struct {
	Case    directory.CaseReference // the first of theirs
	Person  directory.PersonID
	Channel directory.Channel
	Old     string // the address that it was
	Lost    bool   // the carrier had said that it is gone, or a specialist that it is not theirs
	At      time.Time
}

// changeTold is for how long after it a change is told.
const changeTold = 7 * 24 * time.Hour

// contactWords name what was changed, never what to.
var contactWords = map[directory.Channel]notices.Value{
	directory.SMS:    notices.Words("phone number", "rhif ffôn"),
	directory.Email:  notices.Words("email address", "cyfeiriad e-bost"),
	directory.Letter: notices.Words("address", "cyfeiriad"),
}

// oldAddress begins the id of what goes to the old address.
const oldAddress = "old "

// changed are the events of changes on a case: one for the person, by another
// address that they have kept, and one for the old address.
func (g *Gateway) changed(c *directory.Case, changes []ContactChange) (events []event) {
	for i := range changes {
		change := &changes[i]
		p := personOn(c, change.Person)
		e := event{Event: schedule.Event{
			On: schedule.ContactChanged, ID: string(change.Channel) + " " + change.At.UTC().Format(time.RFC3339Nano), Person: change.Person,
			Day:  g.today(change.At),
			Data: notices.Data{"changed": contactWords[change.Channel], "day": dated(g.today(change.At))},
		}}
		if g.reachedBeside(p, change.Channel) {
			events = append(events, e)
		}
		if change.toldAt(p) {
			e.ID, e.old = oldAddress+e.ID, Address{Channel: change.Channel, Value: change.Old}
			events = append(events, e)
		}
	}
	return events
}

// reachedBeside reports whether somebody can be written to by another channel
// than one.
func (g *Gateway) reachedBeside(p *directory.Person, but directory.Channel) bool {
	for _, channel := range []directory.Channel{directory.SMS, directory.Email, directory.Letter} {
		_, held := p.Address(channel)
		if _, carried := g.channels[channel]; channel != but && held && carried && p.Permits(channel) {
			return true
		}
	}
	return false
}

// toldAt reports whether the old address may be told at all: what else speaks
// against it the gate sees when it is sent. Not one that was lost, nor a home
// that somebody may have left, nor where they say that nothing may go any more.
func (c *ContactChange) toldAt(p *directory.Person) bool {
	if c.Lost || c.Channel == directory.Letter || p.Risk != nil || !p.Permits(c.Channel) {
		return false
	}
	return c.Channel != directory.SMS || p.SafeContact == nil || p.SafeContact.Phone == ""
}
