package console

import (
	"context"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"parley/gateway"
	"parley/gateway/directory"
)

func (c *Console) taskRoutes() []route {
	return []route{
		{"GET /console/tasks/{id}", caseworkers, c.taskPage, "saw task"},
		{"POST /console/tasks/{id}/accept", caseworkers, c.onTask(c.acceptTask), "accept task"},
		{"POST /console/tasks/{id}/return", caseworkers, c.onTask(c.returnTask), "return task"},
		{"POST /console/tasks/{id}/transfer", caseworkers, c.onTask(c.transferTask), "transfer task"},
		{"POST /console/tasks/{id}/close", caseworkers, c.onTask(c.closeTask), "close task"},
		{"POST /console/tasks/{id}/note", caseworkers, c.onTask(c.noteTask), "note task"},
		{"POST /console/tasks/{id}/delay", caseworkers, c.onTask(c.delayTask), "delay task"},
	}
}

// outcomes are how work is closed.
var outcomes = []string{"done", "no-action", "duplicate", "no-answer"}

// taskView is what the page of a task shows.
type taskView struct {
	Task        gateway.Task
	About       party // empty: nobody
	Notes       []gateway.TaskNote
	Instruction template.HTML
	AtStep      template.HTML // of its conversation; empty: there is none, or nothing is said of its dialog
	Mine        bool          // they hold it
	Offered     bool          // to them
	MayAccept   bool
	MayMove     bool // theirs, or of a team that they lead
	Late        bool
	Teams       []directory.Team
	Colleagues  []directory.Staff
	Outcomes    []string
	Call        bool // somebody waits at the telephone, for them
	Voicemail   bool
	// What was wrong with a form, and which; what they wrote is kept.
	Problem, Field, Form string
	Wrote                url.Values
}

// noteField is a box for a note in a form of the page.
type noteField struct {
	Field, Label, Hint, Problem, Wrote, Described string
	Inside                                        bool // a form that asks for more
}

// NoteField is the box with an id; what was wrong with it and what was written
// in it are shown again.
func (v taskView) NoteField(id, label, hint string) noteField {
	f := noteField{Field: id, Label: label, Hint: hint, Inside: strings.HasSuffix(id, "-note")}
	var described []string
	if hint != "" {
		described = append(described, id+"-hint")
	}
	if v.Form == formOf[id] {
		f.Wrote = v.Wrote.Get("note")
	}
	if v.Field == id {
		f.Problem = v.Problem
		described = append(described, id+"-error")
	}
	f.Described = strings.Join(described, " ")
	return f
}

// versionField is that of a form, kept fresh while the page is open.
type versionField struct {
	Form, Task string
	Version    int
}

// VersionField is the one of a form.
func (v taskView) VersionField(form string) versionField {
	return versionField{form, v.Task.ID, v.Task.Version}
}

// formOf is the deed of each box, by the last word of its address.
var formOf = map[string]string{"cause": "delay", "close-note": "close", "transfer-note": "transfer", "return-note": "return", "note": "note"}

// Opens reports whether a form is shown open, for what is wrong in it.
func (v taskView) Opens(fields ...string) bool { return slices.Contains(fields, v.Field) }

func (c *Console) taskPage(w http.ResponseWriter, r *request) error {
	task, notes, err := c.config.Work.Task(r.Context(), r.Staff.ID, r.PathValue("id"))
	if err != nil {
		return c.orReason(err, task.Case)
	}
	if err := c.saw(r, aboutTask(task)); err != nil {
		return err
	}
	return c.showTask(w, r, http.StatusOK, task, notes, "", "")
}

// aboutTask is what the audit keeps of a task.
func aboutTask(t gateway.Task) AuditEntry {
	return AuditEntry{Case: t.Case, Person: t.Person, Conversation: t.Conversation, Object: t.ID}
}

// showTask draws the page, with what was wrong with a form of it, if anything.
func (c *Console) showTask(w http.ResponseWriter, r *request, status int, task gateway.Task, notes []gateway.TaskNote, field, problem string) error {
	instruction, err := c.instruction(r.Language, task.WorkItem)
	if err != nil {
		return err
	}
	v := taskView{
		Task: task, Notes: notes, Instruction: instruction,
		Mine:    task.State == gateway.WorkHeld && task.Holder == r.Staff.ID,
		Offered: task.State == gateway.WorkOffered && task.Holder == r.Staff.ID,
		Late:    task.State != gateway.WorkDone && !task.Due.IsZero() && task.Due.Before(c.config.Clock()),
		Teams:   c.config.Roster.Teams(), Outcomes: outcomes,
		Field: field, Problem: problem, Form: path.Base(r.URL.Path), Wrote: r.PostForm,
	}
	if call, ok := gateway.CallOf(task.WorkItem); ok && c.config.Calls != nil && call != "" {
		v.Call, v.Voicemail = v.Mine && waitsOnTheLine(task), task.Kind == gateway.VoicemailWork
	}
	v.MayAccept = v.Offered || task.State == gateway.WorkWaiting && (task.For == r.Staff.ID || r.Staff.In(task.Team))
	v.MayMove = v.Mine || task.State != gateway.WorkDone && r.Staff.Leads(task.Team)
	for _, colleague := range c.config.Roster.Everybody() {
		if colleague.TakesWork() && colleague.ID != r.Staff.ID {
			v.Colleagues = append(v.Colleagues, colleague)
		}
	}
	if v.About, err = c.about(r.Context(), task); err != nil {
		return err
	}
	if v.AtStep, err = c.atStepOf(r, task); err != nil {
		return err
	}
	r.watch("task", task.ID)
	return c.page(w, r, status, "task", wordOr(r.Language, "kind."+string(task.Kind), string(task.Kind)), v)
}

// atStepOf is what to mind where the conversation of a task stands, or ended.
func (c *Console) atStepOf(r *request, t gateway.Task) (template.HTML, error) {
	if t.Conversation == "" {
		return "", nil
	}
	view, err := c.config.Conversation.Conversations.View(r.Context(), t.Conversation)
	if errors.Is(err, gateway.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return c.instructionAt(r.Language, view.Dialog, view.Step)
}

// about is whom a task is about, as far as its case tells.
func (c *Console) about(ctx context.Context, t gateway.Task) (party, error) {
	if t.Case == "" || t.Person == "" {
		return party{}, nil
	}
	known, err := c.config.Cases.Case(ctx, t.Case)
	if errors.Is(err, gateway.ErrNotFound) {
		return party{}, nil
	}
	for _, one := range partiesOf(&known) {
		if one.ID == t.Person {
			return one, nil
		}
	}
	return party{}, err
}

// A deed is done to a task as it was when its page was drawn. It returns the
// field that is wrong and why, or nothing.
type deed func(r *request, task gateway.Task, version int, note string) (field, problem string, err error)

// onTask has a deed done: recorded first, with what is wrong shown on the page,
// and then back to where work goes on.
func (c *Console) onTask(do deed) handler {
	return func(w http.ResponseWriter, r *request) error {
		task, notes, err := c.config.Work.Task(r.Context(), r.Staff.ID, r.PathValue("id"))
		if err != nil {
			return c.orReason(err, task.Case)
		}
		version, err := strconv.Atoi(r.PostFormValue("version"))
		if err != nil {
			return errNoPage
		}
		if err := c.did(r, aboutTask(task)); err != nil {
			return err
		}
		field, problem, err := do(r, task, version, strings.TrimSpace(r.PostFormValue("note")))
		switch {
		case err != nil:
			return err
		case problem != "":
			return c.showTask(w, r, http.StatusUnprocessableEntity, task, notes, field, problem)
		}
		http.Redirect(w, r.Request, localPath(r.PostFormValue("to")), http.StatusSeeOther)
		return nil
	}
}

func (c *Console) acceptTask(r *request, t gateway.Task, version int, _ string) (string, string, error) {
	err := c.config.Work.Accept(r.Context(), r.Staff.ID, t.ID, version)
	if err == nil {
		r.flash(c.ring(r, t))
	}
	return "", "", err
}

func (c *Console) returnTask(r *request, t gateway.Task, version int, note string) (string, string, error) {
	if note == "" && t.State == gateway.WorkHeld {
		return "return-note", r.say("task.want-note"), nil
	}
	err := c.config.Work.Return(r.Context(), r.Staff.ID, t.ID, version, note)
	if err == nil {
		r.flash("task.returned", c.teamName(t.Team))
	}
	return "", "", err
}

func (c *Console) transferTask(r *request, t gateway.Task, version int, note string) (string, string, error) {
	var to gateway.Destination
	name := ""
	switch what, id, _ := strings.Cut(r.PostFormValue("destination"), ":"); {
	case what == "team" && c.config.Roster.Team(directory.TeamID(id)) != nil:
		to.Team = directory.TeamID(id)
		name = c.teamName(to.Team)
	case what == "staff" && c.config.Roster.Staff(directory.StaffID(id)) != nil:
		to.Staff = directory.StaffID(id)
		name = c.staffName(to.Staff)
	default:
		return "destination", r.say("task.want-destination"), nil
	}
	if note == "" {
		return "transfer-note", r.say("task.want-note"), nil
	}
	err := c.config.Work.Transfer(r.Context(), r.Staff.ID, t.ID, version, to, note)
	switch {
	case errors.Is(err, gateway.ErrForbidden):
		return "destination", r.say("task.may-not-see"), nil
	case err == nil:
		r.flash("task.transferred", name)
	}
	return "", "", err
}

func (c *Console) closeTask(r *request, t gateway.Task, version int, note string) (string, string, error) {
	outcome := r.PostFormValue("outcome")
	if !slices.Contains(outcomes, outcome) {
		return "outcome-" + outcomes[0], r.say("task.want-outcome"), nil
	}
	err := c.config.Work.Close(r.Context(), r.Staff.ID, t.ID, version, outcome, note)
	switch {
	case errors.Is(err, gateway.ErrCause):
		return "cause", r.say("task.want-cause"), nil
	case err == nil:
		r.flash("task.closed")
	}
	return "", "", err
}

func (c *Console) noteTask(r *request, t gateway.Task, version int, note string) (string, string, error) {
	if note == "" {
		return "note", r.say("task.want-note"), nil
	}
	return "", "", c.config.Work.NoteTask(r.Context(), r.Staff.ID, t.ID, version, note)
}

func (c *Console) delayTask(r *request, t gateway.Task, version int, note string) (string, string, error) {
	if note == "" {
		return "cause", r.say("task.want-cause"), nil
	}
	err := c.config.Work.Delay(r.Context(), r.Staff.ID, t.ID, version, note)
	if err == nil {
		r.flash("task.delayed")
	}
	return "", "", err
}
