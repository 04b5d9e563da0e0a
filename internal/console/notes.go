package console

import (
	"errors"
	"net/http"
	"net/url"

	"parley/gateway"
	"parley/gateway/directory"
)

// notesView is what pages show of the notes on a case, with what was wrong with
// one that was not kept.
type notesView struct {
	Case           directory.CaseReference
	Notes          []caseNote
	People         []party
	First, Next    string // addresses; empty: there are none before, or after
	Problem, Field string
	Wrote          string
	About          directory.PersonID
}

// caseNote is a note, with the name of whom it is about.
type caseNote struct {
	gateway.CaseNote
	Who string
}

// notesPageLength is how many notes a page of them has.
const notesPageLength = 30

func (c *Console) fillNotes(r *request, v *caseView) error {
	err := c.addNotes(r, &v.Notes, &v.Case, "", notesShown)
	v.Notes.People = partiesOf(&v.Case)
	if v.Notes.Next != "" {
		v.Notes.Next = "/console/cases/" + url.PathEscape(string(v.Case.Reference)) + "/notes"
	}
	return err
}

// addNotes adds a page of notes.
func (c *Console) addNotes(r *request, v *notesView, of *directory.Case, before string, limit int) error {
	v.Case = of.Reference
	notes, err := c.config.Case.Records.CaseNotes(r.Context(), of.Reference, before, limit+1)
	if err != nil {
		return err
	}
	if len(notes) > limit {
		notes = notes[:limit]
		v.Next = "/console/cases/" + url.PathEscape(string(of.Reference)) + "/notes?before=" + url.QueryEscape(notes[limit-1].ID)
	}
	for _, n := range notes {
		v.Notes = append(v.Notes, caseNote{n, nameOn(of, n.Person)})
	}
	return nil
}

// notesPage shows all notes on a case, a page at a time.
func (c *Console) notesPage(w http.ResponseWriter, r *request) error {
	reference := directory.CaseReference(r.PathValue("case"))
	if err := c.opens(r, reference); err != nil {
		return err
	}
	if err := c.saw(r, AuditEntry{Case: reference}); err != nil {
		return err
	}
	known, err := c.config.Cases.Case(r.Context(), reference)
	if err != nil {
		return err
	}
	v := notesView{}
	before := r.URL.Query().Get("before")
	if before != "" {
		v.First = r.URL.Path
	}
	if err := c.addNotes(r, &v, &known, before, notesPageLength); err != nil {
		return err
	}
	return c.page(w, r, http.StatusOK, "notes", r.say("notes.title"), v)
}

// writeNote keeps a note on a case.
func (c *Console) writeNote(w http.ResponseWriter, r *request) error {
	reference := directory.CaseReference(r.PathValue("case"))
	if err := c.opens(r, reference); err != nil {
		return err
	}
	known, err := c.config.Cases.Case(r.Context(), reference)
	if err != nil {
		return err
	}
	about := directory.PersonID(r.PostFormValue("about"))
	if about != "" && nameOn(&known, about) == "" {
		return errNoPage
	}
	if err := c.did(r, AuditEntry{Case: reference, Person: about}); err != nil {
		return err
	}
	text := r.PostFormValue("note")
	switch err := c.config.Case.Desk.WriteNote(r.Context(), r.Staff.ID, reference, about, text); {
	case errors.Is(err, gateway.ErrEmptyNote):
		return c.showCase(w, r, http.StatusUnprocessableEntity, reference, notesView{Field: "note", Problem: r.say("notes.want"), About: about})
	case errors.Is(err, gateway.ErrLongNote):
		return c.showCase(w, r, http.StatusUnprocessableEntity, reference,
			notesView{Field: "note", Problem: r.say("notes.long", gateway.LongestNote), Wrote: text, About: about})
	case err != nil:
		return err
	}
	r.flash("notes.kept")
	http.Redirect(w, r.Request, "/console/cases/"+url.PathEscape(string(reference)), http.StatusSeeOther)
	return nil
}
