package webchat

import (
	"testing"

	"github.com/google/go-cmp/cmp"
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
		{"Add a photo of your latest payslip, or go on without.", "later", nil},
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
