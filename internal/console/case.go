package console

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// CaseConfig is what the pages of cases, people and search need of the gateway.
type CaseConfig struct {
	Records  Records
	Desk     CaseDesk
	Evidence gateway.Evidence
}

// Records are what is kept of cases and people. Handlers ask Access first.
type Records interface {
	Person(ctx context.Context, id directory.PersonID) (directory.Person, []directory.Party, error)
	Payments(ctx context.Context, reference directory.CaseReference, since calculation.Date) ([]directory.Payment, error)
	Reports(ctx context.Context, reference directory.CaseReference) ([]gateway.Report, error)
	Tasks(ctx context.Context, s gateway.TaskSearch) ([]gateway.Task, error)
	CaseNotes(ctx context.Context, of directory.CaseReference, before string, limit int) ([]gateway.CaseNote, error)
	PersonMessages(ctx context.Context, person directory.PersonID, before gateway.MessageID, limit int) ([]gateway.PersonMessage, error)
	FilesOf(ctx context.Context, person directory.PersonID, limit int) ([]gateway.File, error)
	File(ctx context.Context, id gateway.FileID) (gateway.File, error)
	Conversation(ctx context.Context, id gateway.ConversationID) (gateway.Conversation, error)
	Labelled(ctx context.Context, id gateway.MessageID) (gateway.Labelled, error)
	LabelsOf(ctx context.Context, person directory.PersonID, id gateway.ConversationID) ([]gateway.Label, error)
	LastCheck(ctx context.Context, person directory.PersonID) (gateway.Check, error)
}

// CaseDesk is what the gateway says of cases and people, and does for their
// safety.
type CaseDesk interface {
	Search(ctx context.Context, by directory.StaffID, query string) ([]gateway.Found, error)
	Contacts(ctx context.Context, c *directory.Case) ([]gateway.Contact, error)
	Coming(ctx context.Context, c *directory.Case, within time.Duration) ([]gateway.Coming, error)
	WriteNote(ctx context.Context, by directory.StaffID, of directory.CaseReference, about directory.PersonID, text string) error

	LabelMessage(ctx context.Context, l gateway.Label) error

	CallBackNumber(ctx context.Context, person directory.PersonID) (string, error)
	RecordCheck(ctx context.Context, person directory.PersonID, by directory.StaffID) error
	TakeBackStop(ctx context.Context, person directory.PersonID, channel directory.Channel, by directory.StaffID) error
	MarkDanger(ctx context.Context, person directory.PersonID, of directory.CaseReference, kind gateway.Danger, by directory.StaffID) error
	ReleaseDanger(ctx context.Context, person directory.PersonID, by directory.Staff) error
	Acquainted(ctx context.Context, by directory.StaffID, person directory.PersonID) error
}

func (c *Console) caseRoutes() []route {
	return []route{
		{"GET /console/cases/{case}", caseworkers, c.caseFile, "saw case"},
		{"GET /console/cases/{case}/notes", caseworkers, c.notesPage, "saw notes"},
		{"POST /console/cases/{case}/notes", caseworkers, c.writeNote, "wrote note"},
	}
}

// How much of a case its page shows, the latest first.
const (
	notesShown   = 5
	reportsShown = 10
	tasksShown   = 20
	ahead        = 28 * 24 * time.Hour // of what is to be sent
)

// caseView is what the page of a case shows.
type caseView struct {
	Case    directory.Case
	Parents []parent
	Money   *money // nil: the record does not hold enough to say
	Steps   []caseStep
	Coming  []coming
	Reports []report
	More    int // reports that are not shown
	Tasks   []gateway.Task
	Notes   notesView
}

// Protected reports whether somebody on the case has a risk marker.
func (v caseView) Protected() bool {
	for _, p := range v.Case.People() {
		if p.Risk != nil {
			return true
		}
	}
	return false
}

// Named is the caseworker who has the case by name, if any.
func (v caseView) Named() directory.StaffID {
	if v.Case.NamedCaseworker == nil {
		return ""
	}
	return directory.StaffID(*v.Case.NamedCaseworker)
}

func (c *Console) caseFile(w http.ResponseWriter, r *request) error {
	reference := directory.CaseReference(r.PathValue("case"))
	if err := c.opens(r, reference); err != nil {
		return err
	}
	if err := c.saw(r, AuditEntry{Case: reference}); err != nil {
		return err
	}
	return c.showCase(w, r, http.StatusOK, reference, notesView{})
}

// showCase draws the page of a case that may be seen, with what was wrong with
// a note.
func (c *Console) showCase(w http.ResponseWriter, r *request, status int, reference directory.CaseReference, notes notesView) error {
	known, err := c.config.Cases.Case(r.Context(), reference)
	if err != nil {
		return err
	}
	v := caseView{Case: known, Notes: notes}
	fill := []func(*request, *caseView) error{c.fillMoney, c.fillParents, c.fillComing, c.fillReports, c.fillTasks, c.fillNotes}
	for _, part := range fill {
		if err := part(r, &v); err != nil {
			return fmt.Errorf("the page of case %s: %w", reference, err)
		}
	}
	r.watch("case", string(reference))
	return c.page(w, r, status, "case", r.say("case.title", spaced(reference)), v)
}

// today is the day in London.
func (c *Console) today() calculation.Date { return calculation.DateOf(c.config.Clock().In(c.london)) }

func (c *Console) fillTasks(r *request, v *caseView) (err error) {
	v.Tasks, err = c.config.Case.Records.Tasks(r.Context(), gateway.TaskSearch{
		Case: v.Case.Reference, Hidden: r.Staff.ID, Routed: true, Limit: tasksShown,
	})
	return err
}

// report is what a parent told us, as a page shows it.
type report struct {
	gateway.Report
	Title string
	Who   string
	Said  []known
}

func (c *Console) fillReports(r *request, v *caseView) error {
	reports, err := c.config.Case.Records.Reports(r.Context(), v.Case.Reference)
	if err != nil {
		return err
	}
	v.More = max(0, len(reports)-reportsShown)
	for i := len(reports) - 1; i >= v.More; i-- {
		one := report{Report: reports[i], Title: c.dialogTitle(r, reports[i].Dialog), Said: entries(reports[i].Answers)}
		one.Said = underQuestions(r.Language, one.Said, c.questionsOf(r.Language, one.Dialog, one.Said))
		one.Who = nameOn(&v.Case, one.Person)
		v.Reports = append(v.Reports, one)
	}
	return nil
}

// nameOn is the name of somebody on a case; empty when they are on it no more.
func nameOn(c *directory.Case, id directory.PersonID) string {
	for _, p := range c.People() {
		if p.ID == id {
			return p.Name
		}
	}
	return ""
}

// coming is a message that is still to go, as a page shows it.
type coming struct {
	gateway.Coming
	Who    string
	Why    occasion
	Begins string // the title of the dialog that is to begin
}

// Never reports whether it will not go as things stand.
func (m coming) Never() bool { return m.Action != gateway.Send && m.Action != gateway.WaitUntil }

// fillComing leaves out what cannot be worked out from the record: what is
// wrong with that is for whoever keeps the records.
func (c *Console) fillComing(r *request, v *caseView) error {
	list, err := c.config.Case.Desk.Coming(r.Context(), &v.Case, ahead)
	if err != nil && !errors.As(err, new(*calculation.InputError)) {
		return err
	}
	for _, m := range list {
		one := coming{Coming: m, Who: nameOn(&v.Case, m.Person), Why: c.readOccasion(r, m.Occasion)}
		if m.Dialog != "" {
			one.Begins = c.dialogTitle(r, m.Dialog)
		}
		v.Coming = append(v.Coming, one)
	}
	return nil
}
