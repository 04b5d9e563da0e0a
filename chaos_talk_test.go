package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/smtp"
	"strings"
	"time"

	"parley/channels/webchat/webchattest"
	"parley/internal/chaos"
)

// talk is a parent's end of a channel.
type talk struct {
	say  func(words string) error                       // returns once the gateway has taken it
	next func(ctx context.Context) (chaos.Heard, error) // waits for the next message
}

func (w *chaosWorld) talk(ctx context.Context, p *player) talk {
	var t talk
	switch p.channel {
	case "sms":
		t = w.byText(ctx, p)
	case "email":
		t = w.byEmail(ctx, p)
	default:
		t = w.byChat(ctx, p)
	}
	say, next := t.say, t.next
	asked := time.Time{}
	t.say = func(words string) error {
		err := say(words)
		if err == nil {
			p.noteSaid(false)
			asked = time.Now()
		}
		return err
	}
	t.next = func(ctx context.Context) (chaos.Heard, error) {
		h, err := next(ctx)
		if err == nil && !asked.IsZero() {
			w.waits.note(h.At.Sub(asked))
			asked = time.Time{}
		}
		return h, err
	}
	return t
}

func (w *chaosWorld) byText(ctx context.Context, p *player) talk {
	at, heard := w.post.addressee(p.address("sms")), 0
	return talk{
		say: func(words string) error {
			return w.phones.text(ctx, w.front.URL, p.address("sms").Value, words, p.copies)
		},
		next: func(ctx context.Context) (chaos.Heard, error) {
			came, err := at.next(ctx, &heard)
			return came.Heard, err
		},
	}
}

func (w *chaosWorld) byEmail(ctx context.Context, p *player) talk {
	at, heard, to := w.post.addressee(p.address("email")), 0, "messages@"+demoMail
	from := p.address("email").Value
	return talk{
		say: func(words string) error {
			letter := []byte(fmt.Sprintf("From: <%s>\r\nTo: <%s>\r\nMessage-ID: <%s@example.com>\r\nDate: %s\r\nSubject: Hello\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n",
				from, to, newID(), time.Now().Format(time.RFC1123Z), words))
			for try := p.number; ctx.Err() == nil; try++ {
				if smtp.SendMail(w.places[try%len(w.places)].mail, nil, from, []string{to}, letter) == nil {
					return nil
				}
				pause(ctx, 200*time.Millisecond)
			}
			return ctx.Err()
		},
		next: func(ctx context.Context) (chaos.Heard, error) {
			came, err := at.next(ctx, &heard)
			if err == nil && !isNotice(came.Text) { // whose answers begin something else
				to = came.reply
			}
			return came.Heard, err
		},
	}
}

func (w *chaosWorld) byChat(ctx context.Context, p *player) talk {
	dialer := dialerOf(p.number % 20_000)
	dial := dialer.NetDialContext
	dialer.NetDialContext = func(ctx context.Context, network, _ string) (c net.Conn, err error) {
		n := w.front.next()
		if n == nil {
			return nil, errors.New("no node is there")
		}
		return dial(ctx, network, strings.TrimPrefix(n.url, "http://"))
	}
	client := webchattest.Start(ctx, webchattest.Config{
		URL: "ws" + strings.TrimPrefix(w.front.URL, "http") + "/chat/ws", Origin: w.front.URL, Cookie: "chat=" + p.visit, Name: newID(),
		Backoff: 200 * time.Millisecond, Dialer: dialer,
	})
	go func() {
		for {
			e, err := client.Next(ctx)
			if err != nil {
				return
			}
			w.post.deliver(chaos.Heard{To: p.address("webchat"), Message: e.Message, Text: e.Text, At: time.Now()}, "")
		}
	}()
	at, heard := w.post.addressee(p.address("webchat")), 0
	return talk{
		say: func(words string) error { return client.Say(ctx, words) },
		next: func(ctx context.Context) (chaos.Heard, error) {
			came, err := at.next(ctx, &heard)
			return came.Heard, err
		},
	}
}
