package gateway

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
)

// escalation is when an unreleased danger hold is due to be looked at.
const escalation = time.Hour

// danger interrupts everything: one answer, an urgent work item, and a hold on
// what is sent automatically until a specialist releases it.
func (t *taking) danger() {
	t.kind("danger")
	t.alarm("")
	t.answerDanger(Safety)
}

// worry has somebody read a message that may be of danger and may be nothing.
// The person is answered as ever.
func (t *taking) worry() {
	if t.reading.Danger == NoDanger && t.reading.Worry != NoDanger {
		t.work(WorkItem{Kind: WorryWork, Detail: string(t.reading.Worry)})
	}
}

// alarm calls a specialist, and holds what is sent automatically to the person
// if it is known who writes. A hold without a case is on all of theirs.
func (t *taking) alarm(circumstance string) {
	t.work(WorkItem{Kind: DangerWork, Urgent: true, Detail: circumstance + string(t.reading.Danger)})
	if t.person == "" {
		return
	}
	t.turn.Hold = &Hold{ID: t.g.NewID(), Person: t.person, Kind: string(t.reading.Danger), At: t.now}
	if c := t.open(); c != nil {
		t.turn.Hold.Case = c.Case
	}
}

// answerDanger says what there is to say. Support numbers are offered only
// where "1" will be understood: not to a stranger, and not after STOP.
func (t *taking) answerDanger(subject Subject) {
	text, err := t.safety(t.reading.Danger, t.person != "" && t.turn.OptOut == nil)
	if err != nil { // the least that may be said to anybody
		t.g.Log.Error("danger is answered without the words for it", "kind", string(t.reading.Danger), "error", err)
		text = sayWatched.words(t.language(), "")
	}
	t.reply(text, subject)
}

// safetyDialog holds the words for people in danger.
const safetyDialog = "safety"

var (
	errNoSafety  = errors.New("there is no dialog " + safetyDialog)
	errNoReplies = errors.New("the dialog " + safetyDialog + " takes no reply to this")
)

// safety is what that dialog says to a kind of danger, and then to replies. No
// conversation is kept of it: it depends on no more than the kind, which the
// hold keeps. It offers nothing to whom nobody would understand.
func (t *taking) safety(kind Danger, understood bool, replies ...string) (string, error) {
	d, ok := t.g.library.named(safetyDialog)
	if !ok {
		return "", errNoSafety
	}
	in := dialogs.Input{Event: dialogs.Begin, Facts: dialogs.Facts{
		Today: t.g.calendar.day(t.now), HandoffBy: t.g.calendar.day(t.g.calendar.promised(t.now).handoff),
		Channel: string(t.in.From.Channel), Language: t.language(), Nation: strings.ReplaceAll(string(t.nation()), "_", " "),
		Identity: directory.Unknown.String(), Given: map[string]string{"kind": string(kind)},
	}}
	if understood {
		in.Facts.Identity = directory.Known.String()
	}
	out, err := d.Advance(dialogs.State{}, in)
	for _, reply := range replies {
		if err == nil && out.End != nil {
			err = errNoReplies
		}
		if err == nil {
			in.Event, in.Text = dialogs.Said, reply
			out, err = d.Advance(out.State, in)
		}
	}
	if err != nil {
		return "", fmt.Errorf("answering danger: %w", err)
	}
	var words []string
	for _, m := range out.Messages {
		words = append(words, m.Text(in.Facts.Channel))
	}
	return strings.Join(words, " "), nil
}

// held keeps what somebody says on whom a hold lies. Support numbers and
// PERSON still work; the dialog waits.
func (t *taking) held() {
	t.kind("held")
	if strings.Trim(strings.TrimSpace(t.in.Text), ".") == "1" {
		if numbers, err := t.safety(Danger(t.sender.Held), true, "1"); err == nil {
			t.reply(numbers, Safety)
			return
		}
	}
	if t.reading.Intent == speakToPerson {
		t.work(WorkItem{Kind: DangerWork, Urgent: true, Detail: "asks for a person while held"})
		t.reply(sayHandedOver.words(t.language(), t.urgently()), Safety)
		return
	}
	t.work(WorkItem{Kind: DangerWork, Urgent: true, Detail: "wrote again while held"})
}
