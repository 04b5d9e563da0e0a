package main

import (
	"context"
	"math/rand/v2"

	"parley/internal/console"
	"parley/internal/webhooks"
)

// sendWebhooks tells other systems what happens until ctx ends.
func (p *parts) sendWebhooks(ctx context.Context) {
	webhooks.New(webhooks.Config{
		Store: p.store, Endpoints: p.settings.Webhooks, Clock: p.now, Chance: rand.Float64, Log: p.log,
	}).Run(ctx)
}

// shownWebhooks is what staff see of that.
func (p *parts) shownWebhooks() console.WebhooksConfig {
	shown := console.WebhooksConfig{Deliveries: p.store}
	for _, e := range p.settings.Webhooks {
		shown.Endpoints = append(shown.Endpoints, console.Endpoint{Name: e.Name, Host: e.Host(), Events: e.Events})
	}
	return shown
}
