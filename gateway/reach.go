package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
)

// reachable is where a person can safely be talked to beside web chat: on the
// channel that they prefer if this gateway has it and it is safe, else on
// another that is. Nobody talks by letter.
func (g *Gateway) reachable(p directory.Person) (Address, bool) {
	for _, channel := range []directory.Channel{p.PreferredChannel, directory.SMS, directory.Email} {
		a, held := p.Address(channel)
		if _, carried := g.channels[channel]; held && carried && channel != directory.Letter && p.Permits(channel) {
			return Address{Channel: a.Channel, Value: a.Value}, true
		}
	}
	return Address{}, false
}

// addressOf is where a conversation begins: on the channel asked for, or where
// the person can be reached.
func (g *Gateway) addressOf(p directory.Person, channel directory.Channel) (Address, error) {
	if channel == "" {
		if a, ok := g.reachable(p); ok {
			return a, nil
		}
		channel = directory.SMS // which the gate will keep back, and tell somebody
	}
	a, ok := p.Address(channel)
	if _, carried := g.channels[channel]; !ok || !carried || channel == directory.Letter {
		return Address{}, ErrNoAddress
	}
	return Address{Channel: a.Channel, Value: a.Value}, nil
}

// elsewhere has a conversation go on where its person can be reached when the
// visit that it was held in is over. It reports whether the visit is.
func (t *taking) elsewhere(ctx context.Context, c *Conversation) (over bool, err error) {
	if !c.Address.Channel.Visited() {
		return false, nil
	}
	v, err := t.g.Store.VisitByID(ctx, VisitID(c.Address.Value))
	if err != nil && !errors.Is(err, ErrNoVisit) {
		return false, fmt.Errorf("looking up a visit: %w", err)
	}
	if err == nil && !v.Over(t.now) {
		t.sender.Visit = &v
		return false, nil
	}
	if a, ok := t.g.reachable(t.sender.Person); ok {
		c.Address = a
	}
	return true, nil
}

// moved is a message that could not be shown in a visit any more, as it goes to
// the person's own address; false when it may not. What is for somebody
// confirmed stays where they were, and so does an answer to danger.
func (g *Gateway) moved(m Message, p directory.Person) (Message, bool) {
	to, ok := g.reachable(p)
	if !ok || !m.To.Channel.Visited() || m.Person == "" || m.Private || m.Subject != Reply && m.Subject != Approach {
		return m, false
	}
	words := dialogs.Message{Words: m.Text, Language: m.Language, Ask: m.Ask}
	m.To, m.Text = to, words.Text(string(to.Channel))
	return m, true
}

// invitation is a one-time link that a message holds: who follows it goes on in
// web chat.
type invitation struct {
	link         string
	to           Address
	person       directory.PersonID
	conversation ConversationID
}

// invite adds a link to a text for the person of a conversation, where there
// is web chat and they are not there already.
func (t *taking) invite(c Conversation, text string) string {
	if t.g.LinkURL == "" || c.Person == "" || c.Address.Channel.Visited() {
		return text
	}
	link := t.g.NewSecret()
	t.invitations = append(t.invitations, invitation{link: link, to: c.Address, person: c.Person, conversation: c.ID})
	return text + " " + t.g.LinkURL + link
}

// keepInvitations keeps the links of the turn's messages: before the messages,
// so that none leads nowhere.
func (t *taking) keepInvitations(ctx context.Context) error {
	for _, i := range t.invitations {
		if err := t.g.Store.KeepLink(ctx, i.link, i.to, i.person, i.conversation, t.now.Add(LinkLife)); err != nil {
			return err
		}
	}
	return nil
}

// awayAfter is when a visitor whom nobody knows will have been away for too
// long, if they do nothing more.
func (t *taking) awayAfter() time.Time { return t.sender.Visit.Seen.Add(VisitIdle + time.Second) }
