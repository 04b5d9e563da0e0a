package console

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

func (c *Console) absenceRoutes() []route {
	return []route{
		{"GET /console/absence", caseworkers, c.absence, ""},
		{"POST /console/absence", caseworkers, c.setAbsence, ""},
	}
}

// absenceView is the form that says until when somebody is away.
type absenceView struct {
	Who            []directory.Staff // whose absence they may set: their own first
	Covers         []directory.Staff
	Of, Cover      directory.StaffID
	Entered        url.Values
	Field, Problem string
}

// At is what was entered in a field.
func (v absenceView) At(field string) string { return v.Entered.Get(field) }

func (c *Console) absence(w http.ResponseWriter, r *request) error {
	return c.askAbsence(w, r, http.StatusOK, "", "")
}

func (c *Console) askAbsence(w http.ResponseWriter, r *request, status int, field, problem string) error {
	v := absenceView{
		Who: []directory.Staff{*r.Staff}, Field: field, Problem: problem,
		Of: directory.StaffID(r.PostFormValue("of")), Cover: directory.StaffID(r.PostFormValue("cover")),
		Entered: r.PostForm,
	}
	for _, colleague := range c.config.Roster.Everybody() {
		if colleague.ID == r.Staff.ID || !colleague.TakesWork() {
			continue
		}
		v.Covers = append(v.Covers, colleague)
		if slices.ContainsFunc(colleague.Teams, r.Staff.Leads) {
			v.Who = append(v.Who, colleague)
		}
	}
	return c.page(w, r, status, "absence", r.say("absence.title"), v)
}

// setAbsence keeps until when somebody is away: up to the end of that day. No
// date ends an absence.
func (c *Console) setAbsence(w http.ResponseWriter, r *request) error {
	date, ok := dateOf(r.PostFormValue("until-day"), r.PostFormValue("until-month"), r.PostFormValue("until-year"))
	if !ok {
		return c.askAbsence(w, r, http.StatusUnprocessableEntity, "until-day", r.say("absence.want-date"))
	}
	until, said := c.config.Clock(), r.say("absence.ended")
	if date != 0 {
		year, month, day := date.Time().Date()
		until = time.Date(year, month, day+1, 0, 0, 0, 0, c.london)
		said = r.say("absence.kept", r.Language.Date(year, int(month), day))
	}
	of, cover := directory.StaffID(r.PostFormValue("of")), directory.StaffID(r.PostFormValue("cover"))
	if err := c.did(r, AuditEntry{Action: "set absence", Object: string(of)}); err != nil {
		return err
	}
	err := c.config.Work.Absent(r.Context(), r.Staff.ID, of, until, cover)
	switch {
	case errors.Is(err, gateway.ErrNotFound):
		return c.askAbsence(w, r, http.StatusUnprocessableEntity, "cover", r.say("absence.want-cover"))
	case errors.Is(err, gateway.ErrForbidden):
		return gateway.ErrNotYours
	case err != nil:
		return err
	}
	r.flash("absence.said", c.staffName(of), said)
	http.Redirect(w, r.Request, "/console/work", http.StatusSeeOther)
	return nil
}
