package store

import (
	"context"
	"fmt"
	"time"

	"parley/gateway"
)

const (
	insertCampaign = `INSERT INTO campaigns (id, name, started_by, state, created) VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT (id) DO NOTHING`

	// Holds the campaign's row until the transaction ends.
	lockCampaign = `UPDATE campaigns SET state = state WHERE id = $1`

	setCampaign = `UPDATE campaigns SET state = $2 WHERE id = $1 AND (state <> 'cancelled' OR state = $2)`

	inState = `EXISTS (SELECT 1 FROM campaigns c WHERE c.id = $1 AND c.state = `

	// What is paused is due after the end of days, so that a claim never walks
	// past it; a message in flight comes to its end.
	parkPaused   = `UPDATE messages SET not_before = not_before + ` + parked + ` WHERE campaign = $1 AND waiting AND not_before < ` + parked + ` AND ` + inState + `'paused')`
	resumeParked = `UPDATE messages SET not_before = not_before - ` + parked + ` WHERE campaign = $1 AND waiting AND not_before >= ` + parked + ` AND NOT ` + inState + `'paused')`

	// $2 is the campaign's own state, once it is cancelled.
	ofCancelled = `campaign = $1 AND waiting AND NOT statutory AND ` + inState + `$2)`

	lockCancelled     = `UPDATE messages SET settled = settled WHERE ` + ofCancelled
	groundCancelled   = ground + ofCancelled + `)`
	withholdCancelled = `UPDATE messages SET waiting = FALSE, rank = 90, status = 'withheld', reasons = $3, settled = $4 WHERE ` + ofCancelled + ` AND ` + notLeaving

	// Nothing is running of which no message waits.
	campaignColumns = `k.id, k.name, k.started_by, CASE WHEN k.state = 'running' AND NOT EXISTS (
		SELECT 1 FROM messages m WHERE m.campaign = k.id AND m.campaign <> '' AND m.waiting) THEN 'ended' ELSE k.state END, k.created`
	campaignQuery  = `SELECT ` + campaignColumns + ` FROM campaigns k WHERE k.id = $1`
	campaignsQuery = `SELECT ` + campaignColumns + ` FROM campaigns k ORDER BY k.created DESC, k.id DESC LIMIT $1`

	campaignCounts = `
	SELECT status, COUNT(*), COUNT(CASE WHEN waiting THEN 1 END), MIN(CASE WHEN settled > 0 THEN settled END), MAX(settled)
	FROM messages WHERE campaign = $1 GROUP BY status`
)

// parked is 36,000 years in microseconds.
const parked = `1152921504606846976`

const cancelledReason = `["the sending was cancelled"]`

// StartCampaign implements gateway.Notices.
func (s *Store) StartCampaign(ctx context.Context, c gateway.Campaign) error {
	started := false
	j := &job{}
	j.add(insertCampaign, string(c.ID), c.Name, c.By, string(c.State), micros(c.Created)).changed = func(rows int64) { started = rows > 0 }
	err := s.engine.write(ctx, j)
	if err == nil && !started {
		err = gateway.ErrDuplicate
	}
	if err != nil {
		return fmt.Errorf("start campaign %s: %w", c.ID, err)
	}
	return nil
}

// SetCampaign implements gateway.Notices.
func (s *Store) SetCampaign(ctx context.Context, id gateway.CampaignID, state gateway.CampaignState, at time.Time) error {
	found, set := false, false
	j := &job{}
	j.add(lockCampaign, string(id)).changed = func(rows int64) { found = rows > 0 }
	j.add(setCampaign, string(id), string(state)).changed = func(rows int64) { set = rows > 0 }
	switch state {
	case gateway.Paused:
		j.add(parkPaused, string(id))
	case gateway.Running:
		j.add(resumeParked, string(id))
	case gateway.Cancelled:
		j.add(lockCancelled, string(id), string(state))
		j.add(groundCancelled, string(id), string(state))
		j.add(withholdCancelled, string(id), string(state), cancelledReason, micros(at))
		j.add(resumeParked, string(id)) // those that must reach people go on
	}
	err := s.engine.write(ctx, j)
	switch {
	case err != nil:
	case !found:
		err = gateway.ErrNotFound
	case !set:
		err = gateway.ErrCancelled
	}
	if err != nil {
		return fmt.Errorf("set campaign %s: %w", id, err)
	}
	return nil
}

// Campaign implements gateway.Notices.
func (s *Store) Campaign(ctx context.Context, id gateway.CampaignID) (gateway.Campaign, error) {
	c := gateway.Campaign{Counts: map[gateway.Status]int{}}
	waiting, latest := 0, int64(0)
	counts := func(r row) error {
		var (
			status         gateway.Status
			of, waits      int
			began, settled *int64
		)
		if err := r.Scan(&status, &of, &waits, &began, &settled); err != nil {
			return err
		}
		c.Planned += of
		c.Counts[status] = of
		waiting += waits
		if began != nil && (c.Began.IsZero() || moment(*began).Before(c.Began)) {
			c.Began = moment(*began)
		}
		latest = max(latest, *settled)
		return nil
	}
	err := s.engine.read(ctx,
		statement{sql: campaignQuery, args: []any{string(id)}, each: func(r row) error { return scanCampaign(r, &c) }},
		statement{sql: campaignCounts, args: []any{string(id)}, each: counts})
	if err == nil && c.ID == "" {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return gateway.Campaign{}, fmt.Errorf("read campaign %s: %w", id, err)
	}
	if waiting == 0 {
		c.Ended = moment(latest)
	}
	return c, nil
}

// Campaigns implements gateway.Notices.
func (s *Store) Campaigns(ctx context.Context, limit int) ([]gateway.Campaign, error) {
	var list []gateway.Campaign
	err := s.engine.read(ctx, statement{sql: campaignsQuery, args: []any{limit}, each: func(r row) error {
		var c gateway.Campaign
		err := scanCampaign(r, &c)
		list = append(list, c)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read the campaigns: %w", err)
	}
	return list, nil
}

func scanCampaign(r row, c *gateway.Campaign) error {
	var created int64
	err := r.Scan(&c.ID, &c.Name, &c.By, &c.State, &created)
	c.Created = moment(created)
	return err
}
