package console

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

// Work is what the pages of work need of the gateway, which says what each does.
type Work interface {
	Queue(ctx context.Context, by directory.StaffID, q gateway.QueueQuery) ([]gateway.Task, error)
	QueueCounts(ctx context.Context, by directory.StaffID) (gateway.QueueCounts, error)
	Task(ctx context.Context, by directory.StaffID, id string) (gateway.Task, []gateway.TaskNote, error)
	Accept(ctx context.Context, by directory.StaffID, id string, version int) error
	Return(ctx context.Context, by directory.StaffID, id string, version int, note string) error
	Transfer(ctx context.Context, by directory.StaffID, id string, version int, to gateway.Destination, note string) error
	Close(ctx context.Context, by directory.StaffID, id string, version int, outcome, note string) error
	Delay(ctx context.Context, by directory.StaffID, id string, version int, cause string) error
	NoteTask(ctx context.Context, by directory.StaffID, id string, version int, note string) error
	AddTask(ctx context.Context, by directory.StaffID, n gateway.NewTask) (string, error)
	Present(ctx context.Context, by directory.StaffID, p gateway.Presence) error
	Absent(ctx context.Context, by, of directory.StaffID, until time.Time, cover directory.StaffID) error
	Watch(ctx context.Context) <-chan gateway.Change
}

// Counts are the figures of somebody's work and of their teams'. Pages show
// each where data-count names it.
type Counts struct {
	Mine    int `json:"mine"` // that they hold
	Offered int `json:"offered"`
	ToDo    int `json:"to-do"`   // both
	Waiting int `json:"waiting"` // in their teams' queues
	Urgent  int `json:"urgent"`  // of those
	Late    int `json:"late"`    // waiting or held, in their teams
}

func (c *Console) counts(ctx context.Context, of directory.StaffID) (Counts, error) {
	all, err := c.config.Work.QueueCounts(ctx, of)
	counts := Counts{Mine: all.Held, Offered: all.Offered, ToDo: all.Held + all.Offered}
	for _, team := range all.Teams {
		counts.Waiting += team.Waiting
		counts.Urgent += team.Urgent
		counts.Late += team.Late
	}
	return counts, err
}

func (c *Console) workRoutes() []route {
	return []route{{"GET /console/work", caseworkers, c.myWork, ""}}
}

// home leads to the first page of somebody's role.
func (c *Console) home(w http.ResponseWriter, r *request) error {
	to := "/console/work"
	switch r.Staff.Role {
	case directory.Author:
		to = "/console/dialogs"
	case directory.Auditor:
		to = "/console/audit"
	}
	http.Redirect(w, r.Request, to, http.StatusSeeOther)
	return nil
}

// mostOfMine is how much of somebody's own work is shown: they hold a few items,
// as their capacity has it.
const mostOfMine = 100

// myWork shows what is offered to somebody and what they hold.
func (c *Console) myWork(w http.ResponseWriter, r *request) error {
	states := []gateway.WorkState{gateway.WorkOffered, gateway.WorkHeld}
	all, err := c.config.Work.Queue(r.Context(), r.Staff.ID, gateway.QueueQuery{Holder: r.Staff.ID, States: states, Limit: mostOfMine})
	if err != nil {
		return err
	}
	if !onItsOwn(r.Request) { // without a script this page is all that shows that they are there
		if err := c.sign(r.Context(), r); err != nil {
			return err
		}
	}
	content := struct {
		Offered, Mine []gateway.Task
		Away          bool
		Leads         bool // and may start conversations with many
	}{Away: r.presence() == gateway.Away, Leads: slices.Contains(leaders, r.Staff.Role)}
	for _, task := range all {
		if task.State == gateway.WorkOffered {
			content.Offered = append(content.Offered, task)
		} else {
			content.Mine = append(content.Mine, task)
		}
	}
	return c.page(w, r, http.StatusOK, "work", r.say("nav.work"), content)
}

// presences are what somebody can choose to be.
var presences = []gateway.Presence{gateway.Available, gateway.Busy, gateway.Away}

// setPresence keeps what somebody chose to be while a page of theirs is open.
func (c *Console) setPresence(w http.ResponseWriter, r *request) error {
	chosen := gateway.Presence(r.PostFormValue("presence"))
	if !slices.Contains(presences, chosen) {
		return errNoPage
	}
	if err := c.config.Work.Present(r.Context(), r.Staff.ID, chosen); err != nil {
		return err
	}
	c.sessions.Put(r.Context(), presenceKey, string(chosen))
	r.flash("presence.set-to", r.say("presence."+string(chosen)))
	http.Redirect(w, r.Request, localPath(r.PostFormValue("to")), http.StatusSeeOther)
	return nil
}

// sign is a sign that somebody is there, unless they have said that they are
// away. That who is available still is changes nothing, and is no news.
func (c *Console) sign(ctx context.Context, r *request) error {
	presence := r.presence()
	switch {
	case presence == gateway.Away || !r.Staff.TakesWork():
		return nil
	case presence == gateway.Available:
		presence = ""
	}
	return c.config.Work.Present(ctx, r.Staff.ID, presence)
}

// leave tells that somebody has gone.
func (c *Console) leave(ctx context.Context, staff *directory.Staff) error {
	if !staff.TakesWork() {
		return nil
	}
	return c.config.Work.Present(ctx, staff.ID, gateway.Away)
}

// setLanguage keeps the language that somebody reads in.
func (c *Console) setLanguage(w http.ResponseWriter, r *request) error {
	chosen := templates.Language(r.PostFormValue("language"))
	if !slices.Contains(templates.Languages(), chosen) {
		return errNoPage
	}
	c.sessions.Put(r.Context(), languageKey, string(chosen))
	http.Redirect(w, r.Request, localPath(r.PostFormValue("to")), http.StatusSeeOther)
	return nil
}

// staffName is what colleagues call somebody; their id once they have left.
func (c *Console) staffName(id directory.StaffID) string {
	if staff := c.config.Roster.Staff(id); staff != nil {
		return staff.Name
	}
	return string(id)
}

func (c *Console) teamName(id directory.TeamID) string {
	if team := c.config.Roster.Team(id); team != nil {
		return team.Name
	}
	return string(id)
}

// somebody names a team or a member of staff.
func (c *Console) somebody(id string) string {
	if c.config.Roster.Team(directory.TeamID(id)) != nil {
		return c.teamName(directory.TeamID(id))
	}
	return c.staffName(directory.StaffID(id))
}

// spaced writes the 12 digits of a case reference as people read them out.
func spaced(reference any) string {
	digits := fmt.Sprint(reference)
	if len(digits) != 12 {
		return digits
	}
	return digits[:4] + " " + digits[4:8] + " " + digits[8:]
}
