package webchat

import (
	"context"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"testing"

	"parley/channels/channeltest"
	"parley/gateway"
)

// suiteGateway passes what it is told on to the suite.
type suiteGateway struct {
	*interview
	suite *channeltest.Receiver
}

func (g suiteGateway) Receive(ctx context.Context, in gateway.Inbound) error {
	return g.suite.Receive(ctx, in)
}

func TestChannelKeepsTheContract(t *testing.T) {
	channeltest.Run(t, func(t *testing.T, r *channeltest.Receiver) channeltest.Harness {
		b := newBench(t, nil)
		visit, err := b.OpenVisit(t.Context(), "S", "en")
		if err != nil {
			t.Fatal(err)
		}
		server := b.serve(t, suiteGateway{b.interview, r})
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		at, err := url.Parse(server)
		if err != nil {
			t.Fatal(err)
		}
		jar.SetCookies(at, []*http.Cookie{{Name: "chat", Value: "S", Path: "/"}})
		say := func(w channeltest.Words, token string) bool {
			p := &plainBrowser{t: t, client: &http.Client{Jar: jar}, base: server}
			p.post("/chat", url.Values{"token": {token}, "id": {w.ProviderID}, "asked": {"0"}, "answer": {w.Text}})
			return p.status == http.StatusOK
		}
		return channeltest.Harness{
			Channel: b.chat, Person: visit.Address(),
			Behave: func(as channeltest.Behaviour) bool {
				switch as {
				case channeltest.Accepts:
				case channeltest.Refuses:
					_ = b.Leave(t.Context(), visit.ID) // cannot fail
				case channeltest.Unreachable, channeltest.Postpones:
					b.change(func() { b.fail = errors.New("the store is away") })
				default:
					return false
				}
				return true
			},
			Taken: func() (texts []string) {
				b.change(func() {
					for _, e := range b.entries[visit.ID] {
						texts = append(texts, e.Text)
					}
				})
				return texts
			},
			Door: &channeltest.Door{
				Say:        func(w channeltest.Words) bool { return say(w, formToken("S")) },
				ForgeWords: func(w channeltest.Words) bool { return say(w, formToken("another")) },
			},
		}
	})
}
