package console

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

func (c *Console) newTaskRoutes() []route {
	return []route{
		{"GET /console/new-task", caseworkers, c.newTask, ""},
		{"GET /console/new-task/{case}", caseworkers, c.newTaskOn, "saw people of case"},
		{"POST /console/new-task/{case}", caseworkers, c.addTask, "add task"},
	}
}

// writtenDown are the kinds of work that come by letter or by a call that
// Parley does not carry.
var writtenDown = []gateway.WorkItemKind{
	gateway.MPWork, gateway.ThirdPartyWork, gateway.ComplaintWork, gateway.ReconsiderationWork, gateway.CallbackWork,
}

// party is somebody on a case, as a page names them.
type party struct {
	ID   directory.PersonID
	Name string
	Role directory.Role
}

func partiesOf(c *directory.Case) []party {
	parties := c.Parties()
	var named []party
	for i, person := range c.People() {
		named = append(named, party{person.ID, person.Name, parties[i].Role})
	}
	return named
}

// newTask asks which case a letter or a call is about.
func (c *Console) newTask(w http.ResponseWriter, r *request) error {
	reference := strings.Join(strings.Fields(r.FormValue("case")), "")
	content := struct{ Case, Field, Problem string }{Case: r.FormValue("case")}
	switch err := c.opens(r, directory.CaseReference(reference)); {
	case !r.Form.Has("case"):
	case errors.Is(err, gateway.ErrForbidden):
		content.Field, content.Problem = "case", r.say("new.no-case")
		return c.page(w, r, http.StatusUnprocessableEntity, "newtask", r.say("new.title"), content)
	case err != nil:
		return err
	default:
		http.Redirect(w, r.Request, "/console/new-task/"+url.PathEscape(reference), http.StatusSeeOther)
		return nil
	}
	return c.page(w, r, http.StatusOK, "newtask", r.say("new.title"), content)
}

// newTaskView is the form for work on a case, with what was entered.
type newTaskView struct {
	Case           directory.CaseReference
	Kinds          []gateway.WorkItemKind
	People         []party
	Field, Problem string
	Entered        url.Values
}

// At is what was entered in a field.
func (v newTaskView) At(field string) string { return v.Entered.Get(field) }

func (c *Console) newTaskOn(w http.ResponseWriter, r *request) error {
	return c.askNewTask(w, r, http.StatusOK, "", "")
}

// askNewTask shows the form, with what is wrong with it, if anything.
func (c *Console) askNewTask(w http.ResponseWriter, r *request, status int, field, problem string) error {
	reference := directory.CaseReference(r.PathValue("case"))
	if err := c.opens(r, reference); err != nil {
		return err
	}
	known, err := c.config.Cases.Case(r.Context(), reference)
	if err != nil {
		return err
	}
	if err := c.saw(r, AuditEntry{Case: reference}); err != nil {
		return err
	}
	return c.page(w, r, status, "newtaskon", r.say("new.title"), newTaskView{
		Case: reference, Kinds: writtenDown, People: partiesOf(&known), Field: field, Problem: problem, Entered: r.PostForm,
	})
}

// addTask adds the work that was written down.
func (c *Console) addTask(w http.ResponseWriter, r *request) error {
	n, field, problem := c.readNewTask(r)
	if problem != "" {
		return c.askNewTask(w, r, http.StatusUnprocessableEntity, field, problem)
	}
	if err := c.opens(r, n.Case); err != nil {
		return err
	}
	if err := c.did(r, AuditEntry{Case: n.Case, Person: n.Person, Object: string(n.Kind)}); err != nil {
		return err
	}
	if _, err := c.config.Work.AddTask(r.Context(), r.Staff.ID, n); err != nil {
		return err
	}
	r.flash("new.added")
	http.Redirect(w, r.Request, "/console/work", http.StatusSeeOther)
	return nil
}

// readNewTask reads the form, or says what is wrong with which field of it.
func (c *Console) readNewTask(r *request) (n gateway.NewTask, field, problem string) {
	at := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	n = gateway.NewTask{
		Kind: gateway.WorkItemKind(at("kind")), Case: directory.CaseReference(r.PathValue("case")),
		Person: directory.PersonID(at("person")), Urgent: at("urgent") != "", Note: at("note"),
	}
	switch {
	case !slices.Contains(writtenDown, n.Kind):
		return n, "kind-" + string(writtenDown[0]), r.say("new.want-kind")
	case n.Person == "":
		return n, "person-0", r.say("new.want-person")
	case n.Note == "":
		return n, "note", r.say("new.want-note")
	case n.Kind != gateway.MPWork && n.Kind != gateway.ThirdPartyWork:
		return n, "", ""
	}
	if at("who") == "" {
		return n, "who", r.say("new.want-who")
	}
	until, ok := dateOf(at("until-day"), at("until-month"), at("until-year"))
	if !ok {
		return n, "until-day", r.say("new.want-until")
	}
	n.Authority = &gateway.Authority{Who: at("who"), Organisation: at("organisation"), For: n.Person, ShownBy: at("shown"), Until: until}
	return n, "", ""
}

// dateOf is the date of three fields, which may all be empty.
func dateOf(day, month, year string) (calculation.Date, bool) {
	if day+month+year == "" {
		return 0, true
	}
	d, err1 := strconv.Atoi(day)
	m, err2 := strconv.Atoi(month)
	y, err3 := strconv.Atoi(year)
	if err1 != nil || err2 != nil || err3 != nil || m < 1 || m > 12 || y < 2000 || y > 2999 {
		return 0, false
	}
	date := calculation.NewDate(y, time.Month(m), d)
	return date, date.Time().Day() == d
}
