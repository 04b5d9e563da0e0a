package gateway

import (
	"context"
	"fmt"
	"time"

	"parley/gateway/directory"
)

// stageWork makes the work that a stage begins, and ends what it finishes: an
// application waits for its first amount from the day on which it came (Child
// Support Act 1991 section 11). What is late by then stays for somebody to say
// why.
func (g *Gateway) stageWork(ctx context.Context, of directory.CaseReference, s *Stage, now time.Time) error {
	switch s.Name {
	case ApplicationReceived:
		came := s.Date.AddDays(1).Time() // the end of that day
		if came.After(now) {
			came = now
		}
		return g.TakeWork(ctx, WorkItem{
			Kind: CalculationWork, Key: fmt.Sprintf("%s/%s/%s", CalculationWork, of, s.Date), Case: of, Person: s.Person, Created: came,
		})
	case Calculated:
		waiting, err := g.Store.Tasks(ctx, TaskSearch{Case: of, Kind: CalculationWork, Limit: deskBatch})
		if err != nil {
			return fmt.Errorf("looking for what waits to be calculated: %w", err)
		}
		for _, t := range waiting {
			if !t.Due.IsZero() && t.Due.Before(now) {
				continue
			}
			if err := g.EndWork(ctx, t.ID, "done"); err != nil {
				return err
			}
		}
	}
	return nil
}
