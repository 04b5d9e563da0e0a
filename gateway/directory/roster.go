package directory

import (
	"slices"
	"strings"
	"time"
)

// Roster is who works where. It does not change and is safe for concurrent
// use; ReadRoster makes it. The nil Roster has nobody.
type Roster struct {
	teams  []Team
	staff  []Staff
	front  TeamID
	london *time.Location
}

// Team returns a team, nil when there is none of that id.
func (r *Roster) Team(id TeamID) *Team {
	if r == nil {
		return nil
	}
	if i := slices.IndexFunc(r.teams, func(t Team) bool { return t.ID == id }); i >= 0 {
		return &r.teams[i]
	}
	return nil
}

// Teams are all teams, in the order of the file.
func (r *Roster) Teams() []Team {
	if r == nil {
		return nil
	}
	return r.teams
}

// Front is the team that has what is of no case and of no team.
func (r *Roster) Front() TeamID {
	if r == nil {
		return ""
	}
	return r.front
}

// Staff returns a member of staff, nil when there is none of that id.
func (r *Roster) Staff(id StaffID) *Staff {
	return r.member(func(s *Staff) bool { return s.ID == id })
}

// ByEmail returns the member of staff whom sign-in knows by an email address,
// nil when there is none.
func (r *Roster) ByEmail(email string) *Staff {
	return r.member(func(s *Staff) bool { return email != "" && strings.EqualFold(s.Email, email) })
}

func (r *Roster) member(is func(*Staff) bool) *Staff {
	if r == nil {
		return nil
	}
	for i := range r.staff {
		if is(&r.staff[i]) {
			return &r.staff[i]
		}
	}
	return nil
}

// Everybody is all staff, in the order of the file.
func (r *Roster) Everybody() []Staff {
	if r == nil {
		return nil
	}
	return r.staff
}

// Members are those of a team who take work, in the order of the file.
func (r *Roster) Members(team TeamID) []*Staff {
	var members []*Staff
	for i := range r.Everybody() {
		if s := &r.staff[i]; s.In(team) && s.TakesWork() {
			members = append(members, s)
		}
	}
	return members
}

// TakesWork reports whether somebody's role is to see to people's matters.
func (s *Staff) TakesWork() bool {
	return s.Role == Caseworker || s.Role == TeamLeader || s.Role == Specialist
}

// Leads reports whether somebody leads a team.
func (s *Staff) Leads(team TeamID) bool { return s.Role == TeamLeader && s.In(team) }

// Specialists is the team of specialists for a team: itself, if it is one, else
// the first on its ladder, else the first of its nation, else the first of all.
func (r *Roster) Specialists(id TeamID) *Team {
	team := r.Team(id)
	if team != nil {
		if team.Specialist {
			return team
		}
		for _, rung := range team.Overflow {
			if to := r.Team(rung.Team); to.Specialist {
				return to
			}
		}
	}
	var first *Team
	for i := range r.Teams() {
		t := &r.teams[i]
		if t.Specialist && team != nil && t.Nation == team.Nation {
			return t
		}
		if t.Specialist && first == nil {
			first = t
		}
	}
	return first
}

// Answerable is the team that has a case: the case's own, or the front team
// where the roster has no such team.
func (r *Roster) Answerable(id TeamID) *Team {
	if team := r.Team(id); team != nil {
		return team
	}
	return r.Team(r.Front())
}
