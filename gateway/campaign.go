package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/gateway/directory"
	"parley/templates/notices"
)

// Progress is how far a campaign is.
type Progress struct {
	Campaign
	Settled   int       // messages of which it is known what became of them, or that they left
	PerSecond float64   // since the first was settled
	Expected  time.Time // when all will be, at that rate; zero: it cannot be told
}

// Progress returns how far a campaign is, or ErrNotFound.
func (g *Gateway) Progress(ctx context.Context, id CampaignID) (Progress, error) {
	c, err := g.Store.Campaign(ctx, id)
	if err != nil {
		return Progress{}, err
	}
	p := Progress{Campaign: c}
	for status, n := range c.Counts {
		if status.Rank() >= OutcomeLost.Rank() {
			p.Settled += n
		}
	}
	now, left := g.Clock(), c.Planned-p.Settled
	if p.Settled == 0 || c.Began.IsZero() {
		return p, nil
	}
	end := now
	if !c.Ended.IsZero() {
		end = c.Ended
	}
	p.PerSecond = float64(p.Settled) / max(end.Sub(c.Began).Seconds(), 1)
	if left > 0 && c.State == Running {
		p.Expected = now.Add(time.Duration(float64(left) / p.PerSecond * float64(time.Second)))
	}
	return p, nil
}

// Campaigns returns the latest campaigns, without their counts.
func (g *Gateway) Campaigns(ctx context.Context, limit int) ([]Campaign, error) {
	return g.Store.Campaigns(ctx, limit)
}

// SetCampaign pauses a campaign, resumes or cancels it, and wakes this node's
// pump. A cancelled one sends what must reach people, and stays so: to set it to
// anything else is ErrCancelled. ErrNotFound when there is none of that id.
func (g *Gateway) SetCampaign(ctx context.Context, id CampaignID, state CampaignState) error {
	if err := g.Store.SetCampaign(ctx, id, state, g.Clock()); err != nil {
		return err
	}
	g.Log.InfoContext(ctx, "a campaign is set", "campaign", id, "state", string(state))
	return nil
}

// Mailing is a notice that somebody has sent to people whom they name.
type Mailing struct {
	ID        CampaignID // whoever asks names it: the same again sends nothing twice
	Notice    string
	To        []Recipient
	NotBefore time.Time // zero: at once
	SendBy    time.Time // zero: within sendWithin
	By        string    // a caseworker or an API client's name
}

// Recipient is one person whom a notice is sent to, about a case of theirs, with
// what it says to them as a JSON object, see notices.ReadData. Their name need
// not be given.
type Recipient struct {
	Person directory.PersonID
	Case   directory.CaseReference
	Data   json.RawMessage
}

// sendWithin is for how long a notice makes sense when nobody has said.
const sendWithin = 7 * 24 * time.Hour

// Why a notice cannot be sent. Each is the caller's to mend.
var (
	ErrNoSuchNotice  = errors.New("no such notice")
	ErrOtherCampaign = errors.New("a campaign of this id sends something else")
	ErrBadRecipient  = errors.New("somebody cannot be sent this notice")
)

// BadRecipient says who cannot be sent a notice, and why. It is ErrBadRecipient.
type BadRecipient struct {
	Index int    // in the list, from 0
	Words string // for people
}

// Error is for logs: it names nobody.
func (b *BadRecipient) Error() string { return fmt.Sprintf("recipient %d %s", b.Index, b.Words) }

// Is makes every BadRecipient ErrBadRecipient.
func (b *BadRecipient) Is(target error) bool { return target == ErrBadRecipient }

// Send plans a notice for everybody in a mailing, or for nobody, and returns how
// many were new.
func (g *Gateway) Send(ctx context.Context, s Mailing) (int, error) {
	template := g.notices[s.Notice]
	if template == nil {
		return 0, fmt.Errorf("sending %q: %w", s.Notice, ErrNoSuchNotice)
	}
	now := g.Clock()
	batch := make([]Message, len(s.To))
	for i := range s.To {
		m, err := g.sendTo(ctx, &s, i, template, now)
		if err != nil {
			return 0, err
		}
		batch[i] = m
	}
	err := g.Store.StartCampaign(ctx, Campaign{ID: s.ID, Name: s.Notice, By: s.By, State: Running, Created: now})
	if errors.Is(err, ErrDuplicate) {
		var before Campaign
		if before, err = g.Store.Campaign(ctx, s.ID); err == nil && (before.Name != s.Notice || before.By != s.By) {
			err = ErrOtherCampaign
		}
	}
	if err != nil {
		return 0, fmt.Errorf("starting campaign %s: %w", s.ID, err)
	}
	planned := 0
	for part := range slices.Chunk(batch, casesAtOnce) {
		n, err := g.Store.PlanNotices(ctx, part)
		if err != nil {
			return planned, fmt.Errorf("planning campaign %s: %w", s.ID, err)
		}
		planned += n
	}
	return planned, nil
}

// sendTo is the message to one recipient.
func (g *Gateway) sendTo(ctx context.Context, s *Mailing, i int, template *notices.Notice, now time.Time) (Message, error) {
	to := &s.To[i]
	c, person, err := g.recipientOf(ctx, to.Case, to.Person, template)
	if bad, isBad := errors.AsType[*BadRecipient](err); isBad {
		bad.Index = i
	}
	if err != nil {
		return Message{}, err
	}
	data, err := withName(to.Data, person.Name)
	if err != nil {
		return Message{}, &BadRecipient{i, "has data that is no object"}
	}
	values, err := notices.ReadData(template, data)
	if err != nil {
		return Message{}, &BadRecipient{i, "has data that does not fit the notice: " + err.Error()}
	}
	notBefore, sendBy := s.NotBefore, s.SendBy
	if notBefore.IsZero() {
		notBefore = now
	}
	if sendBy.IsZero() {
		sendBy = notBefore.Add(sendWithin)
	}
	m := g.noticeTo(c, person, template, now)
	m.NotBefore, m.SendBy = notBefore, sendBy
	m.Notice.Occasion, m.Notice.Campaign, m.Notice.Data, m.Notice.By = "mailing "+string(s.ID), s.ID, values, s.By
	return m, nil
}

// withName adds somebody's name to a JSON object that does not say it.
func withName(object json.RawMessage, name string) (json.RawMessage, error) {
	values := map[string]json.RawMessage{}
	if len(object) > 0 {
		if err := json.Unmarshal(object, &values); err != nil {
			return nil, err
		}
	}
	if _, said := values["name"]; !said {
		quoted, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		values["name"] = quoted
	}
	return json.Marshal(values)
}
