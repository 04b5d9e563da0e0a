package simulator

import "time"

// Fault is what goes wrong with a message sent to a number. The zero Fault is
// a good day.
type Fault struct {
	Delay time.Duration // before anything is done with the request

	// What the request meets, at most one of them:
	Page       int           // an HTML page with this HTTP status; the message is not taken
	Reject     int           // Twilio's error code of a refusal; the message is not taken
	RetryAfter time.Duration // said with Reject 20429
	Hang       bool          // the message is taken and the answer never comes
	Drop       bool          // the message is not taken and the answer never comes

	// What becomes of a message that was taken:
	Undelivered int  // the error code of "sent, undelivered"
	Failed      int  // the error code of "failed"
	Silent      bool // no status is ever called back
	Shuffled    bool // the final status is called back first
	Duplicated  bool // every status is called back twice

	// Times is how many requests the fault is for; then all is well. 0: all.
	Times int
}

// numberFault is a fault that was set for a number, and how often it was met.
type numberFault struct {
	fault Fault
	met   int
}

// SetFault sets what goes wrong from now on with messages to a number, instead
// of what Faults in the configuration says. The zero Fault heals a number.
func (t *Twilio) SetFault(number string, fault Fault) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults[number] = &numberFault{fault: fault}
}

func (t *Twilio) faultFor(number string) Fault {
	t.mu.Lock()
	set := t.faults[number]
	if set == nil {
		t.mu.Unlock()
		return t.config.Faults(number)
	}
	defer t.mu.Unlock()
	set.met++
	if set.fault.Times > 0 && set.met > set.fault.Times {
		return Fault{}
	}
	return set.fault
}

// DramaFault is the fault of a number in the range that Ofcom keeps for drama
// (07700 900000 to 900999), so that a seeded case can have bad luck of a known
// kind. All other numbers work.
// https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
func DramaFault(number string) Fault {
	switch number {
	// The request goes wrong.
	case "+447700900901": // too many requests
		return Fault{Reject: 20429, RetryAfter: time.Second}
	case "+447700900902": // a broken proxy
		return Fault{Page: 500}
	case "+447700900903": // taken, but nobody knows
		return Fault{Hang: true}
	case "+447700900904": // slow
		return Fault{Delay: 2 * time.Second}

	// The number is refused.
	case "+447700900911":
		return Fault{Reject: 21211} // not a phone number
	case "+447700900912":
		return Fault{Reject: 21610} // opted out with Twilio, not with us
	case "+447700900913":
		return Fault{Reject: 21614} // not a mobile

	// The carrier does not deliver.
	case "+447700900923":
		return Fault{Undelivered: 30003} // handset unreachable
	case "+447700900924":
		return Fault{Undelivered: 30004} // blocked
	case "+447700900925":
		return Fault{Undelivered: 30005} // handset unknown
	case "+447700900926":
		return Fault{Undelivered: 30006} // landline, or carrier unreachable
	case "+447700900927":
		return Fault{Undelivered: 30007} // filtered by the carrier
	case "+447700900928":
		return Fault{Undelivered: 30008} // no reason given
	case "+447700900921":
		return Fault{Failed: 30001} // Twilio's own queue is full
	case "+447700900922":
		return Fault{Failed: 30002} // the account is suspended

	// The callbacks are odd.
	case "+447700900931":
		return Fault{Shuffled: true}
	case "+447700900932":
		return Fault{Duplicated: true}
	case "+447700900933":
		return Fault{Shuffled: true, Duplicated: true}
	case "+447700900934":
		return Fault{Silent: true}
	}
	return Fault{}
}
