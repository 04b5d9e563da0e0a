package console

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"parley/gateway"
	"parley/gateway/directory"
)

func (c *Console) connectRoutes() []route {
	return []route{
		{"GET /console/cases/{case}/connect/{person}", caseworkers, c.connectPage, "saw person"},
		{"POST /console/cases/{case}/connect/{person}", caseworkers, c.connect, "started conversation"},
		{"GET /console/connect", leaders, c.bulkPage, ""},
		{"POST /console/connect", leaders, c.bulk, ""},
	}
}

// asked are what a caseworker can ask of somebody by the dialog
// information-request.
var asked = []string{"payslips", "employer", "income", "childcare", "nights", "school", "address", "question"}

const informationRequest = "information-request"

// connectView is what the page of Start Customer Connect shows.
type connectView struct {
	Case      directory.CaseReference
	Person    directory.Person
	Role      directory.Role
	Dialogs   []choice
	Asked     []string
	Key       string // of this start: pressed twice it starts once
	Foresight *gateway.Foresight

	Problem, Field string
	Form           url.Values
}

// choice is a dialog that can be begun.
type choice struct{ Name, Title string }

// Chosen reports whether a value was chosen in the form.
func (v connectView) Chosen(field, value string) bool { return slices.Contains(v.Form[field], value) }

func (c *Console) connectPage(w http.ResponseWriter, r *request) error {
	v, err := c.connectTo(r)
	if err != nil {
		return err
	}
	if err := c.saw(r, AuditEntry{Case: v.Case, Person: v.Person.ID}); err != nil {
		return err
	}
	return c.page(w, r, http.StatusOK, "connect", r.say("connect.title"), v)
}

// connectTo is the form for somebody on a case.
func (c *Console) connectTo(r *request) (connectView, error) {
	v := connectView{Case: directory.CaseReference(r.PathValue("case")), Asked: asked, Key: c.config.NewSecret(), Form: url.Values{}}
	if err := c.opens(r, v.Case); err != nil {
		return v, err
	}
	person, parties, err := c.config.Conversation.People.Person(r.Context(), directory.PersonID(r.PathValue("person")))
	if err != nil {
		return v, err
	}
	i := slices.IndexFunc(parties, func(p directory.Party) bool { return p.Case == v.Case })
	if i < 0 {
		return v, gateway.ErrNotFound
	}
	v.Person, v.Role = person, parties[i].Role
	v.Dialogs = c.begun(r, v.Role)
	return v, nil
}

// ours are the dialogs that caseworkers begin most, in that order; the others
// follow by name.
var ours = []string{informationRequest, "income-change", "payment-missed", "job-change", "overnight-stays"}

// begun are the dialogs that a caseworker can begin with somebody.
func (c *Console) begun(r *request, role directory.Role) []choice {
	var list []choice
	for _, d := range c.config.Conversation.Dialogs() {
		if (d.For == "" || d.For == string(role)) && d.Begun() {
			list = append(list, choice{d.Name, d.Title(r.Language)})
		}
	}
	rank := func(a choice) int {
		if i := slices.Index(ours, a.Name); i >= 0 {
			return i
		}
		return len(ours)
	}
	slices.SortStableFunc(list, func(a, b choice) int { return rank(a) - rank(b) })
	return list
}

// connect shows what would be sent, or starts the conversation.
func (c *Console) connect(w http.ResponseWriter, r *request) error {
	v, err := c.connectTo(r)
	if err != nil {
		return err
	}
	done := AuditEntry{Case: v.Case, Person: v.Person.ID, Object: r.PostFormValue("dialog")}
	if r.PostFormValue("send") == "" {
		done.Action = "saw person" // what would be sent is only looked at
	}
	if err := c.did(r, done); err != nil {
		return err
	}
	v.Form = r.PostForm
	if key := r.PostFormValue("key"); key != "" {
		v.Key = key
	}
	start, field, problem := c.startOf(r, &v)
	if problem == "" {
		field, problem, err = c.begin(w, r, &v, start)
		if err != nil || problem == "" && v.Foresight == nil {
			return err
		}
	}
	status := http.StatusOK
	if problem != "" {
		v.Field, v.Problem, status = field, problem, http.StatusUnprocessableEntity
	}
	return c.page(w, r, status, "connect", r.say("connect.title"), v)
}

// startOf reads the form.
func (c *Console) startOf(r *request, v *connectView) (start gateway.StartRequest, field, problem string) {
	start = gateway.StartRequest{Person: v.Person.ID, Case: v.Case, Dialog: r.PostFormValue("dialog"), By: string(r.Staff.ID)}
	if !slices.ContainsFunc(v.Dialogs, func(d choice) bool { return d.Name == start.Dialog }) {
		return start, "dialog-" + v.Dialogs[0].Name, r.say("connect.want-dialog")
	}
	if start.Dialog != informationRequest {
		return start, "", ""
	}
	needed := slices.DeleteFunc(slices.Clone(r.PostForm["needed"]), func(name string) bool { return !slices.Contains(asked, name) })
	question := strings.TrimSpace(r.PostFormValue("question"))
	if len(needed) == 0 || slices.Contains(needed, "question") && question == "" {
		return start, "needed-" + asked[0], r.say("connect.want-needed")
	}
	start.Given = map[string]string{"needed": strings.Join(needed, ", ")}
	if slices.Contains(needed, "question") {
		start.Given["question_text"] = question
	}
	return start, "", ""
}

// begin foresees a start, or makes it and leads to the conversation.
func (c *Console) begin(w http.ResponseWriter, r *request, v *connectView, start gateway.StartRequest) (field, problem string, err error) {
	foresight, err := c.config.Conversation.Conversations.ForeseeStart(r.Context(), start)
	switch {
	case errors.Is(err, gateway.ErrNoAddress):
		return "dialog-" + start.Dialog, r.say("connect.no-address"), nil
	case errors.Is(err, gateway.ErrWrongRole), errors.Is(err, gateway.ErrNoSuchDialog), errors.Is(err, gateway.ErrNoSuchCase), errors.Is(err, gateway.ErrBadGiven):
		return "dialog-" + start.Dialog, r.say("connect.wrong"), nil
	case err != nil:
		return "", "", err
	case r.PostFormValue("send") == "":
		v.Foresight = &foresight
		return "", "", nil
	}
	start.Idempotency = onceFor(r, v.Key, start)
	started, err := c.config.Conversation.Conversations.Start(r.Context(), start)
	switch {
	case errors.Is(err, gateway.ErrDuplicate):
		http.Redirect(w, r.Request, "/console/cases/"+string(v.Case), http.StatusSeeOther)
		return "", "", nil
	case err != nil:
		return "", "", err
	case started.Phase == gateway.Waiting:
		r.flash("connect.queued")
	default:
		r.flash("connect.started")
	}
	http.Redirect(w, r.Request, "/console/conversations/"+string(started.Conversation), http.StatusSeeOther)
	return "", "", nil
}

// onceFor is the row by which a start that is pressed twice starts once.
func onceFor(r *request, key string, start gateway.StartRequest) *gateway.IdempotentRow {
	sum := sha256.Sum256([]byte("console " + string(r.Staff.ID) + " " + key + " " + string(start.Case) + " " + string(start.Person)))
	name := hex.EncodeToString(sum[:])
	return &gateway.IdempotentRow{Key: name, BodyHash: name}
}
