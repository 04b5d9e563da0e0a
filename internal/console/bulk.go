package console

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"parley/gateway"
	"parley/gateway/directory"
)

// mostAtOnce is how many conversations a team leader starts at once; more than
// that is a campaign.
const mostAtOnce = 200

// bulkView is what the page shows that starts conversations with many.
type bulkView struct {
	Dialogs []dialogsFor
	Roles   []directory.Role
	Key     string
	Rows    []bulkRow
	Ready   int // of them that would be started

	Problem, Field string
	Form           url.Values
}

// dialogsFor are the dialogs for one parent, or, of no role, for either.
type dialogsFor struct {
	Role    directory.Role
	Dialogs []choice
}

// dialog reports whether a dialog is among those shown, and whether it is for a
// parent.
func (v bulkView) dialog(name string, role directory.Role) (shown, theirs bool) {
	for _, group := range v.Dialogs {
		if slices.ContainsFunc(group.Dialogs, func(d choice) bool { return d.Name == name }) {
			return true, group.Role == "" || group.Role == role
		}
	}
	return false, false
}

// Chosen reports whether a value was chosen in the form.
func (v bulkView) Chosen(field, value string) bool { return slices.Contains(v.Form[field], value) }

// bulkRow is what would become of one line of the list.
type bulkRow struct {
	Case      directory.CaseReference
	Name      string
	Foresight *gateway.Foresight
	Problem   string
	start     gateway.StartRequest
}

func (c *Console) bulkPage(w http.ResponseWriter, r *request) error {
	return c.page(w, r, http.StatusOK, "bulk", r.say("bulk.title"), c.newBulk(r))
}

func (c *Console) newBulk(r *request) bulkView {
	v := bulkView{Roles: []directory.Role{directory.Paying, directory.Receiving}, Key: c.config.NewSecret(), Form: r.PostForm}
	either := c.begun(r, "")
	v.Dialogs = []dialogsFor{{Dialogs: slices.DeleteFunc(slices.Clone(either), func(d choice) bool { return d.Name == informationRequest })}}
	for _, role := range v.Roles {
		own := slices.DeleteFunc(c.begun(r, role), func(d choice) bool { return slices.Contains(either, d) || d.Name == informationRequest })
		v.Dialogs = append(v.Dialogs, dialogsFor{role, own})
	}
	v.Dialogs = slices.DeleteFunc(v.Dialogs, func(g dialogsFor) bool { return len(g.Dialogs) == 0 })
	return v
}

// bulk tells who would get what, or starts the conversations.
func (c *Console) bulk(w http.ResponseWriter, r *request) error {
	v := c.newBulk(r)
	if key := r.PostFormValue("key"); key != "" {
		v.Key = key
	}
	references := strings.Fields(strings.NewReplacer(",", "\n", ";", "\n").Replace(r.PostFormValue("list")))
	dialog, role := r.PostFormValue("dialog"), directory.Role(r.PostFormValue("role"))
	switch shown, theirs := v.dialog(dialog, role); {
	case !shown:
		v.Field, v.Problem = "dialog-"+v.Dialogs[0].Dialogs[0].Name, r.say("connect.want-dialog")
	case !theirs:
		v.Field, v.Problem = "dialog-"+dialog, r.say("bulk.other-parent")
	case len(references) == 0:
		v.Field, v.Problem = "list", r.say("bulk.none")
	case len(references) > mostAtOnce:
		v.Field, v.Problem = "list", r.say("bulk.many", mostAtOnce)
	}
	if v.Problem != "" {
		return c.page(w, r, http.StatusUnprocessableEntity, "bulk", r.say("bulk.title"), v)
	}
	slices.Sort(references)
	for _, reference := range slices.Compact(references) {
		row, err := c.foreseeRow(r, directory.CaseReference(reference), role, dialog)
		if err != nil {
			return err
		}
		if row.Foresight != nil {
			v.Ready++
		}
		v.Rows = append(v.Rows, row)
	}
	if r.PostFormValue("send") == "" {
		return c.page(w, r, http.StatusOK, "bulk", r.say("bulk.title"), v)
	}
	started, err := c.startRows(r, &v)
	if err != nil {
		return err
	}
	r.flash("bulk.started", started)
	http.Redirect(w, r.Request, "/console/connect", http.StatusSeeOther)
	return nil
}

// foreseeRow tells what would become of one case's parent. Cases that are not
// theirs to see are as those that are not there.
func (c *Console) foreseeRow(r *request, reference directory.CaseReference, role directory.Role, dialog string) (bulkRow, error) {
	row := bulkRow{Case: reference, Problem: r.say("bulk.problem")}
	may, reason, err := c.config.Access.MaySee(r.Context(), r.Staff.ID, reference)
	if errors.Is(err, gateway.ErrNotFound) || err == nil && (!may || reason) {
		return row, nil
	}
	if err != nil {
		return row, err
	}
	known, err := c.config.Cases.Case(r.Context(), reference)
	if errors.Is(err, gateway.ErrNotFound) {
		return row, nil
	}
	if err != nil {
		return row, err
	}
	parties := partiesOf(&known)
	i := slices.IndexFunc(parties, func(p party) bool { return p.Role == role })
	if i < 0 {
		return row, nil
	}
	row.Name, row.Problem = parties[i].Name, ""
	row.start = gateway.StartRequest{Person: parties[i].ID, Case: reference, Dialog: dialog, By: string(r.Staff.ID)}
	foresight, err := c.config.Conversation.Conversations.ForeseeStart(r.Context(), row.start)
	switch {
	case errors.Is(err, gateway.ErrNoAddress):
		row.Problem = r.say("connect.no-address")
	case errors.Is(err, gateway.ErrWrongRole), errors.Is(err, gateway.ErrNoSuchCase), errors.Is(err, gateway.ErrBadGiven):
		row.Problem = r.say("connect.wrong")
	case err != nil:
		return row, err
	default:
		row.Foresight = &foresight
	}
	return row, c.saw(r, AuditEntry{Action: "saw person", Case: reference, Person: row.start.Person})
}

// startRows starts what can be, each once however often it is pressed.
func (c *Console) startRows(r *request, v *bulkView) (started int, err error) {
	for _, row := range v.Rows {
		if row.Foresight == nil {
			continue
		}
		if err := c.did(r, AuditEntry{Action: "started conversation", Case: row.Case, Person: row.start.Person, Object: row.start.Dialog}); err != nil {
			return started, err
		}
		row.start.Idempotency = onceFor(r, v.Key, row.start)
		_, err := c.config.Conversation.Conversations.Start(r.Context(), row.start)
		if err != nil && !errors.Is(err, gateway.ErrDuplicate) {
			return started, err
		}
		started++
	}
	return started, nil
}
