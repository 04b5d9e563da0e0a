package gateway_test

import (
	"context"
	"testing"
	"time"

	"parley/gateway"
)

// dyingScreen is web chat on a node that dies in its first send: before the
// message is shown, or after.
type dyingScreen struct {
	screen
	shows bool
	died  *bool
}

func (s dyingScreen) Send(ctx context.Context, m gateway.Message) (gateway.Receipt, error) {
	if *s.died {
		return s.screen.Send(ctx, m)
	}
	*s.died = true
	if s.shows {
		if _, err := s.screen.Send(ctx, m); err != nil {
			return gateway.Receipt{}, err
		}
	}
	return gateway.Receipt{}, &gateway.SendError{Outcome: gateway.Lost, Reason: "nobody knows"}
}

// Whoever waits on the page for what a dying node was to show sees it a minute
// later, once, and nobody is troubled.
func TestWhatIsLostOnItsWayToAPageIsShownOnce(t *testing.T) {
	for name, shows := range map[string]bool{"it was not shown": false, "it was shown": true} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, family())
			h.config.Channels = []gateway.Channel{h.sms, dyingScreen{screen{h.store}, shows, new(bool)}}
			h.useDialogs(h.config.Dialogs)
			p := h.visits("P1", payingPhone)
			p.says("PAY")
			h.look(time.Minute)
			if heard := p.heard(); len(heard) != 1 {
				t.Errorf("the page shows %q", heard)
			}
			if work := h.work(gateway.DeliveryWork); len(work) != 0 {
				t.Errorf("work items %+v", work)
			}
		})
	}
}
