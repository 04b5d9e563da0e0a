package gateway

import (
	"slices"
	"time"

	"parley/gateway/directory"
	"parley/templates"
)

// For how long of its team's working time a work item is kept for the
// caseworker whom the case names, before the rest of the team is asked.
const (
	namedFirst       = 2 * time.Hour
	namedFirstUrgent = 10 * time.Minute
)

// Matter is what routing knows of the case and the person of a work item.
type Matter struct {
	Team      directory.TeamID    // of the case; empty: it is of no case
	Named     directory.StaffID   // the caseworker whom the case names
	Protected bool                // somebody on the case has a risk marker
	Language  templates.Language  // that the person has asked for
	Barred    []directory.StaffID // who know somebody on the case
}

// Absence is until when somebody does not work, and who does it for them.
type Absence struct {
	Until time.Time
	Cover directory.StaffID
}

// router chooses where work goes. It is pure: the same work, matter, people and
// moment give the same place.
type router struct {
	roster  *directory.Roster
	targets targets
	absent  map[directory.StaffID]Absence
	now     time.Time
}

// owner is the team that answers for a matter: the case's own, or else the
// front team; and its specialists where it is for them alone. What is for
// specialists never goes to others, whatever the ladder says.
func (r *router) owner(t Target, m Matter, asked directory.TeamID) *directory.Team {
	if m.Team != "" {
		asked = m.Team
	}
	team := r.roster.Answerable(asked)
	if t.Specialist || m.Protected {
		if s := r.roster.Specialists(team.ID); s != nil {
			return s
		}
	}
	return team
}

// place is where a work item goes that has come to a rung of its owner's
// ladder: to the named caseworker or their cover, and then to the first team
// from there on in which somebody can do it.
func (r *router) place(w *WorkItem, m Matter, owner *directory.Team, rung int) Place {
	t := r.targets.of(w)
	closed := t.Specialist || m.Protected
	needs := r.needs(t, m)
	ladder := r.ladder(owner, closed)
	rung = min(rung, len(ladder)-1)
	at, found := r.able(ladder, rung, needs, m)
	if !found { // nobody speaks Welsh, say: who takes it finds help
		needs = nil
		at, found = r.able(ladder, rung, needs, m)
	}
	if !found {
		at = rung
	}
	p := Place{Team: ladder[at].Team, Needs: needs, Rung: at}
	team := r.roster.Team(p.Team)
	if rung == 0 {
		p.For = r.first(m, needs, closed, t.Live)
	}
	switch {
	case p.For != "" && (w.Urgent || t.Priority == 0):
		p.Until = r.roster.After(team, r.now, namedFirstUrgent)
	case p.For != "":
		p.Until = r.roster.After(team, r.now, namedFirst)
	case at+1 < len(ladder):
		p.Until = r.roster.After(team, r.now, ladder[at+1].After)
	}
	p.Working, p.Opens = r.roster.Works(team, r.now), r.roster.Opens(team, r.now)
	return p
}

// needs are the skills that a matter asks for. Danger and risk are no skill:
// they have teams of their own.
func (r *router) needs(t Target, m Matter) []directory.Skill {
	var needs []directory.Skill
	if t.Skill != "" {
		needs = append(needs, t.Skill)
	}
	if m.Language == templates.Welsh {
		needs = append(needs, directory.SpeaksWelsh)
	}
	slices.Sort(needs)
	return slices.Compact(needs)
}

// ladder is the owner and the teams above it; of what is for specialists, only
// such teams.
func (r *router) ladder(owner *directory.Team, closed bool) []directory.Rung {
	ladder := []directory.Rung{{Team: owner.ID}}
	for _, rung := range owner.Overflow {
		if !closed || r.roster.Team(rung.Team).Specialist {
			ladder = append(ladder, rung)
		}
	}
	return ladder
}

// able is the first rung, from one on, in whose team somebody has the skills.
func (r *router) able(ladder []directory.Rung, from int, needs []directory.Skill, m Matter) (rung int, found bool) {
	for i := from; i < len(ladder); i++ {
		for _, s := range r.roster.Members(ladder[i].Team) {
			if r.suits(s, needs, m) {
				return i, true
			}
		}
	}
	return 0, false
}

// suits reports whether somebody can do what a matter asks for, and may.
func (r *router) suits(s *directory.Staff, needs []directory.Skill, m Matter) bool {
	missing := slices.ContainsFunc(needs, func(skill directory.Skill) bool { return !s.Can(skill) })
	return !missing && !slices.Contains(m.Barred, s.ID)
}

// first is who is asked before the team: the named caseworker, or who covers
// for them. What cannot wait for them does not.
func (r *router) first(m Matter, needs []directory.Skill, closed, live bool) directory.StaffID {
	s := r.standIn(m.Named)
	if s == nil || live || !s.TakesWork() || closed && !handlesRisk(r.roster, s) || !r.suits(s, needs, m) {
		return ""
	}
	return s.ID
}

// standIn is somebody who is at work, or who covers for them; nil when neither
// is. Covers are followed once each: two who cover for one another are nobody.
func (r *router) standIn(id directory.StaffID) *directory.Staff {
	for range r.roster.Everybody() {
		away, absent := r.absent[id]
		if !absent || !away.Until.After(r.now) {
			return r.roster.Staff(id)
		}
		id = away.Cover
	}
	return nil
}

// handlesRisk reports whether somebody may have to do with protected cases.
func handlesRisk(r *directory.Roster, s *directory.Staff) bool {
	if s.Role == directory.Specialist {
		return true
	}
	return s.TakesWork() && slices.ContainsFunc(s.Teams, func(id directory.TeamID) bool { return r.Team(id).Specialist })
}
