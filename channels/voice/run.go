package voice

import (
	"context"
	"io"
	"time"
)

// every is how often voicemails are fetched and calls ended whose end was never
// told.
const every = 15 * time.Second

// Keeper is who sees to calls beside what callers do; gateway.Switchboard is one.
type Keeper interface {
	Fetch(ctx context.Context, from func(ctx context.Context, recording string) (io.ReadCloser, error), done func(ctx context.Context, recording string) error) error
	EndSilent(ctx context.Context) error
}

// Run fetches voicemails from Twilio, and deletes them there, and ends calls
// whose end was never told, until ctx ends. Any number of nodes may run it.
func (c *Channel) Run(ctx context.Context, k Keeper) {
	often := time.NewTicker(every)
	defer often.Stop()
	for {
		if err := k.Fetch(ctx, c.Recording, c.Forget); err != nil && ctx.Err() == nil {
			c.config.Log.WarnContext(ctx, "voicemails were not fetched", "error", err)
		}
		if err := k.EndSilent(ctx); err != nil && ctx.Err() == nil {
			c.config.Log.WarnContext(ctx, "silent calls were not ended", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-often.C:
		}
	}
}
