package gateway

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/gateway/directory"
	"parley/templates"
	"parley/templates/notices"
)

// carrier is a channel that carries whatever it is given.
type carrier directory.Channel

func (c carrier) Name() directory.Channel { return directory.Channel(c) }

func (c carrier) Prepare(text string) Prepared {
	return Prepared{Text: text, Segments: templates.PrepareSMS(text).Segments}
}

func (c carrier) Send(context.Context, Message) (Receipt, error) { return Receipt{}, nil }

// noticeGateway considers notices, and sends nothing.
func noticeGateway(t testing.TB) *Gateway {
	t.Helper()
	list, err := notices.Load(notices.FS)
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(Config{
		Notices: list, OpenHours: directory.Hours{From: 8 * 60, To: 20 * 60},
		Channels: []Channel{carrier(directory.SMS), carrier(directory.Email), carrier(directory.Letter)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// What the notices of these tests say, and what they could say of the other
// parent beside: nobody may ever see that.
var (
	ownName = "Siân Example"
	secrets = []string{"Ali Other", "12 Hidden Road", "Acme Works Ltd", "Universal Credit"}
)

// drawNotice is one of the service's notices, with more in its data than it is
// for.
func drawNotice(t *rapid.T, g *Gateway) Message {
	template := rapid.SampledFrom(g.Config.Notices).Draw(t, "notice")
	if rapid.IntRange(0, 2).Draw(t, "a decision") == 0 {
		template = g.notices["decision-letter"]
	}
	data := template.MadeUp()
	for _, f := range template.Fields {
		switch f.Kind {
		case notices.TextKind:
			data[f.Name] = notices.Text(ownName)
		case notices.ListKind:
			data[f.Name] = notices.List("Jo")
		}
	}
	for i, secret := range secrets {
		data[fmt.Sprint("secret ", i)] = notices.Text(secret)
	}
	m := Message{
		ID: "N1", Person: "P1", Case: "C", Subject: Approach, To: Address{Channel: directory.SMS},
		Notice: &Notice{Name: template.Name, Data: data, Statutory: template.Statutory},
	}
	if rapid.Bool().Draw(t, "a person sends it") {
		m.Notice.By = "caseworker-7"
	}
	return m
}

// drawReachable is somebody with any addresses, each with any standing.
func drawReachable(t *rapid.T, now time.Time) GateFacts {
	p := drawPerson(t)
	p.Language = rapid.SampledFrom([]templates.Language{"", "en", "cy"}).Draw(t, "language")
	p.ElectronicService = rapid.Bool().Draw(t, "electronic service")
	p.PreferredChannel = rapid.SampledFrom([]directory.Channel{"", directory.SMS, directory.Email, directory.Letter, directory.Voice, directory.WebChat}).Draw(t, "prefers")
	f := GateFacts{
		Nation:      rapid.SampledFrom([]directory.Nation{directory.England, directory.Wales, directory.Scotland}).Draw(t, "nation"),
		PersonHeld:  rapid.IntRange(0, 7).Draw(t, "held") == 0,
		CaseHeld:    rapid.IntRange(0, 7).Draw(t, "case held") == 0,
		CloseFamily: append(slices.Clone(gateFamily), secrets[0]),
		Reach:       map[directory.Channel]Reach{},
	}
	reach := func(channel directory.Channel) bool {
		if rapid.IntRange(0, 3).Draw(t, "has no "+string(channel)) == 0 {
			return false
		}
		f.Reach[channel] = Reach{Standing: drawStanding(t, now), OptedOut: rapid.IntRange(0, 3).Draw(t, "opted out") == 0}
		return true
	}
	if reach(directory.SMS) {
		p.Phone = "+447700900101"
	}
	if reach(directory.Email) {
		p.Email = "sian@example.org"
	}
	if rapid.Bool().Draw(t, "has a postal address") {
		p.PostalAddress = []string{"1 High Street", "Leeds"}
	}
	f.Person = p
	return f
}

// Whatever is known of somebody, a notice goes to an address of theirs that is
// safe, at a safe time, and says no more there than may be seen; else somebody
// is told, or it waits.
func TestANoticeReachesItsPersonSafelyOrNotAtAll(t *testing.T) {
	g := noticeGateway(t)
	london := europeLondon(t)
	rapid.Check(t, func(t *rapid.T) {
		for range 20 {
			now := drawMoment(t)
			m, f := drawNotice(t, g), drawReachable(t, now)
			if rapid.IntRange(0, 3).Draw(t, "has a send-by") == 0 {
				m.SendBy = now.Add(time.Duration(rapid.IntRange(-60, 60).Draw(t, "send-by")) * time.Minute)
			}
			out, d := g.consider(m, f, now)
			late := !m.SendBy.IsZero() && now.After(m.SendBy)
			switch d.Action {
			case Send:
				c := gateCase{gate: gate{open: g.OpenHours, london: london}, m: out, f: f, now: now}
				c.f.Standing, c.f.OptedOut = f.Reach[out.To.Channel].Standing, f.Reach[out.To.Channel].OptedOut
				c.m.Text, c.m.Title = "", "" // said below
				if why := c.unsafe(); len(why) > 0 {
					t.Fatalf("sent to %s, unsafe because %q", out.To.Channel, why)
				}
				sentWell(t, g, out, f)
			case WaitUntil:
				if !d.Until.After(now) {
					t.Fatalf("waits until %v", d.Until)
				}
			case DoNotSend:
				if len(d.Reasons) == 0 || d.Work == "" && !late && !f.PersonHeld {
					t.Fatalf("not sent, and nobody is told: %+v", d)
				}
				if m.Notice.Statutory && late && slices.Contains(d.Reasons, "too late to be sent") {
					t.Fatal("what the law says must be sent is never too late")
				}
			default:
				t.Fatalf("%s", d.Action)
			}
		}
	})
}

// sentWell looks at what is sent: where, in which words.
func sentWell(t *rapid.T, g *Gateway, out Message, f GateFacts) {
	a, held := f.Person.Address(out.To.Channel)
	if !held || a.Value != out.To.Value {
		t.Fatalf("to %q, which is not theirs", out.To.Value)
	}
	template := g.notices[out.Notice.Name]
	electronic := out.To.Channel == directory.Email && f.Person.ElectronicService && !f.Person.Discreet()
	switch {
	case template.Statutory && out.To.Channel != directory.Letter && !electronic:
		t.Fatalf("served by %s", out.To.Channel)
	case template.ByPerson && out.Notice.By == "":
		t.Fatal("nobody sends what only a person may")
	}
	seen := out.Title + "\n" + out.Text + "\n" + out.Document.Text()
	for _, secret := range secrets {
		if strings.Contains(seen, secret) {
			t.Fatalf("%s tells %q", out.Notice.Name, secret)
		}
	}
	if f.Person.Discreet() && out.To.Channel != directory.Letter {
		lower := strings.ToLower(seen)
		for _, word := range []string{"£", "maintenance", "cynhaliaeth", "gynhaliaeth", "child", "plant", "siân", "jo ", "178"} {
			if strings.Contains(lower, word) {
				t.Fatalf("discreetly: %q", seen)
			}
		}
		if out.Title != "" || len(out.Document) > 0 {
			t.Fatalf("discreetly, with a title or a document: %+v", out)
		}
	}
	if f.Person.Language == "" && f.Nation == directory.Wales && !f.Person.Discreet() && out.To.Channel == directory.Letter {
		if !strings.Contains(seen, "Annwyl") || !strings.Contains(seen, "Dear") {
			t.Fatalf("first contact in Wales: %q", seen)
		}
	}
}
