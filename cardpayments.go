package main

import (
	"context"
	"time"

	"parley/channels/webchat"
	"parley/gateway"
	"parley/internal/pay"
)

// sweepEvery is how often payments by card are asked about of which nobody has
// told.
const sweepEvery = 3 * time.Minute

// makeCashier lets people pay by card, where the settings name who takes the
// payments. The gateway comes to it once it is made.
func (p *parts) makeCashier() error {
	set := p.settings
	if set.PayKey == "" {
		return nil
	}
	payer, err := pay.New(pay.Config{URL: set.PayURL, Key: set.PayKey})
	if err != nil {
		return err
	}
	p.cashier = &gateway.Cashier{Charges: p.store, Payer: payer, ReturnURL: set.PublicURL + "/chat/paid"}
	return nil
}

// payments is what web chat offers; nil when nobody pays by card.
func (p *parts) payments() webchat.Payments {
	if p.cashier == nil {
		return nil
	}
	return p.cashier
}

// openTill takes the calls about payments, and asks about those of which none
// comes until the process stops.
func (p *parts) openTill(ctx context.Context) error {
	if p.cashier == nil {
		return nil
	}
	p.cashier.Gateway = p.gateway
	webhook, err := pay.Webhook(p.settings.PaySecret, p.cashier, p.log)
	if err != nil {
		return err
	}
	p.routes.Handle("/pay/webhook", webhook)
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	swept := make(chan struct{})
	go func() {
		defer close(swept)
		for again := time.NewTicker(sweepEvery); ; {
			select {
			case <-background.Done():
				again.Stop()
				return
			case <-again.C:
				if err := p.cashier.Sweep(background); err != nil {
					p.log.WarnContext(background, "asking about payments by card", "error", err)
				}
			}
		}
	}()
	p.onStop(func(context.Context) { cancel(); <-swept })
	return nil
}
