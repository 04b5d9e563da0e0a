package chaos

// told: a campaign reaches each person whom it names, once. Where it may not or
// cannot, their hour has not come, a specialist knows, or it is somebody's work.
func (j *judge) told() {
	type notice struct{ person, campaign string }
	notices := map[notice][]Outgoing{}
	for _, o := range j.Ledger.Outgoing {
		if o.Campaign != "" {
			of := notice{o.Person, o.Campaign}
			notices[of] = append(notices[of], o)
		}
	}
	for _, p := range j.Parents {
		for _, campaign := range p.Owed {
			reached, known := 0, false
			for _, o := range notices[notice{p.Person, campaign}] {
				undone := o.Status == "failed" || o.Status == "undelivered"
				if j.heard[o.ID] > 0 && !undone {
					reached++
				}
				known = known || j.work[o.ID] || o.Status == "later" && p.Asleep || o.Status == "withheld" && j.endangered[p.Person]
			}
			if reached > 1 || reached == 0 && !known {
				j.find(Untold, "the notice of %s reached %s %d times", campaign, p.Person, reached)
			}
		}
	}
}

// repliesFirst: whoever wrote is answered before anybody is told what can wait.
func (j *judge) repliesFirst() {
	last := 0
	for _, o := range j.Ledger.Outgoing {
		if o.Subject == "reply" {
			last = max(last, o.Priority)
		}
	}
	for _, o := range j.Ledger.Outgoing {
		if o.Campaign != "" && o.Priority <= last {
			j.find(Overtaken, "notice %s goes out before replies", o.ID)
		}
	}
}
