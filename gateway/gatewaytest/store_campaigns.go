package gatewaytest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

var campaignProofs = map[string]func(*storeProof){
	"a campaign counts its messages by status":                 campaignCounts,
	"a paused campaign waits, and goes on when it is resumed":  campaignPauses,
	"what is planned while a campaign is paused waits with it": campaignPausedBefore,
	"a cancelled campaign sends what must reach people":        campaignCancelled,
	"what is planned once a campaign is cancelled is withheld": campaignCancelledBefore,
	"no campaign comes back":                                   campaignStaysCancelled,
	"whoever is behind who cancels a campaign is told so":      campaignRace,
	"the latest campaigns come first":                          campaignsLatest,
}

// campaign starts a campaign of n notices, M0 and up, of which the last must
// reach its person.
func (p *storeProof) campaign(id gateway.CampaignID, n int) gateway.Campaign {
	p.Helper()
	c := gateway.Campaign{ID: id, Name: "payment-due", By: "operator", State: gateway.Running, Created: storeTime}
	p.must(p.StartCampaign(p.Context(), c))
	var batch []gateway.Message
	for i := range n {
		m := notice(gateway.MessageID(fmt.Sprint("M", i)), directory.PersonID(fmt.Sprint("P", i)), "due 2026-12-15")
		m.Notice.Campaign, m.Notice.Statutory = id, i == n-1
		batch = append(batch, m)
	}
	want(p, "planned", p.plan(batch...), n)
	return c
}

func (p *storeProof) setCampaign(id gateway.CampaignID, state gateway.CampaignState) {
	p.Helper()
	p.must(p.SetCampaign(p.Context(), id, state, storeTime))
}

func (p *storeProof) wantCampaign(want gateway.Campaign) {
	p.Helper()
	got, err := p.Campaign(p.Context(), want.ID)
	p.must(err)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		p.Errorf("got the campaign\n%+v, want\n%+v", got, want)
	}
}

func campaignCounts(p *storeProof) {
	c := p.campaign("C1", 3)
	c.Planned, c.Counts = 3, map[gateway.Status]int{gateway.Queued: 3}
	p.wantCampaign(c)
	p.record(gateway.Settlement{Message: "M0", Status: gateway.Accepted, At: storeTime.Add(time.Minute)},
		gateway.Settlement{Message: "M1", Status: gateway.Withheld, At: storeTime.Add(2 * time.Minute)})
	c.Counts, c.Began = map[gateway.Status]int{gateway.Queued: 1, gateway.Accepted: 1, gateway.Withheld: 1}, storeTime.Add(time.Minute)
	p.wantCampaign(c)
	p.record(gateway.Settlement{Message: "M2", Status: gateway.Delivered, At: storeTime.Add(3 * time.Minute)})
	c.State, c.Counts, c.Ended = gateway.Finished, map[gateway.Status]int{gateway.Delivered: 1, gateway.Accepted: 1, gateway.Withheld: 1}, storeTime.Add(3*time.Minute)
	p.wantCampaign(c)
	_, err := p.Campaign(p.Context(), "C2")
	p.wantError("one that is not there", err, gateway.ErrNotFound)
	p.wantError("set one that is not there", p.SetCampaign(p.Context(), "C2", gateway.Paused, storeTime), gateway.ErrNotFound)
	p.wantError("the same again", p.StartCampaign(p.Context(), c), gateway.ErrDuplicate)
}

func campaignPauses(p *storeProof) {
	p.campaign("C1", 3)
	want(p, "before", p.claim(storeTime, 1), []gateway.MessageID{"M0"})
	p.setCampaign("C1", gateway.Paused)
	p.setCampaign("C1", gateway.Paused)
	want(p, "claimed before", p.mark("M0"), []gateway.MessageID{"M0"})
	want(p, "while it is paused", p.claim(storeTime.AddDate(100, 0, 0), 9), nil)
	p.setCampaign("C1", gateway.Running)
	want(p, "resumed, not before its time", p.claim(storeTime.Add(-time.Second), 9), nil)
	want(p, "resumed", p.claim(storeTime, 9), []gateway.MessageID{"M1", "M2"})
}

func campaignPausedBefore(p *storeProof) {
	p.must(p.StartCampaign(p.Context(), gateway.Campaign{ID: "C1", State: gateway.Running, Created: storeTime}))
	p.setCampaign("C1", gateway.Paused)
	m := notice("M1", "P1", "due 2026-12-15")
	m.Notice.Campaign = "C1"
	want(p, "planned", p.plan(m), 1)
	want(p, "while it is paused", p.claim(storeTime, 9), nil)
	p.setCampaign("C1", gateway.Running)
	want(p, "resumed", p.claim(storeTime, 9), []gateway.MessageID{"M1"})
}

func campaignCancelled(p *storeProof) {
	p.campaign("C1", 4)
	want(p, "before", p.claim(storeTime, 2), []gateway.MessageID{"M0", "M1"})
	want(p, "on its way", p.mark("M0"), []gateway.MessageID{"M0"})
	p.setCampaign("C1", gateway.Paused)
	p.setCampaign("C1", gateway.Cancelled)
	want(p, "claimed before", p.mark("M1"), nil)
	want(p, "what must reach people", p.claim(storeTime, 9), []gateway.MessageID{"M3"})
	c, err := p.Campaign(p.Context(), "C1")
	p.must(err)
	want(p, "withheld", c.Counts[gateway.Withheld], 2)
}

func campaignCancelledBefore(p *storeProof) {
	p.must(p.StartCampaign(p.Context(), gateway.Campaign{ID: "C1", State: gateway.Running, Created: storeTime}))
	p.setCampaign("C1", gateway.Cancelled)
	m, must := notice("M1", "P1", "due 2026-12-15"), notice("M2", "P2", "due 2026-12-15")
	m.Notice.Campaign, must.Notice.Campaign, must.Notice.Statutory = "C1", "C1", true
	want(p, "planned", p.plan(m, must), 2)
	want(p, "what must reach people", p.claim(storeTime, 9), []gateway.MessageID{"M2"})
}

func campaignStaysCancelled(p *storeProof) {
	p.campaign("C1", 2)
	p.setCampaign("C1", gateway.Cancelled)
	p.setCampaign("C1", gateway.Cancelled)
	for _, state := range []gateway.CampaignState{gateway.Running, gateway.Paused} {
		p.wantError(fmt.Sprint("set to ", state), p.SetCampaign(p.Context(), "C1", state, storeTime), gateway.ErrCancelled)
		c, err := p.Campaign(p.Context(), "C1")
		p.must(err)
		want(p, fmt.Sprint("after ", state), c.State, gateway.Cancelled)
	}
	want(p, "what must reach people", p.claim(storeTime, 9), []gateway.MessageID{"M1"})
}

func campaignRace(p *storeProof) {
	var cancelled atomic.Bool
	var two sync.WaitGroup
	for i := range 20 {
		id := gateway.CampaignID(fmt.Sprint("C", i))
		p.must(p.StartCampaign(p.Context(), gateway.Campaign{ID: id, State: gateway.Running, Created: storeTime}))
		cancelled.Store(false)
		two.Go(func() {
			for {
				late := cancelled.Load()
				err := p.SetCampaign(p.Context(), id, gateway.Paused, storeTime)
				if errors.Is(err, gateway.ErrCancelled) {
					return
				}
				if err != nil || late {
					p.Errorf("a campaign that was cancelled is paused: %v", err)
					return
				}
			}
		})
		two.Go(func() {
			if err := p.SetCampaign(p.Context(), id, gateway.Cancelled, storeTime); err != nil {
				p.Error(err)
			}
			cancelled.Store(true)
		})
		two.Wait()
		c, err := p.Campaign(p.Context(), id)
		p.must(err)
		want(p, "the campaign's state", c.State, gateway.Cancelled)
	}
}

func campaignsLatest(p *storeProof) {
	for i := range 3 {
		p.must(p.StartCampaign(p.Context(), gateway.Campaign{ID: gateway.CampaignID(fmt.Sprint("C", i)), State: gateway.Running, Created: storeTime.Add(time.Duration(i))}))
	}
	list, err := p.Campaigns(p.Context(), 2)
	p.must(err)
	if len(list) != 2 || list[0].ID != "C2" || list[1].ID != "C1" {
		p.Errorf("got %+v", list)
	}
}
