package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"time"

	"parley/gateway/directory"
)

// keepWithin bounds how long storing a message may take whose turn failed, even
// when the caller has stopped waiting.
const keepWithin = 5 * time.Second

// Receive takes a message from a person. A nil error means that it is durably
// stored: its turn was made, or will be without anyone's help. The same
// message again, by channel and provider's id, changes nothing. An error means
// that nothing was stored and the caller must deliver it again; ErrNoVisit that
// its visit to web chat is over, and it never will be.
func (g *Gateway) Receive(ctx context.Context, in Inbound) error {
	first := false
	_, err, _ := g.door.coming.Do(string(in.From.Channel)+"/"+in.ProviderID, func() (any, error) {
		first = true
		return nil, g.receive(ctx, in)
	})
	if err == nil && !first {
		g.Metrics.MessageReceived(string(in.From.Channel), "duplicate")
	}
	return err
}

func (g *Gateway) receive(ctx context.Context, in Inbound) error {
	in.Text = clean(in.Text)
	m := Kept{ID: MessageID(g.NewID()), Inbound: in, At: g.Clock()}
	err := g.takeInTurn(ctx, m)
	if err == nil {
		return nil
	}
	if errors.Is(err, ErrNoVisit) { // whoever wrote must come again
		return err
	}
	if errors.Is(err, ErrDuplicate) {
		g.Metrics.MessageReceived(string(in.From.Channel), "duplicate")
		return nil
	}
	if in.Unverified != "" { // nothing waits for it: its sender's server tries again
		return fmt.Errorf("keeping a message whose sender is not verified: %w", err)
	}
	level := slog.LevelError
	if errors.Is(err, errBusy) { // and many with it
		level = slog.LevelWarn
	}
	g.Log.Log(ctx, level, "turn failed; the message is to be kept", "message", m.ID, "error", err)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepWithin)
	defer cancel()
	switch kept := g.keepInTurn(ctx, m); {
	case errors.Is(kept, ErrDuplicate):
		g.Metrics.MessageReceived(string(in.From.Channel), "duplicate")
	case kept != nil:
		return fmt.Errorf("keeping a message whose turn failed: %w", kept)
	default:
		g.Metrics.MessageReceived(string(in.From.Channel), "kept")
	}
	return nil
}

// Finish makes the turn of a message that Receive could only store. It is
// called until it returns nil; a message that was taken meanwhile is no error.
func (g *Gateway) Finish(ctx context.Context, id MessageID) error {
	m, err := g.Store.Kept(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("loading kept message %s: %w", id, err)
	}
	if err := g.take(ctx, m, true); err != nil && !errors.Is(err, ErrDuplicate) {
		return fmt.Errorf("finishing message %s: %w", id, err)
	}
	return nil
}

// GiveUp hands a kept message that cannot be finished to a person, and says so
// to whoever wrote it when it is known who that is.
func (g *Gateway) GiveUp(ctx context.Context, id MessageID) error {
	m, err := g.Store.Kept(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("loading kept message %s: %w", id, err)
	}
	t := g.newTaking(m, true, g.Clock())
	if t.sender, err = g.Store.Sender(ctx, m.From); err != nil {
		return fmt.Errorf("looking up the sender: %w", err)
	}
	t.person, _ = t.sender.Standing.Identify(t.now)
	t.kind("gave up")
	t.work(WorkItem{Kind: FailedTurnWork, Message: id, Detail: "no turn could be made of this message"})
	if t.person != "" {
		t.reply(sayReadBy.words(t.language(), t.promised()), Reply)
	}
	return t.commit(ctx)
}

// take makes the turn of a message, once more after each lost compare-and-set.
func (g *Gateway) take(ctx context.Context, m Kept, finishing bool) (err error) {
	ctx, end := g.begin(ctx, TurnStep, Facts{Message: m.ID, Channel: m.From.Channel})
	defer func() { end(err, Facts{}) }()
	before := newEarlier()
	return tryAgain(func() error { return g.takeOnce(ctx, m, finishing, before) })
}

func (g *Gateway) takeOnce(ctx context.Context, m Kept, finishing bool, before *earlier) (err error) {
	defer func() {
		if r := recover(); r != nil { // a bug must not lose what a parent said
			err = panicked(r)
		}
	}()
	t := g.newTaking(m, finishing, g.Clock())
	t.earlier = before
	if t.sender, err = t.arrival(ctx); err != nil {
		return fmt.Errorf("looking up the sender: %w", err)
	}
	if err := t.enter(ctx); err != nil {
		return err
	}
	t.reading = g.Understanding.Read(m.Text)
	t.hear()
	if err := t.route(ctx); err != nil {
		return err
	}
	return t.commit(ctx)
}

// arrival finds who wrote. What a turn finishes was taken when it was kept.
func (t *taking) arrival(ctx context.Context) (Sender, error) {
	if t.turn.Finishes != "" {
		return t.g.Store.Sender(ctx, t.in.From)
	}
	return t.g.Store.Arrival(ctx, t.in)
}

// enter sees to what a message brings with it: the visit that it comes from,
// which must go on or have gone on when it was said, and files, which must be
// its sender's own.
func (t *taking) enter(ctx context.Context) error {
	switch visit := t.sender.Visit; {
	case !t.in.From.Channel.Visited():
	case t.turn.Finishes != "":
		if visit != nil {
			t.sender.Standing.Holders = visit.heldAt(t.turn.Inbound.At)
		}
	case visit.Over(t.now):
		return ErrNoVisit
	case t.now.Sub(visit.Seen) >= seeEvery:
		if err := t.g.Store.SeeVisit(ctx, visit.ID, t.now); err != nil {
			return err
		}
		visit.Seen = t.now
	}
	var files []FileID
	for _, id := range t.in.Files {
		f, err := t.g.Store.File(ctx, id)
		switch {
		case errors.Is(err, ErrNotFound):
		case err != nil:
			return fmt.Errorf("looking up file %s: %w", id, err)
		case f.From == t.in.From:
			files = append(files, id)
		}
	}
	t.in.Files, t.turn.Inbound.Files = files, files
	return nil
}

// panicked is the error of a bug. Of what was thrown it tells only what Go
// itself says: anything else may hold what a parent wrote.
func panicked(thrown any) error {
	if own, ok := thrown.(runtime.Error); ok {
		return fmt.Errorf("panic: %w\n%s", own, debug.Stack())
	}
	return fmt.Errorf("panic with a %T\n%s", thrown, debug.Stack())
}

// route decides what a message leads to: whether its sender can be believed at
// all, the words that belong to the channel, then who is writing, then danger, then the dialog.
func (t *taking) route(ctx context.Context) error {
	if t.in.Unverified != "" {
		t.unverified(ctx)
		return nil
	}
	if t.in.Keyword == Stop {
		return t.stop(ctx)
	}
	if t.in.Keyword == Help && t.in.Answered {
		t.kind("answered by the carrier")
		return nil
	}
	person, reason := t.sender.Standing.Identify(t.now)
	t.person = person
	t.turn.Heard = reason == "" && t.now.Sub(t.sender.Standing.Holders[0].Confirmed) > heardEvery
	allowance, err := t.load(ctx)
	if err != nil {
		return err
	}
	t.muted = allowance == Over
	if allowance == Allowed {
		t.worry()
	}
	switch {
	case allowance != Allowed && t.reading.Danger == NoDanger:
		t.tooMany(allowance)
	case reason == directory.NotHeld && t.visitor():
		return t.visited(ctx)
	case reason != "":
		t.unidentified(reason)
	case t.sender.OptedOut:
		t.optedOut()
	case t.reading.Danger != NoDanger:
		t.danger()
	case t.sender.Held != "":
		t.held()
	case t.reading.strangers() && !t.wonders():
		return t.wrongPerson(ctx)
	case t.sender.Open != nil:
		return t.converse(ctx)
	default:
		return t.noConversation(ctx)
	}
	return nil
}

// heardEvery is how often hearing from an address is written down: often
// enough to tell six months of silence, seldom enough to cost nothing.
const heardEvery = 24 * time.Hour

// seeEvery is how often it is written down that a visitor is there.
const seeEvery = time.Minute

// The intents that the heart itself knows, see the Understanding.
const (
	wrongPerson   = "wrong-person"
	speakToPerson = "speak-to-person"
	wantsWelsh    = "welsh"
)

// load counts the message, and finds the state of the sender's open
// conversation: its row serves when the live copy is missing or behind.
func (t *taking) load(ctx context.Context) (Allowance, error) {
	open := t.open()
	var id ConversationID
	if open != nil {
		id = open.ID
	}
	live, allowance := t.admit(ctx, id)
	if open != nil && live.Turn == open.Turn && live.State != nil {
		open.State = live.State
		return allowance, nil
	}
	return allowance, t.loadRow(ctx)
}

// loadRow finds the state of the sender's open conversation in its row.
func (t *taking) loadRow(ctx context.Context) error {
	open := t.open()
	if open == nil {
		return nil
	}
	c, err := t.g.Store.Conversation(ctx, open.ID)
	if err != nil {
		return fmt.Errorf("loading conversation %s: %w", open.ID, err)
	}
	if c.Turn != open.Turn { // it may have ended meanwhile
		return ErrConflict
	}
	*open = c
	return nil
}
