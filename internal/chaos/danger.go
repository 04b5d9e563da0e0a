package chaos

import (
	"strings"
	"time"
)

// onTheWay is how long what had left before somebody was heard to be in danger
// may still be on its way: longer than a send may take.
const onTheWay = 5 * time.Second

// leftInPeace: from the answer to words of danger until a specialist says so,
// that person hears nothing but it and support numbers, and the other parent of
// the case nothing of any conversation and no notice: what they hear may tell.
func (j *judge) leftInPeace() {
	held := map[string][]Parent{} // by case
	for _, p := range j.Parents {
		if !p.Held.From.IsZero() {
			held[p.Case] = append(held[p.Case], p)
		}
	}
	for _, h := range j.Heard {
		to := j.parents[j.owners[h.To]]
		if answersDanger(h.Text) {
			continue
		}
		for _, p := range held[to.Case] {
			if h.At.Before(p.Held.From.Add(onTheWay)) || !p.Held.Until.IsZero() && h.At.After(p.Held.Until) {
				continue
			}
			o := j.outgoing[h.Message]
			if to.Person == p.Person || o.Conversation != "" || o.Campaign != "" || h.Message == "" {
				j.find(Pressed, "message %s came to %s while %s was in danger", h.Message, to.Person, p.Person)
			}
		}
	}
}

// answersDanger reports whether a text is one of the answers to words of danger.
func answersDanger(text string) bool {
	for _, words := range []string{"If anyone is in danger now, call 999", "We have your message.", "Free support, day and night"} {
		if strings.Contains(text, words) {
			return true
		}
	}
	return false
}
