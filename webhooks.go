package main

import (
	"context"
	"math/rand/v2"

	"parley/internal/webhooks"
)

// sendWebhooks tells other systems what happens until ctx ends.
func (p *parts) sendWebhooks(ctx context.Context) {
	webhooks.New(webhooks.Config{
		Store: p.store, Endpoints: p.settings.Webhooks, Clock: p.now, Chance: rand.Float64, Log: p.log,
	}).Run(ctx)
}
