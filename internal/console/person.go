package console

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"parley/gateway"
	"parley/gateway/directory"
)

func (c *Console) personRoutes() []route {
	return []route{
		{"GET /console/people/{person}", caseworkers, c.personPage, "saw person"},
		{"POST /console/people/{person}/danger", caseworkers, c.onPerson(c.markDanger), "marked danger"},
		{"POST /console/people/{person}/release", specialists, c.onPerson(c.releaseDanger), "released hold"},
		{"POST /console/people/{person}/called-back", caseworkers, c.onPerson(c.calledBack), "called back"},
		{"POST /console/people/{person}/stop", caseworkers, c.onPerson(c.takeBackStop), "took back STOP"},
		{"POST /console/people/{person}/acquainted", caseworkers, c.onPerson(c.acquainted), "declared acquaintance"},
		{"GET /console/people/{person}/evidence", caseworkers, c.evidencePage, "saw evidence"},
		{"GET /console/people/{person}/evidence/{file}", caseworkers, c.evidenceFile, "opened file"},
	}
}

// somebody is a person whom whoever asks may see, as far as they may.
type somebody struct {
	person  directory.Person
	parties []directory.Party         // in cases that they may see
	closed  []directory.CaseReference // of theirs that a reason is needed for
	hidden  bool                      // they are on one that whoever asks may not know of
	file    directory.Case            // the one that was asked for, or the first
}

// sees reports whether something of a case may be shown. What is of no case may
// be of any of theirs.
func (s *somebody) sees(of directory.CaseReference) bool {
	if of == "" {
		return !s.hidden
	}
	return slices.ContainsFunc(s.parties, func(p directory.Party) bool { return p.Case == of })
}

// role is what they are on the case.
func (s *somebody) role() directory.Role {
	return s.parties[slices.IndexFunc(s.parties, func(p directory.Party) bool { return p.Case == s.file.Reference })].Role
}

// about is what the audit keeps of somebody who is seen.
func (s *somebody) about() AuditEntry {
	return AuditEntry{Case: s.file.Reference, Person: s.person.ID}
}

// somebodyFor finds the person of a request. A person is seen by any of their
// cases; where all need a reason, it is asked for one.
func (c *Console) somebodyFor(r *request) (*somebody, error) {
	return c.somebodyOf(r, directory.PersonID(r.PathValue("person")))
}

// somebodyOf finds a person for a request.
func (c *Console) somebodyOf(r *request, id directory.PersonID) (*somebody, error) {
	person, parties, err := c.config.Case.Records.Person(r.Context(), id)
	if err != nil {
		return nil, err
	}
	s := &somebody{person: person}
	for _, p := range parties {
		switch err := c.opens(r, p.Case); {
		case err == nil:
			s.parties = append(s.parties, p)
		case errors.As(err, new(reasonNeeded)):
			s.closed = append(s.closed, p.Case)
		case errors.Is(err, gateway.ErrForbidden):
			s.hidden = true
		default:
			return nil, err
		}
	}
	wanted := directory.CaseReference(r.FormValue("case"))
	switch {
	case slices.Contains(s.closed, wanted):
		return nil, reasonNeeded{wanted}
	case len(s.parties) == 0 && len(s.closed) > 0:
		return nil, reasonNeeded{s.closed[0]}
	case len(s.parties) == 0:
		return nil, gateway.ErrForbidden
	case wanted == "" || !s.sees(wanted):
		wanted = s.parties[0].Case
	}
	s.file, err = c.config.Cases.Case(r.Context(), wanted)
	return s, err
}

// personView is what the page of a person shows.
type personView struct {
	parent
	Identity []known           // what finds their record
	Cases    []directory.Party // others of theirs
	Closed   []directory.CaseReference
	Safety   safety
	Timeline timeline

	Problem, Field string
	Wrote          url.Values
}

// Address is of a part of the page.
func (v personView) Address(part string) string { return personAddress(v.ID, part) }

func personAddress(id directory.PersonID, part string) string {
	return "/console/people/" + url.PathEscape(string(id)) + "/" + part
}

func (c *Console) personPage(w http.ResponseWriter, r *request) error {
	s, err := c.somebodyFor(r)
	if err != nil {
		return err
	}
	if err := c.saw(r, s.about()); err != nil {
		return err
	}
	return c.showPerson(w, r, http.StatusOK, s, "", "")
}

// showPerson draws the page, with what was wrong with a form of it.
func (c *Console) showPerson(w http.ResponseWriter, r *request, status int, s *somebody, field, problem string) error {
	m, err := c.moneyOf(r, &s.file)
	if err != nil {
		return err
	}
	parents, err := c.parentsOf(r, &s.file, m)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(parents, func(p parent) bool { return p.ID == s.person.ID })
	if at < 0 {
		return gateway.ErrNotFound
	}
	v := personView{
		parent: parents[at], Closed: s.closed, Field: field, Problem: problem, Wrote: r.PostForm,
	}
	for _, p := range s.parties {
		if p.Case != s.file.Reference {
			v.Cases = append(v.Cases, p)
		}
	}
	for _, one := range []known{
		{"birth", dayIn(r.Language, s.person.DateOfBirth)}, {"postcode", s.person.Postcode}, {"insurance", s.person.NationalInsurance},
	} {
		if one.Value != "" {
			v.Identity = append(v.Identity, one)
		}
	}
	if v.Safety, err = c.safetyOf(r, s.person.ID, s.file.Reference, v.Contact); err != nil {
		return err
	}
	v.Safety.Field, v.Safety.Problem, v.Safety.Wrote, v.Safety.To = field, problem, r.PostForm, r.PostFormValue("to")
	if v.Timeline, err = c.timelineOf(r, s); err != nil {
		return err
	}
	r.watch("case", string(s.file.Reference))
	return c.page(w, r, status, "person", s.person.Name, &v)
}
