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

// dangers are the kinds that somebody can mark.
var dangers = []gateway.Danger{gateway.Abuse, gateway.ChildAtRisk, gateway.SelfHarm, gateway.Watched, gateway.Threat}

// A personDeed is done for the safety of a person. It returns where it leads,
// or the field that is wrong and why.
type personDeed func(r *request, s *somebody) (to, field, problem string, err error)

// onPerson has a deed done: recorded first, with what is wrong shown on the
// page.
func (c *Console) onPerson(do personDeed) handler {
	return func(w http.ResponseWriter, r *request) error {
		s, err := c.somebodyFor(r)
		if err != nil {
			return err
		}
		entry := s.about()
		entry.Reason, entry.Object = strings.TrimSpace(r.PostFormValue("reason")), r.PostFormValue("kind")
		if err := c.did(r, entry); err != nil {
			return err
		}
		to, field, problem, err := do(r, s)
		switch {
		case err != nil:
			return err
		case problem != "":
			return c.showPerson(w, r, http.StatusUnprocessableEntity, s, field, problem)
		case to == "" && r.PostFormValue("to") != "":
			to = localPath(r.PostFormValue("to"))
		case to == "":
			to = "/console/people/" + url.PathEscape(string(s.person.ID)) + "?" + url.Values{"case": {string(s.file.Reference)}}.Encode()
		}
		http.Redirect(w, r.Request, to, http.StatusSeeOther)
		return nil
	}
}

func (c *Console) markDanger(r *request, s *somebody) (to, field, problem string, err error) {
	kind := gateway.Danger(r.PostFormValue("kind"))
	if !slices.Contains(dangers, kind) {
		return "", "kind", r.say("person.want-kind"), nil
	}
	if err := c.config.Case.Desk.MarkDanger(r.Context(), s.person.ID, s.file.Reference, kind, r.Staff.ID); err != nil {
		return "", "", "", err
	}
	r.flash("person.marked", s.person.Name)
	return "", "", "", nil
}

func (c *Console) releaseDanger(r *request, s *somebody) (to, field, problem string, err error) {
	if strings.TrimSpace(r.PostFormValue("reason")) == "" {
		return "", "reason", r.say("person.want-reason"), nil
	}
	switch err := c.config.Case.Desk.ReleaseDanger(r.Context(), s.person.ID, *r.Staff); {
	case errors.Is(err, gateway.ErrNotFound): // somebody has released it already
	case err != nil:
		return "", "", "", err
	}
	r.flash("person.released", s.person.Name)
	return "", "", "", nil
}

func (c *Console) calledBack(r *request, s *somebody) (to, field, problem string, err error) {
	switch err := c.config.Case.Desk.RecordCheck(r.Context(), s.person.ID, r.Staff.ID); {
	case errors.Is(err, gateway.ErrNewNumber), errors.Is(err, gateway.ErrNoNumber):
		return "", "called", r.say("person.no-number"), nil
	case err != nil:
		return "", "", "", err
	}
	r.flash("person.was-checked", s.person.Name)
	return "", "", "", nil
}

func (c *Console) takeBackStop(r *request, s *somebody) (to, field, problem string, err error) {
	channel := directory.Channel(r.PostFormValue("kind"))
	if !slices.Contains(directory.Channels(), channel) {
		return "", "", "", errNoPage
	}
	switch err := c.config.Case.Desk.TakeBackStop(r.Context(), s.person.ID, channel, r.Staff.ID); {
	case errors.Is(err, gateway.ErrUnchecked):
		return "", "called", r.say("person.unchecked"), nil
	case err != nil:
		return "", "", "", err
	}
	r.flash("person.stop-taken-back")
	return "", "", "", nil
}

func (c *Console) acquainted(r *request, s *somebody) (to, field, problem string, err error) {
	if r.PostFormValue("sure") == "" {
		return "", "sure", r.say("person.want-sure"), nil
	}
	if err := c.config.Case.Desk.Acquainted(r.Context(), r.Staff.ID, s.person.ID); err != nil {
		return "", "", "", err
	}
	r.flash("person.acquainted")
	return "/console/work", "", "", nil
}
