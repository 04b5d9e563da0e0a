package simulator

import "strings"

// Twilio's answers to its keywords, shortened in the way of its own defaults.
const (
	stopAnswer = "You have successfully been unsubscribed. You will not receive any more messages from this number. " +
		"Reply START to resubscribe."
	startAnswer = "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe."
	helpAnswer  = "Reply STOP to unsubscribe."
)

// answerKeyword keeps the opt-out list when a text is a keyword and nothing
// else, and returns Twilio's own answer, "" for none. START says nothing to
// who never stopped, and HELP nothing to who did. The text still reaches the
// gateway.
// https://help.twilio.com/articles/223134027
func (t *Twilio) answerKeyword(from, to, body string) string {
	if !t.config.Keywords {
		return ""
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	who := pair{from: to, to: from} // as we would send to them
	switch strings.ToUpper(strings.TrimSpace(body)) {
	case "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT":
		t.optedOut[who] = true
		return stopAnswer
	case "START", "YES", "UNSTOP":
		if t.optedOut[who] {
			delete(t.optedOut, who)
			return startAnswer
		}
	case "HELP", "INFO":
		if !t.optedOut[who] {
			return helpAnswer
		}
	}
	return ""
}

// OptedOut reports whether Twilio refuses to send to a number (error 21610)
// because a STOP came from it.
func (t *Twilio) OptedOut(number string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.optedOut[pair{from: t.config.Number, to: number}]
}
