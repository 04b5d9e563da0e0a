package directory

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"parley/gateway/rulefile"
)

// written is the roster as its file has it.
type written struct {
	Front TeamID  `yaml:"front"`
	Teams []Team  `yaml:"teams"`
	Staff []Staff `yaml:"staff"`
}

// ReadRoster reads and checks a roster, written as YAML. The error joins one for
// each thing that is wrong with it.
func ReadRoster(content []byte) (*Roster, error) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("reading the roster: %w", err)
	}
	if problem := rulefile.Unfit(content); problem != nil {
		return nil, fmt.Errorf("reading the roster: %w", problem)
	}
	var w written
	if err := yaml.UnmarshalWithOptions(content, &w, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("reading the roster: %w", err)
	}
	r := &Roster{teams: w.Teams, staff: w.Staff, front: w.Front, london: london}
	var problems []error
	for i := range r.teams {
		problems = append(problems, wrong("team", string(r.teams[i].ID), r.checkTeam(i))...)
	}
	for i := range r.staff {
		problems = append(problems, wrong("staff", string(r.staff[i].ID), r.checkStaff(i))...)
	}
	problems = append(problems, wrong("front", string(w.Front), r.checkFront())...)
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("reading the roster: %w", err)
	}
	return r, nil
}

// complaint is a rule that an entry of the roster can break.
type complaint struct {
	broken bool
	says   string
}

func wrong(what, id string, complaints []complaint) (problems []error) {
	for _, c := range complaints {
		if c.broken {
			problems = append(problems, fmt.Errorf("%s %q %s", what, id, c.says))
		}
	}
	return problems
}

func (r *Roster) checkTeam(i int) []complaint {
	t := &r.teams[i]
	complaints := []complaint{
		{!isIdentifier(string(t.ID)), "has an id that " + identifierForm},
		{slices.ContainsFunc(r.teams[:i], func(o Team) bool { return o.ID == t.ID }), "is there twice"},
		{t.Name == "", "has no name"},
		{!t.Nation.known(), "is in no nation that we know"},
		{t.Hours != (Hours{}) && t.Hours.To <= t.Hours.From, "has hours over midnight: give the whole day"},
		{len(r.Members(t.ID)) == 0, "has nobody who takes work"},
	}
	for n, rung := range t.Overflow {
		to := r.Team(rung.Team)
		complaints = append(complaints,
			complaint{to == nil, fmt.Sprintf("overflows into %q, which is no team", rung.Team)},
			complaint{rung.Team == t.ID || slices.ContainsFunc(t.Overflow[:n], func(o Rung) bool { return o.Team == rung.Team }),
				fmt.Sprintf("has %q twice on its ladder", rung.Team)},
			complaint{rung.After <= 0, fmt.Sprintf("gives no time before %q", rung.Team)},
			complaint{to != nil && t.Specialist && !to.Specialist, fmt.Sprintf("is of specialists, and %q is not", rung.Team)})
	}
	return complaints
}

func (r *Roster) checkStaff(i int) []complaint {
	s := &r.staff[i]
	complaints := []complaint{
		{!isIdentifier(string(s.ID)), "has an id that " + identifierForm},
		{slices.ContainsFunc(r.staff[:i], func(o Staff) bool { return o.ID == s.ID }), "is there twice"},
		{s.Name == "", "has no name"},
		{!strings.Contains(s.Email, "@"), "has no email address to sign in by"},
		{slices.ContainsFunc(r.staff[:i], func(o Staff) bool { return strings.EqualFold(o.Email, s.Email) }), "signs in as somebody else"},
		{!s.TakesWork() && s.Role != Author && s.Role != Auditor, fmt.Sprintf("has the role %q, which is none", s.Role)},
		{s.TakesWork() && len(s.Teams) == 0, "is in no team"},
		{s.TakesWork() && s.Capacity < 1, "has no capacity"},
		{s.Telephone != "" && !strings.HasPrefix(s.Telephone, "+"), "has a telephone number that does not begin with + and the country"},
	}
	for _, id := range s.Teams {
		team := r.Team(id)
		complaints = append(complaints,
			complaint{team == nil, fmt.Sprintf("is in %q, which is no team", id)},
			complaint{team != nil && team.Specialist && s.TakesWork() && !s.Can(DomesticAbuse), fmt.Sprintf("is in %q without the skill %q", id, DomesticAbuse)})
	}
	for _, skill := range s.Skills {
		complaints = append(complaints, complaint{!slices.Contains(Skills(), skill), fmt.Sprintf("has the skill %q, which is none", skill)})
	}
	return complaints
}

func (r *Roster) checkFront() []complaint {
	front := r.Team(r.front)
	return []complaint{
		{front == nil, "is no team"},
		{front != nil && front.Specialist, "is a team of specialists"},
		{!slices.ContainsFunc(r.teams, func(t Team) bool { return t.Specialist }), "has no team of specialists behind it"},
	}
}
