package session

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"

	"parley/gateway"
)

// workChannel is where nodes tell of work.
const workChannel = "parley:work"

// News carries news of work between nodes as Fanout does that of visits. It is
// safe for concurrent use.
type News struct{ fanout *Fanout }

var _ gateway.News = (*News)(nil)

// NewNews makes it on a client that Connect opened. It does not call Redis.
func NewNews(client redis.UniversalClient, c FanoutConfig) (*News, error) {
	fanout, err := newFanout(client, c, workChannel, "parley news of work")
	if err != nil {
		return nil, fmt.Errorf("make news: %w", err)
	}
	return &News{fanout}, nil
}

// everybody is whom news of work is for.
const everybody gateway.VisitID = "work"

// Tell implements gateway.News.
func (n *News) Tell(ctx context.Context, news []byte) { n.fanout.Publish(ctx, everybody, news) }

// Listen implements gateway.News.
func (n *News) Listen(ctx context.Context, heard func(news []byte), lost func()) {
	n.fanout.Listen(ctx, func(_ gateway.VisitID, news []byte) { heard(news) }, func(connected bool) {
		if connected {
			lost()
		}
	})
}
