package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// campaign is one sending to many. What is known only of one that is asked for
// by itself is left out of a list.
type campaign struct {
	ID      gateway.CampaignID    `json:"id"`
	Notice  string                `json:"notice"`
	By      string                `json:"by"`
	State   gateway.CampaignState `json:"state"`
	Created time.Time             `json:"created"`
	*progress
}

type progress struct {
	Planned   int                    `json:"planned"`
	Counts    map[gateway.Status]int `json:"counts"`
	Settled   int                    `json:"settled"`
	PerSecond float64                `json:"per_second"`
	Expected  time.Time              `json:"expected,omitzero"`
	Ended     time.Time              `json:"ended,omitzero"`
}

func campaignOf(c gateway.Campaign) campaign {
	return campaign{ID: c.ID, Notice: c.Name, By: c.By, State: c.State, Created: c.Created.UTC()}
}

// mostCampaigns is how many of the latest a list has.
const mostCampaigns = 100

// campaigns answers GET /api/v1/campaigns.
func (a *API) campaigns(c *call) (reply, error) {
	if _, err := c.query(); err != nil {
		return reply{}, err
	}
	stored, err := a.Gateway.Campaigns(c.Context(), mostCampaigns)
	if err != nil {
		return reply{}, fmt.Errorf("reading campaigns: %w", err)
	}
	list := make([]campaign, len(stored))
	for i, s := range stored {
		list[i] = campaignOf(s)
	}
	return found(map[string][]campaign{"campaigns": list})
}

// campaign answers GET /api/v1/campaigns/{id}.
func (a *API) campaign(c *call) (reply, error) {
	p, err := a.Gateway.Progress(c.Context(), gateway.CampaignID(c.PathValue("id")))
	if errors.Is(err, gateway.ErrNotFound) {
		return reply{}, notFound("campaign")
	}
	if err != nil {
		return reply{}, fmt.Errorf("reading a campaign: %w", err)
	}
	told := campaignOf(p.Campaign)
	told.progress = &progress{p.Planned, p.Counts, p.Settled, p.PerSecond, p.Expected.UTC(), p.Ended.UTC()}
	return found(told)
}

// setCampaign answers PATCH /api/v1/campaigns/{id}.
func (a *API) setCampaign(c *call) (reply, error) {
	var request struct {
		State gateway.CampaignState `json:"state"`
	}
	if err := decode(c.body, &request); err != nil {
		return reply{}, err
	}
	switch request.State {
	case gateway.Running, gateway.Paused, gateway.Cancelled:
	default:
		return reply{}, invalid("state", "must be running, paused or cancelled")
	}
	err := a.Gateway.SetCampaign(c.Context(), gateway.CampaignID(c.PathValue("id")), request.State)
	switch {
	case errors.Is(err, gateway.ErrNotFound):
		return reply{}, notFound("campaign")
	case errors.Is(err, gateway.ErrCancelled):
		return reply{}, newProblem(http.StatusConflict, "campaign-cancelled", "The campaign was cancelled, and stays so. Begin another.")
	case err != nil:
		return reply{}, fmt.Errorf("setting a campaign: %w", err)
	}
	return a.campaign(c)
}

// mailing is the body of PUT /api/v1/campaigns/{id}.
type mailing struct {
	Notice    string      `json:"notice"`
	To        []recipient `json:"to"`
	NotBefore time.Time   `json:"not_before"`
	SendBy    time.Time   `json:"send_by"`
}

type recipient struct {
	Person directory.PersonID      `json:"person"`
	Case   directory.CaseReference `json:"case"`
	Data   json.RawMessage         `json:"data"`
}

// mostRecipients is how many people one mailing names.
const mostRecipients = 1000

var campaignForm = regexp.MustCompile(`^[A-Za-z0-9._:-]{1,64}$`)

// putCampaign answers PUT /api/v1/campaigns/{id}: a notice to people who are
// named. The same again sends nothing twice.
func (a *API) putCampaign(c *call) (reply, error) {
	var m mailing
	if err := decode(c.body, &m); err != nil {
		return reply{}, err
	}
	switch id := c.PathValue("id"); {
	case !campaignForm.MatchString(id):
		return reply{}, invalid("id", "must be 1 to 64 letters, digits and . _ : -")
	case len(m.To) == 0 || len(m.To) > mostRecipients:
		return reply{}, invalid("to", fmt.Sprintf("must be a list of 1 to %d", mostRecipients))
	case !m.SendBy.IsZero() && !m.SendBy.After(m.NotBefore):
		return reply{}, invalid("send_by", "must be after not_before")
	}
	s := gateway.Mailing{ID: gateway.CampaignID(c.PathValue("id")), Notice: m.Notice, NotBefore: m.NotBefore, SendBy: m.SendBy, By: c.client}
	for _, r := range m.To {
		s.To = append(s.To, gateway.Recipient(r))
	}
	_, err := a.Gateway.Send(c.Context(), s)
	bad, isBad := errors.AsType[*gateway.BadRecipient](err)
	switch {
	case errors.Is(err, gateway.ErrNoSuchNotice):
		return reply{}, invalid("notice", "is not known")
	case errors.Is(err, gateway.ErrOtherCampaign):
		return reply{}, invalid("id", "is that of a campaign that sends something else")
	case isBad:
		return reply{}, invalid(fmt.Sprintf("to.%d", bad.Index), bad.Words)
	case err != nil:
		return reply{}, fmt.Errorf("sending a notice: %w", err)
	}
	return a.campaign(c)
}

// foreseen is what would become of a notice.
type foreseen struct {
	Case     directory.CaseReference `json:"case"`
	Person   directory.PersonID      `json:"person"`
	Notice   string                  `json:"notice"`
	Occasion string                  `json:"occasion"`
	At       time.Time               `json:"at"`
	Channel  directory.Channel       `json:"channel"`
	Action   gateway.Action          `json:"action"`
	Reasons  []string                `json:"reasons"`
}

// Of a dry run: how many notices it tells of when nobody has said, and within
// how many hours.
const (
	defaultForeseen = 1000
	defaultHours    = 24
	mostHours       = 31 * 24
)

// dryRun answers GET /api/v1/campaigns/dry-run?notice=&hours=&after=.
func (a *API) dryRun(c *call) (reply, error) {
	asked, err := c.query("notice", "hours", "after")
	if err != nil {
		return reply{}, err
	}
	hours := defaultHours
	if asked["hours"] != "" {
		if hours, err = strconv.Atoi(asked["hours"]); err != nil || hours < 1 || hours > mostHours {
			return reply{}, invalid("hours", fmt.Sprintf("must be a number from 1 to %d", mostHours))
		}
	}
	would, after, err := a.Gateway.DryRun(c.Context(), asked["notice"], time.Duration(hours)*time.Hour, directory.CaseReference(asked["after"]), defaultForeseen)
	if errors.Is(err, gateway.ErrNoSuchNotice) {
		return reply{}, invalid("notice", "is not known")
	}
	if err != nil {
		return reply{}, fmt.Errorf("foreseeing notices: %w", err)
	}
	answer := struct {
		Notices []foreseen              `json:"notices"`
		After   directory.CaseReference `json:"after,omitempty"`
	}{make([]foreseen, len(would)), after}
	for i, f := range would {
		answer.Notices[i] = foreseen(f)
		if f.Reasons == nil {
			answer.Notices[i].Reasons = []string{}
		}
	}
	body, err := json.Marshal(answer)
	if err != nil {
		return reply{}, fmt.Errorf("writing the answer: %w", err)
	}
	return reply{status: http.StatusOK, body: body}, nil
}
