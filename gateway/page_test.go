package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/store"
)

// screen is web chat as the heart sees it: what is sent is shown in a visit.
type screen struct{ store *store.Store }

func (screen) Name() directory.Channel { return directory.WebChat }

func (screen) Prepare(text string) gateway.Prepared {
	return gateway.Prepared{Text: text, Segments: 1}
}

func (s screen) Send(ctx context.Context, m gateway.Message) (gateway.Receipt, error) {
	e := gateway.Entry{Message: m.ID, ByUs: true, Text: m.Text, Ask: m.Ask, Language: m.Language, Private: m.Private, At: m.Created}
	_, err := s.store.Show(ctx, gateway.VisitID(m.To.Value), e)
	if errors.Is(err, gateway.ErrNoVisit) {
		return gateway.Receipt{}, &gateway.SendError{Outcome: gateway.Refused, Reason: "the visit has ended"}
	}
	return gateway.Receipt{ProviderID: string(m.ID), Status: gateway.Delivered}, err
}

// page is a browser with a visit.
type page struct {
	gateway.Visit
	h      *house
	secret string
	seen   int64 // the sequence of the last entry that was read
}

// pin is everybody's who has one, in these tests.
const pin = "1234567"

func pinKey(t testing.TB) []byte {
	t.Helper()
	key, err := directory.PINKey([]byte("the key of PINs, 32 bytes or more"))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (h *house) newSecret() string { return "secret-" + h.newID() }

// opens has somebody unknown open web chat.
func (h *house) opens() *page {
	h.t.Helper()
	p := &page{h: h, secret: h.newSecret()}
	var err error
	if p.Visit, err = h.OpenVisit(h.t.Context(), p.secret, "en"); err != nil {
		h.t.Fatal(err)
	}
	return p
}

// follows has whoever got a text follow the link in it.
func (h *house) follows(text string) *page {
	h.t.Helper()
	_, link, found := strings.Cut(text, h.config.LinkURL)
	if !found {
		h.t.Fatalf("there is no link in %q", text)
	}
	p := &page{h: h, secret: h.newSecret()}
	var err error
	if p.Visit, err = h.FollowLink(h.t.Context(), link, p.secret); err != nil {
		h.t.Fatal(err)
	}
	return p
}

// visits has a person follow a link that was sent to their phone.
func (h *house) visits(person directory.PersonID, phone string) *page {
	h.t.Helper()
	link := h.newSecret()
	to := gateway.Address{Channel: directory.SMS, Value: phone}
	if err := h.store.KeepLink(h.t.Context(), link, to, person, "", h.clock().Add(gateway.LinkLife)); err != nil {
		h.t.Fatal(err)
	}
	return h.follows(h.config.LinkURL + link)
}

// confirmed has them show who they are too.
func (h *house) confirmed(person directory.PersonID, phone string) *page {
	h.t.Helper()
	p := h.visits(person, phone)
	if err := h.store.ConfirmVisit(h.t.Context(), p.ID, h.clock()); err != nil {
		h.t.Fatal(err)
	}
	return p
}

// says receives one message and returns what the page then shows.
func (p *page) says(words string) []string {
	p.h.t.Helper()
	p.h.receive(gateway.Inbound{ProviderID: fmt.Sprint(p.ID, "/", p.h.newID()), From: p.Address(), Text: words})
	return p.reads()
}

// greeted opens the page and returns what it then shows.
func (p *page) greeted() []string {
	p.h.t.Helper()
	if err := p.h.Greet(p.h.t.Context(), p.ID); err != nil {
		p.h.t.Fatal(err)
	}
	return p.reads()
}

// confirms gives a PIN on the page.
func (p *page) confirms(pin string) error {
	return p.h.Confirm(p.h.t.Context(), p.ID, pin, "192.0.2.1")
}

// reads lets what is due happen, and returns what is new on the page.
func (p *page) reads() []string {
	p.h.t.Helper()
	p.h.ring()
	p.h.deliver()
	var texts []string
	for _, e := range p.entries() {
		texts = append(texts, dialogs.Message{Words: e.Text, Ask: e.Ask, Language: e.Language}.Render("webchat"))
		p.seen = e.Sequence
	}
	return texts
}

// entries are those of ours that are new.
func (p *page) entries() []gateway.Entry {
	p.h.t.Helper()
	entries, err := p.h.Shown(p.h.t.Context(), p.ID, p.seen)
	if err != nil {
		p.h.t.Fatal(err)
	}
	return entries
}

// heard is all that was ever shown on the page, however long ago it ended.
func (p *page) heard() []string {
	p.h.t.Helper()
	entries, err := p.h.store.Shown(p.h.t.Context(), p.ID, 0)
	if err != nil {
		p.h.t.Fatal(err)
	}
	var texts []string
	for _, e := range entries {
		texts = append(texts, dialogs.Message{Words: e.Text, Ask: e.Ask, Language: e.Language}.Render("webchat"))
	}
	return texts
}
