package gateway

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/gateway/directory"
)

// Foreseen is what would become of a notice that is due.
type Foreseen struct {
	Case     directory.CaseReference
	Person   directory.PersonID
	Notice   string
	Occasion string
	At       time.Time // when it would leave, or wait until
	Channel  directory.Channel
	Action   Action
	Reasons  []string // why it would not, or not then
}

// mostForeseen is how many notices one dry run tells of at most, and
// latestCampaigns how many are looked at for whether they are held: those of weeks.
const (
	mostForeseen    = 10_000
	latestCampaigns = 500
)

// DryRun goes through the cases after one and tells who would be sent a notice
// within a time and was not, when and by which channel, and why somebody would not, as
// things stand now. Nothing is planned. An empty name is every notice. It
// returns at least limit of them, unless there are fewer, and the case up to
// which it came; none when that is the last.
func (g *Gateway) DryRun(ctx context.Context, notice string, within time.Duration, after directory.CaseReference, limit int) ([]Foreseen, directory.CaseReference, error) {
	var list []Foreseen
	if notice != "" && g.notices[notice] == nil {
		return nil, "", fmt.Errorf("a dry run of %q: %w", notice, ErrNoSuchNotice)
	}
	if g.Schedule == nil {
		return nil, "", nil
	}
	for len(list) < min(limit, mostForeseen) {
		cases, err := g.Store.CasesAfter(ctx, after, casesAtOnce)
		if err != nil {
			return nil, "", fmt.Errorf("a dry run: %w", err)
		}
		if len(cases) == 0 {
			return list, "", nil
		}
		after = cases[len(cases)-1].Reference
		found, err := g.foresee(ctx, cases, notice, within)
		if err != nil {
			return nil, "", fmt.Errorf("a dry run up to case %s: %w", after, err)
		}
		list = append(list, found...)
	}
	return list, after, nil
}

// foresee asks the gate of what is due on some cases, each at its time, and
// whether somebody holds it back.
func (g *Gateway) foresee(ctx context.Context, cases []directory.Case, notice string, within time.Duration) ([]Foreseen, error) {
	now := g.Clock()
	due, _, _, err := g.dueOn(ctx, cases, now, now.Add(within))
	if err != nil {
		return nil, err
	}
	batch := slices.DeleteFunc(due, func(m Message) bool { return notice != "" && m.Notice.Name != notice })
	if len(batch) == 0 {
		return nil, nil
	}
	if batch, err = g.Store.NotYetSent(ctx, batch); err != nil || len(batch) == 0 {
		return nil, err
	}
	facts, err := g.Store.GateFacts(ctx, batch, now)
	if err != nil {
		return nil, err
	}
	campaigns, err := g.Store.Campaigns(ctx, latestCampaigns)
	if err != nil {
		return nil, err
	}
	states := map[CampaignID]CampaignState{}
	for _, c := range campaigns {
		states[c.ID] = c.State
	}
	list := make([]Foreseen, len(batch))
	for i, m := range batch {
		at := m.NotBefore
		if now.After(at) {
			at = now
		}
		m, d := g.consider(m, facts[i], at)
		d = d.heldBack(states[m.Notice.Campaign], m.statutory())
		if d.Action == WaitUntil && !d.Until.IsZero() {
			at = d.Until
		}
		list[i] = Foreseen{m.Case, m.Person, m.Notice.Name, m.Notice.Occasion, at, m.To.Channel, d.Action, d.Reasons}
	}
	return list, nil
}

// heldBack is a decision on one of a campaign, which its state can forestall.
func (d Decision) heldBack(state CampaignState, statutory bool) Decision {
	switch {
	case state == Cancelled && !statutory:
		d, _ = refuse("the sending that it is one of is cancelled", "")
	case state == Paused && d.Action != DoNotSend:
		d.Action, d.Reasons = WaitUntil, append(d.Reasons, "the sending that it is one of is paused")
	}
	return d
}
