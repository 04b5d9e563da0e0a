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

// offersNumbers reports whether "Reply 1 for support numbers" was said.
func (d Danger) offersNumbers() bool { return d == Abuse || d == ChildAtRisk || d == SelfHarm }

// danger interrupts everything: one answer, an urgent work item, and a hold on
// what is sent automatically until a specialist releases it.
func (t *taking) danger() {
	t.kind("danger")
	t.hold()
	t.work(WorkItem{Kind: DangerWork, Urgent: true, Detail: string(t.reading.Danger)})
	t.reply(t.reading.Danger.answer().words(t.language(), ""), Safety)
}

func (t *taking) hold() {
	t.turn.Hold = &Hold{ID: t.g.NewID(), Person: t.person, Kind: string(t.reading.Danger), At: t.now}
	if t.sender.Open != nil {
		t.turn.Hold.Case = t.sender.Open.Case
	}
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
		t.reply(sayHandedOver.words(t.language(), t.promised()), Safety)
	}
	t.work(WorkItem{Kind: DangerWork, Urgent: true, Detail: "wrote again while held"})
}
