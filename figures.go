package main

import (
	"context"
	"time"

	"parley/gateway"
)

// figureBook is the book of the service's figures.
func (p *parts) figureBook() (*gateway.FigureBook, error) {
	return gateway.NewFigureBook(p.store, p.gateway.Survey, p.now)
}

// countFigures counts the days whose figures are old, again and again until ctx
// ends.
func (p *parts) countFigures(ctx context.Context) {
	book, err := p.figureBook()
	if err != nil {
		p.log.ErrorContext(ctx, "there are no figures", "error", err)
		return
	}
	for again := time.NewTicker(time.Minute); ; {
		if err := book.Count(ctx); err != nil && ctx.Err() == nil {
			p.log.ErrorContext(ctx, "the figures could not be counted", "error", err)
		}
		select {
		case <-ctx.Done():
			again.Stop()
			return
		case <-again.C:
		}
	}
}
