package gateway

import (
	"strings"
	"time"
)

// escalation is when an unreleased danger hold is due to be looked at.
const escalation = time.Hour

// answer is what a kind of danger is answered with, and nothing else.
func (d Danger) answer() say {
	switch d {
	case Watched:
		return sayWatched
	case SelfHarm:
		return saySelfHarm
	case Threat:
		return sayThreat
	default:
		return sayDanger
	}
}

// offersNumbers reports whether support numbers go with the answer.
func (d Danger) offersNumbers() bool { return d == Abuse || d == ChildAtRisk || d == SelfHarm }

// danger interrupts everything: one answer, an urgent work item, and a hold on
// what is sent automatically until a specialist releases it.
func (t *taking) danger() {
	t.kind("danger")
	t.alarm("")
	t.answerDanger(Safety)
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
	text := t.reading.Danger.answer().words(t.language(), "")
	if t.person != "" && t.turn.OptOut == nil && t.reading.Danger.offersNumbers() {
		text += " " + sayOffer.words(t.language(), "")
	}
	t.reply(text, subject)
}

// held keeps what somebody says on whom a hold lies. Support numbers and
// PERSON still work; the dialog waits.
func (t *taking) held() {
	t.kind("held")
	kind := Danger(t.sender.Held)
	switch word := strings.Trim(strings.TrimSpace(t.in.Text), "."); {
	case word == "1" && kind.offersNumbers():
		t.reply(supportNumbers(t.language(), t.nation()), Safety)
		return
	case t.reading.Intent == speakToPerson:
		t.work(WorkItem{Kind: DangerWork, Urgent: true, Detail: "asks for a person while held"})
		t.reply(sayHandedOver.words(t.language(), t.promised()), Safety)
		return
	}
	t.work(WorkItem{Kind: DangerWork, Urgent: true, Detail: "wrote again while held"})
}
