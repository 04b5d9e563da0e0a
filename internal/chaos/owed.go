package chaos

// onTime: an open conversation has one timer, no kept message still waits for
// its own, none is late, and whoever went silent was nudged once.
func (j *judge) onTime() {
	live := map[string]int{}
	for _, t := range j.Ledger.Timers {
		switch {
		case t.State == "completed":
			continue
		case t.State == "discarded" || t.State == "cancelled":
			j.find(Mistimed, "the %s of %s was given up", t.Kind, t.Of)
		case t.Kind == "finish":
			j.find(Mistimed, "message %s still waits for its turn", t.Of)
		case t.Overdue:
			j.find(Mistimed, "the %s of %s is late", t.Kind, t.Of)
		}
		live[t.Of]++
	}
	for _, c := range j.Ledger.Conversations {
		if c.Phase != "ended" && live[c.ID] != 1 {
			j.find(Mistimed, "conversation %s has %d timers", c.ID, live[c.ID])
		}
	}
	nudges := map[string]int{}
	for _, h := range j.Heard {
		if o := j.outgoing[h.Message]; o.Subject == "approach" && o.Turn > 1 { // with its first turn a conversation begins
			nudges[o.Person]++
		}
	}
	for _, p := range j.Parents {
		switch n := nudges[p.Person]; {
		case p.Left && n != 1:
			j.find(Mistimed, "%s was nudged %d times, not once", p.Person, n)
		case p.Slow && n <= 1:
		case !p.Left && n != 0:
			j.find(Mistimed, "%s was nudged %d times, for nothing", p.Person, n)
		}
	}
}

// owned: work has an owner, what could not be delivered is somebody's work, and
// so is whoever asked for a person.
func (j *judge) owned() {
	for _, w := range j.Ledger.Work {
		if w.State != "done" && w.Owner == "" {
			j.find(Unowned, "work %s (%s) is nobody's", w.ID, w.Kind)
		}
	}
	for _, o := range j.Ledger.Outgoing {
		undone := o.Status == "failed" || o.Status == "undelivered" || o.Status == "unknown"
		if undone && !j.work[o.ID] && o.Campaign == "" { // a notice goes on by another channel: see told
			j.find(Unowned, "message %s is %s and nobody's work", o.ID, o.Status)
		}
	}
	for _, p := range j.Parents {
		if p.Wants && !j.needing[p.Person] {
			j.find(Unowned, "%s asked for a person and is nobody's work", p.Person)
		}
	}
}
