package gateway_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/gateway/gatewaytest"
)

// familyWithPINs is the family with the PIN of these tests.
func familyWithPINs(t testing.TB) directory.Case {
	t.Helper()
	c := family()
	c.PayingParent.PIN = pin
	if err := directory.Seal(&c, pinKey(t), strings.NewReader("salt of sixteen or more bytes")); err != nil {
		t.Fatal(err)
	}
	return c
}

// heardBegins checks what was heard by how each begins.
func heardBegins(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	same := len(got) == len(want)
	for i := 0; same && i < len(got); i++ {
		same = strings.Contains(got[i], want[i])
	}
	if !same {
		t.Fatalf("%s: %q, want %q", what, got, want)
	}
}

func TestOneConversationOverTextsAndWebChat(t *testing.T) {
	h := newHouse(t, familyWithPINs(t))
	h.useShelf()
	invited := h.text(payingPhone, "how is it worked out?")
	if len(invited) != 1 || !strings.Contains(invited[0], " "+h.config.LinkURL) {
		t.Fatalf("without a PIN: %q", invited)
	}
	if strings.Contains(invited[0], "£") {
		t.Fatalf("figures by text: %q", invited)
	}
	page := h.follows(invited[0])
	if page.Person != "P1" || page.Level != directory.Known || page.Conversation == "" {
		t.Fatalf("the link leads to %+v", page.Visit)
	}
	asked := page.greeted()
	if len(asked) != 1 || strings.HasPrefix(asked[0], "Back to where we were.") || strings.Contains(asked[0], h.config.LinkURL) {
		t.Fatalf("the page asks %q", asked)
	}
	if again := page.greeted(); len(again) != 0 {
		t.Errorf("opened again, the page adds %q", again)
	}
	if err := page.confirms("7654321"); !errors.Is(err, gateway.ErrWrongSecret) {
		t.Errorf("a wrong PIN: %v", err)
	}
	if err := page.confirms(pin); err != nil {
		t.Fatal(err)
	}
	if told := page.reads(); len(told) == 0 {
		t.Errorf("confirmed, and told nothing")
	}
	if got := h.sms.to(payingPhone); len(got) != 1 {
		t.Errorf("by text: %q", got)
	}
}

// The channel that a reply goes out on is the one last used, back and forth.
func TestRepliesGoWherePeopleAre(t *testing.T) {
	h := newHouse(t, family())
	h.useShelf()
	heardBegins(t, "by text", h.text(payingPhone, "my pay has changed"), "Has it gone up or down?")
	page := h.visits("P1", payingPhone)
	heardBegins(t, "on the page", page.says("down"), "When did that happen?")
	heardBegins(t, "by text", h.text(payingPhone, "HELP"), "When did that happen?")
	heardBegins(t, "on the page", page.says("1 November 2026"), "That is all")
	view, err := h.store.Queue(t.Context(), gateway.Partner{Person: "P1"})
	if err != nil || len(view) != 0 {
		t.Errorf("more than one conversation: %+v, %v", view, err)
	}
}

func TestAfterAVisitPeopleAreReachedAtTheirOwnAddress(t *testing.T) {
	for name, end := range map[string]func(*house, *page){
		"left": func(h *house, p *page) { leave(t, h, p) },
		"idle": func(h *house, _ *page) { h.pass(gateway.VisitIdle + time.Minute) },
		"gone off": func(h *house, p *page) {
			h.pass(gateway.VisitIdle + time.Minute)
			_, _ = h.Visit(t.Context(), p.secret)
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, family())
			h.useShelf()
			page := h.visits("P1", payingPhone)
			heardBegins(t, "on the page", page.says("my pay went down"), "When did that happen?")
			end(h, page)
			h.pass(49 * time.Hour)
			h.ring()
			heardBegins(t, "by text", h.deliver(), "When did that happen?")
			heardBegins(t, "and so on", h.text(payingPhone, "1 November 2026"), "That is all")
		})
	}
}

func leave(t *testing.T, h *house, p *page) {
	t.Helper()
	if err := h.Leave(t.Context(), p.ID); err != nil {
		t.Fatal(err)
	}
}

// An answer that comes too late for its visit goes to the person's own address,
// as it is written there; what only somebody confirmed may hear does not.
func TestALateAnswerMoves(t *testing.T) {
	h := newHouse(t, family())
	h.useShelf()
	page := h.visits("P1", payingPhone)
	for _, words := range []string{"my pay has changed"} {
		if err := h.Receive(t.Context(), gateway.Inbound{ProviderID: "late", From: page.Address(), Text: words}); err != nil {
			t.Fatal(err)
		}
	}
	leave(t, h, page)
	heardBegins(t, "by text", h.deliver(), "Has it gone up or down? Reply 1 up, 2 down.")
	if items := h.work(gateway.DeliveryWork); len(items) != 0 {
		t.Errorf("work items %+v", items)
	}

	confirmed := newHouse(t, familyWithPINs(t))
	page = confirmed.confirmed("P1", payingPhone)
	page.says("PAY")
	for _, words := range []string{"down", "410 a week", "1 Nov"} {
		page.says(words)
	}
	if err := confirmed.Receive(t.Context(), gateway.Inbound{ProviderID: "late", From: page.Address(), Text: "later"}); err != nil {
		t.Fatal(err)
	}
	leave(t, confirmed, page)
	if got := strings.Join(confirmed.deliver(), " "); strings.Contains(got, "42.17") {
		t.Errorf("figures go out by text: %q", got)
	}
	if items := confirmed.work(gateway.DeliveryWork); len(items) == 0 {
		t.Error("nobody is told that the figures did not arrive")
	}
}

func TestWrongSecretsBlockTheSenderAndNotThePerson(t *testing.T) {
	h := newHouse(t, familyWithPINs(t))
	h.useShelf()
	page := h.visits("P1", payingPhone)
	for range gateway.SecretTries {
		if err := page.confirms("0000000"); !errors.Is(err, gateway.ErrWrongSecret) {
			t.Fatalf("a wrong PIN: %v", err)
		}
	}
	for range 2 {
		if err := page.confirms(pin); !errors.Is(err, gateway.ErrBlocked) {
			t.Errorf("one more, and right: %v", err)
		}
	}
	items := h.work(gateway.SecretWork)
	if len(items) != 1 || items[0].Person != "P1" || items[0].Team != "leeds-2" || strings.Contains(items[0].Detail, "192.0.2.1") {
		t.Errorf("the team is told %+v", items)
	}
	other := h.visits("P1", payingPhone)
	if err := other.confirms(pin); !errors.Is(err, gateway.ErrBlocked) {
		t.Errorf("the same client in another visit: %v", err)
	}
	if err := h.Confirm(t.Context(), other.ID, pin, "192.0.2.2"); err != nil {
		t.Errorf("the person elsewhere: %v", err)
	}
	if err := h.Confirm(t.Context(), page.ID, pin, "192.0.2.3"); !errors.Is(err, gateway.ErrBlocked) {
		t.Errorf("another client in the same visit: %v", err)
	}
	h.pass(time.Hour)
	if got := h.text(payingPhone, "hello"); len(got) != 1 {
		t.Errorf("by text: %q", got)
	}
}

// away is sessions that cannot count.
type away struct{ gateway.Sessions }

func (away) Try(context.Context, gateway.Limit, ...string) (bool, error) {
	return false, gateway.ErrSessionsAway
}

func TestWithoutSessionsNobodyIsConfirmed(t *testing.T) {
	h := newHouse(t, familyWithPINs(t))
	page := h.visits("P1", payingPhone)
	h.Sessions = away{h.Sessions}
	if err := page.confirms(pin); !errors.Is(err, gateway.ErrSessionsAway) {
		t.Errorf("confirmed with %v", err)
	}
	if v, err := h.Visit(t.Context(), page.secret); err != nil || v.Level != directory.Known {
		t.Errorf("the visit is %+v, %v", v, err)
	}
}

func TestSomebodyWithoutAPINIsNotConfirmed(t *testing.T) {
	h := newHouse(t, family())
	page := h.visits("P1", payingPhone)
	for _, secret := range []string{"", pin} {
		if err := page.confirms(secret); !errors.Is(err, gateway.ErrWrongSecret) {
			t.Errorf("confirmed by %q: %v", secret, err)
		}
	}
}

func TestKnowingIDsOpensNothing(t *testing.T) {
	h := newHouse(t, familyWithPINs(t))
	h.useShelf()
	theirs := h.visits("P1", payingPhone)
	theirs.says("my pay has changed")
	mine := h.opens()
	for _, secret := range []string{"", string(theirs.ID), string(theirs.Conversation), "P1", mine.secret + "x"} {
		if _, err := h.Visit(t.Context(), secret); !errors.Is(err, gateway.ErrNoVisit) {
			t.Errorf("%q opens a visit: %v", secret, err)
		}
		if _, err := h.FollowLink(t.Context(), secret, "mine"); !errors.Is(err, gateway.ErrLinkUsed) {
			t.Errorf("%q is a link: %v", secret, err)
		}
	}
	if err := mine.confirms(pin); err == nil {
		t.Error("somebody unknown is confirmed by another's PIN")
	}
	f := gateway.File{ID: "F1", Person: "P1", From: theirs.Address(), Name: "payslip.jpg", At: h.clock()}
	if err := h.store.KeepFile(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	h.receive(gateway.Inbound{ProviderID: "stolen", From: mine.Address(), Text: "mine", Files: []gateway.FileID{"F1"}})
	if got, err := h.store.File(t.Context(), "F1"); err != nil || got.Conversation != "" {
		t.Errorf("another's file is taken into %q, %v", got.Conversation, err)
	}
	open, err := h.store.OpenConversation(t.Context(), gateway.Partner{Visit: mine.ID})
	if err != nil {
		t.Fatal(err)
	}
	if record, err := h.store.TurnRecord(t.Context(), open.ID, open.Turn); err != nil || strings.Contains(string(record), "F1") {
		t.Errorf("another's file is an answer: %s, %v", record, err)
	}
	leave(t, h, theirs)
	if err := h.Receive(t.Context(), gateway.Inbound{ProviderID: "late", From: theirs.Address(), Text: "down"}); !errors.Is(err, gateway.ErrNoVisit) {
		t.Errorf("a message from a visit that ended: %v", err)
	}
	if err := h.Greet(t.Context(), theirs.ID); !errors.Is(err, gateway.ErrNoVisit) {
		t.Errorf("greeting it: %v", err)
	}
}

// Whose an attachment is, is known when its message is read.
func TestWhatComesWithAMessageIsItsSendersEvidence(t *testing.T) {
	h := newHouse(t, family())
	for id, from := range map[gateway.FileID]string{"F1": payingPhone, "F2": "+447700900999"} {
		in := fromPhone(from, "here is my payslip")
		in.Files = []gateway.FileID{id}
		if err := h.store.KeepFile(t.Context(), gateway.File{ID: id, From: in.From, Name: "payslip.jpg", At: h.clock()}); err != nil {
			t.Fatal(err)
		}
		h.receive(in)
	}
	files, err := h.store.FilesOf(t.Context(), "P1", 10)
	if err != nil || len(files) != 1 || files[0].ID != "F1" {
		t.Errorf("evidence of P1: %+v, %v", files, err)
	}
	if f, err := h.store.File(t.Context(), "F2"); err != nil || f.Person != "" {
		t.Errorf("a stranger's file is of %q, %v", f.Person, err)
	}
}

func TestSomebodyUnknownIsHelpedInGeneral(t *testing.T) {
	h := newHouse(t, family())
	h.useShelf()
	page := h.opens()
	heardBegins(t, "opened", page.greeted(), "What is it about?")
	heardBegins(t, "what is for parents", page.says("when is my next payment?"), "What is it about?")
	heardBegins(t, "what is for anybody", page.says("sums"), "Shall we work it out?")
	heardBegins(t, "to its end", page.says("yes"), "Have you all you need?")
	heardBegins(t, "and no further", page.says("yes"), "Thank you for asking.")
	heardBegins(t, "and again", page.says("hello"), "What is it about?")
	heardBegins(t, "in danger", page.says("he threatened me"), "We have your message.")
	if items := h.work(gateway.DangerWork); len(items) != 1 || items[0].Person != "" {
		t.Errorf("work items %+v", items)
	}
	other := h.opens()
	heardBegins(t, "somebody else", other.greeted(), "What is it about?")
	other.says("other")
}

// What somebody unknown writes after the greeting counts as their first message
// would: they need neither choose, nor write it again for a person.
func TestSomebodyUnknownIsUnderstoodAfterTheGreeting(t *testing.T) {
	h := newHouse(t, family())
	h.config.Understanding = gatewaytest.Understanding(t)
	h.useDialogs(h.config.Dialogs)
	page := h.opens()
	heardBegins(t, "opened", page.greeted(), "What is it about?")
	heardBegins(t, "a matter of a case", page.says("my payment has not come this month"), "To keep you safe, we only talk about a case", "leave a message for a person")
	heardBegins(t, "a message", page.says("yes"), "What is your name?")
	heardBegins(t, "a name", page.says("Sam"), "What number is safe for us to call?")
	heardBegins(t, "which is known", page.says("07700 900123"), "Check your answers")
	page.says("ok")
	if items := h.work(gateway.ReportWork); len(items) != 1 {
		t.Errorf("work items %+v", items)
	}
}

func TestAnUnknownVisitorsConversationEndsWithTheVisit(t *testing.T) {
	for _, c := range []struct {
		name  string
		says  string
		leave bool
		work  int
	}{
		{"who leaves having said nothing", "", true, 0},
		{"who leaves having answered", "sums yes", true, 1},
		{"who is silent", "", false, 0},
		{"who is silent, having answered", "sums yes", false, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t, family())
			h.useShelf()
			page := h.opens()
			page.greeted()
			for words := range strings.FieldsSeq(c.says) {
				page.says(words)
			}
			open, err := h.store.OpenConversation(t.Context(), gateway.Partner{Visit: page.ID})
			if err != nil {
				t.Fatal(err)
			}
			if c.leave {
				leave(t, h, page)
			}
			h.pass(gateway.VisitIdle + time.Minute)
			h.ring()
			ended, err := h.store.Conversation(t.Context(), open.ID)
			if err != nil || ended.Phase != gateway.Ended || ended.Outcome != "left" {
				t.Errorf("the conversation is %+v, %v", ended, err)
			}
			if queue, err := h.store.Queue(t.Context(), gateway.Partner{Visit: page.ID}); err != nil || len(queue) != 0 {
				t.Errorf("still waiting: %+v, %v", queue, err)
			}
			if items := h.work(gateway.HandoffWork); len(items) != c.work {
				t.Errorf("work items %+v", items)
			}
		})
	}
}

// Whatever a visit shows, what is private is not shown before its person is
// confirmed.
func TestPrivateEntriesAreShownToTheConfirmedAlone(t *testing.T) {
	h := newHouse(t, family())
	rapid.Check(t, func(r *rapid.T) {
		page := h.visits("P1", payingPhone)
		private := map[gateway.MessageID]bool{}
		confirmed := false
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			if rapid.IntRange(0, 5).Draw(r, "step") == 0 && !confirmed {
				confirmed = true
				if err := h.store.ConfirmVisit(t.Context(), page.ID, h.clock()); err != nil {
					r.Fatal(err)
				}
			}
			e := gateway.Entry{Message: gateway.MessageID(h.newID()), ByUs: true, Text: "text", Private: rapid.Bool().Draw(r, "private"), At: h.clock()}
			if _, err := h.store.Show(t.Context(), page.ID, e); err != nil {
				r.Fatal(err)
			}
			private[e.Message] = e.Private
			entries, err := h.Shown(t.Context(), page.ID, 0)
			if err != nil {
				r.Fatal(err)
			}
			shown := 0
			for _, e := range entries {
				if private[e.Message] && !confirmed {
					r.Fatalf("shown before: %+v", e)
				}
				shown++
			}
			if confirmed && shown != len(private) {
				r.Fatalf("%d of %d are shown", shown, len(private))
			}
		}
	})
}

// Somebody held is not greeted, and what is theirs waits.
func TestSomebodyHeldIsNotGreeted(t *testing.T) {
	h := newHouse(t, family())
	h.useShelf()
	h.text(payingPhone, "he threatened me")
	page := h.visits("P1", payingPhone)
	if got := page.greeted(); len(got) != 0 {
		t.Errorf("greeted with %q", got)
	}
	if got := h.text(payingPhone, "PERSON"); len(got) != 1 || !strings.Contains(got[0], "by 23 November 2026") {
		t.Errorf("promised %q", got)
	}
	if err := h.store.Release(t.Context(), "P1", "specialist-7", h.clock()); err != nil {
		t.Fatal(err)
	}
	heardBegins(t, "once released", page.greeted(), "What is it about?")
}
