package gateway

import (
	"cmp"
	"slices"

	"parley/gateway/directory"
)

// free is somebody who is there, has nothing on offer, and has room for more.
type free struct {
	*directory.Staff
	held int
}

// offer is a work item for somebody.
type offer struct {
	task  Task
	staff directory.StaffID
}

// match gives each of the waiting work items, the most urgent first, to somebody
// who is free and whom it suits, one to each: so what one gets is the most
// urgent that suits them and that nobody else gets. Among several it goes to who
// can do the least else, and then to who holds the least. It is pure.
func match(people []free, waiting []Task, barred func(directory.StaffID, *Task) bool) []offer {
	slices.SortFunc(waiting, byUrgency)
	people = slices.Clone(people)
	slices.SortStableFunc(people, func(a, b free) int {
		return cmp.Or(cmp.Compare(len(a.Skills), len(b.Skills)), cmp.Compare(a.held, b.held), cmp.Compare(a.ID, b.ID))
	})
	var offers []offer
	for _, t := range waiting {
		i := slices.IndexFunc(people, func(p free) bool { return serves(p.Staff, &t) && !barred(p.ID, &t) })
		if i < 0 {
			continue
		}
		offers = append(offers, offer{t, people[i].ID})
		people = slices.Delete(people, i, i+1)
	}
	return offers
}

// serves reports whether a waiting work item may be offered to somebody.
func serves(s *directory.Staff, t *Task) bool {
	switch {
	case slices.Contains(t.Passed, s.ID):
		return false
	case t.For != "":
		return t.For == s.ID
	}
	return s.In(t.Team) && !slices.ContainsFunc(t.Needs, func(skill directory.Skill) bool { return !s.Can(skill) })
}

// byUrgency orders work as it is offered and listed.
func byUrgency(a, b Task) int {
	return cmp.Or(cmp.Compare(a.Priority, b.Priority), a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
}
