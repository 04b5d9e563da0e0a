package webchat

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/dialogs"
	"parley/gateway"
	"parley/templates"
)

func TestAConversationWithoutJavaScript(t *testing.T) {
	b := newBench(t, everyKind())
	p := b.browse(t)
	p.get("/chat").mustBe(200).mustSay("Before you start", "Call 999")
	p.press("Start a chat", "en").mustBe(200)
	for _, step := range []struct {
		asks   string // the page's heading
		button string
		enter  []string
	}{
		{"Has your pay before tax gone up or down?", "Continue", []string{"down"}},
		{"How much are you paid now, before tax?", "Continue", []string{"350 or 400"}},
		{"How much are you paid now, before tax?", "Continue", []string{"410.50", "a week"}},
		{"When did your pay change?", "Continue", []string{"1", "11", "2026"}},
		{"Add a photo of your latest payslip, or go on without.", "Later", nil},
		{"Check your answers.", "Change Pay now", nil},
		{"Which of these help us to reach you?", "Continue", []string{"large print", "relay"}},
		{"Is that right?", "Continue", []string{"yes"}},
		{"How often is £410 paid?", "Continue", []string{"a week"}},
		{"How much is the rent?", "Continue", []string{"600"}},
		{"How many nights does Jo stay with you?", "Continue", []string{"3", "nights a week"}},
		{"How many children live with you?", "Continue", []string{"2"}},
		{"What is your name?", "Continue", []string{"Sam Example"}},
		{"What is your new address?", "Continue", []string{"12 High Street", "", "Leeds", "LS1 1AA"}},
		{"What is your postcode?", "Continue", []string{"LS1 1AA"}},
		{"What is your telephone number?", "Continue", []string{"07700 900101"}},
		{"What is your email address?", "Continue", []string{"sam@example.com"}},
		{"What is your National Insurance number?", "Continue", []string{"QQ 12 34 56 C"}},
		{"What is your case reference?", "Continue", []string{"300012345678"}},
		{"What else should we know?", "Continue", []string{"Nothing <b>more</b>."}},
	} {
		if got := p.heading(); got != step.asks {
			t.Fatalf("the page asks %q, want %q:\n%s", got, step.asks, p.source)
		}
		p.press(step.button, step.enter...).mustBe(200)
	}
	p.mustSay("Thank you. We will write to you by 21 December 2026.", "Write a message").mustNotSay("<b>more</b>")
	want := []string{
		"down", "350 or 400", "410.50 a week", "1 November 2026", "later", "CHANGE 2", "large print, relay", "yes", "a week", "600", "3 nights a week",
		"2", "Sam Example", "12 High Street, Leeds, LS1 1AA", "LS1 1AA", "07700 900101", "sam@example.com", "QQ 12 34 56 C", "300012345678", "Nothing <b>more</b>.",
	}
	if diff := cmp.Diff(want, b.texts()); diff != "" {
		t.Errorf("the gateway heard (-want +got):\n%s", diff)
	}
	if b.greets.Load() != 1 {
		t.Errorf("greeted %d times", b.greets.Load())
	}
}

func TestAPageWaitsForItsAnswer(t *testing.T) {
	b := newBench(t, []gateway.Message{asking("Who?", dialogs.Ask{Kind: dialogs.ForName})})
	p := b.begun(t)
	p.press("Continue", "Sam").mustBe(200).mustSay("We have your message. Our answer will show here.")
	if !strings.Contains(p.source, `<noscript><meta http-equiv="refresh" content="2"></noscript>`) {
		t.Error("the page does not look for the answer by itself")
	}
	b.change(func() {
		for id := range b.entries { // not everything has an answer
			last := &b.entries[id][len(b.entries[id])-1]
			last.At = last.At.Add(-answerWithin)
		}
	})
	p.get("/chat").mustBe(200).mustSay("Who?", "Continue")
}

func TestABrowserThatKeepsNoCookieIsTold(t *testing.T) {
	b := newBench(t, nil)
	p := b.browse(t)
	p.client.Jar = nil
	p.get("/chat").press("Start a chat", "en").mustBe(200).mustSay("Your browser did not let us begin here.")
	p.get("/chat").mustNotSay("did not let us begin")
}

func TestTheCopyIsOfferedWithAWarning(t *testing.T) {
	b := newBench(t, everyKind())
	p := b.begun(t).press("Continue", "down")
	p.mustSay("Keep a copy of your messages")
	p.get("/chat/copy").mustBe(200).mustSay("The copy stays on this device.")
	p.get("/chat/copy/messages.txt").mustBe(200)
	if got := p.header.Get("Content-Disposition"); got != `attachment; filename="messages.txt"` {
		t.Errorf("Content-Disposition: %s", got)
	}
	want := "We said:\r\nHas your pay before tax gone up or down?\r\n\r\nYou said:\r\ndown\r\n\r\nWe said:\r\nHow much are you paid now, before tax? Say how often too, like 450 a week.\r\n\r\n"
	if p.source != want {
		t.Errorf("the copy is %q, want %q", p.source, want)
	}
}

func TestThePageFollowsTheLanguageThatIsSpoken(t *testing.T) {
	b := newBench(t, []gateway.Message{
		asking("Who?", dialogs.Ask{Kind: dialogs.ForName}),
		{Text: "Pwy?", Ask: &dialogs.Ask{Kind: dialogs.ForName}, Language: templates.Welsh},
	})
	p := b.begun(t).press("Cymraeg").mustBe(200).mustSay("Pwy?", "Parhau", "Siarad â pherson", "Gadael y dudalen hon")
	if got := b.texts(); len(got) != 1 || got[0] != "CYMRAEG" || p.title() != "Negeseuon" {
		t.Errorf("the gateway heard %q, and the title is %q", got, p.title())
	}
}
