package gateway_test

import (
	"strings"
	"testing"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/gatewaytest"
)

// understood is a house with one open conversation about pay, in which people
// write as they do.
func understood(t *testing.T) *house {
	t.Helper()
	h := newHouse(t, family())
	h.config.Understanding = gatewaytest.Understanding(t)
	h.useDialogs(h.config.Dialogs)
	h.talk(t, exchange{"my pay has gone down", []string{"How much are you paid now"}})
	return h
}

// Whoever doubts that it is us, or has lost the PIN that is waited for, is
// answered before the question is asked again; a wish waits for its turn.
func TestPlainWordsCountInTheMiddleOfADialog(t *testing.T) {
	for name, exchanges := range map[string][]exchange{
		"is it us": {
			{"hang on, is this a scam?", []string{"It is right to ask. What did you get?"}},
			{"a text", []string{"We never ask for a PIN", "To be sure", "Did you give anything"}},
			{"nothing", []string{"send it on to 7726", "You have done the right thing", "Back to where we were."}},
			{"£410 a week", []string{"When did"}},
		},
		"a PIN":                {{"I've forgotten my PIN", []string{"How should a person give you a new PIN?"}}},
		"letters, from now on": {{"letters only please", []string{"We will come to your other question after this. How much"}}},
		"whoever deals with it": {
			{"who do I ask about council tax", []string{"Council Tax", "Back to where we were. How much"}},
			{"£410 a week", []string{"When did"}},
		},
		"in Welsh": {{"Ydi'r neges yma'n ddilys?", []string{"Beth gawsoch chi?"}}},
		"an answer comes first": {
			{"£410 a week, but is this really you?", []string{"We will come to your other question after this. When did"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			understood(t).talk(t, exchanges...)
		})
	}
}

// Signposts do not go on for ever: a person sees to it in the end.
func TestWhoGetsNoFurtherThanSignpostsReachesAPerson(t *testing.T) {
	h := understood(t)
	var said []string
	for range 3 {
		said = h.text(payingPhone, "who do I ask about council tax")
	}
	if last := strings.Join(said, "\n"); !strings.Contains(last, "a person will take it from here") {
		t.Errorf("the third time is said %q", last)
	}
	if _, err := h.store.OpenConversation(t.Context(), gateway.Partner{Person: "P1"}); err == nil {
		t.Error("the dialog goes on")
	}
}

// A wish for a person is understood as people write it, and what came with it
// is kept for that person.
func TestAPersonIsAskedForInTheMiddleOfADialog(t *testing.T) {
	for text, answers := range map[string]string{
		"can i just speak to somebody please":                               `{"direction": "down"}`,
		"£410 a week, can someone ring me":                                  `{"direction": "down", "pay": {"amount": "410.00", "period": "week"}}`,
		"it is £410 a week now. I want to talk to a real person please":     `{"direction": "down", "pay": {"amount": "410.00", "period": "week"}}`,
		"dwi eisiau siarad efo rhywun, ddim efo peiriant os gwelwch yn dda": `{"direction": "down"}`,
	} {
		t.Run(text, func(t *testing.T) {
			h := understood(t)
			c := h.opened("P1")
			h.text(payingPhone, text)
			ended, err := h.store.Conversation(t.Context(), c.ID)
			if err != nil || ended.Outcome != "handoff" {
				t.Fatalf("the conversation: %+v, %v", ended, err)
			}
			var state dialogs.State
			if err := state.UnmarshalBinary(ended.State); err != nil {
				t.Fatal(err)
			}
			if got := string(dialogOf(t, h, "income-change").AnswersJSON(state)); got != answers {
				t.Errorf("kept %s, want %s", got, answers)
			}
		})
	}
}
