package chaos

import (
	"fmt"
	"slices"
	"strings"
)

// Count names one thing that must never happen.
type Count string

// The counts, in the order of the table. Each must be 0.
const (
	Lost      Count = "messages lost"
	Doubled   Count = "turns doubled"
	Twice     Count = "messages sent twice"
	Inverted  Count = "order inversions"
	Repeated  Count = "questions repeated"
	Disclosed Count = "disclosures"
	Unsafe    Count = "unsafe sends"
	Mistimed  Count = "timers missed or doubled"
	Unowned   Count = "unowned work"
	Pressed   Count = "words to who is in danger"
	Untold    Count = "notices missed or doubled"
	Overtaken Count = "replies behind notices"
)

// Counts are all of them.
func Counts() []Count {
	return []Count{Lost, Doubled, Twice, Inverted, Repeated, Disclosed, Unsafe, Mistimed, Unowned, Pressed, Untold, Overtaken}
}

// Finding is one thing that happened and must not.
type Finding struct {
	Count  Count
	Detail string // ids and counts, never a text
}

// keptKind is what the database calls a message that is stored and has had no
// turn yet.
const keptKind = "waiting for its turn"

// turn is one turn of a conversation.
type turn struct {
	conversation string
	number       int
}

// judge collects findings about a record.
type judge struct {
	Record
	findings []Finding
	parents  map[string]Parent   // by person
	owners   map[Address]string  // persons
	outgoing map[string]Outgoing // by id
	heard    map[string]int      // messages by id: how often
	work     map[string]bool     // messages with a work item
	needing  map[string]bool     // people with a work item

	endangered map[string]bool // people of whom a specialist is told
}

// Judge compares what was seen with what is stored, once all has come to rest.
func Judge(r Record) []Finding {
	j := &judge{
		Record: r, parents: map[string]Parent{}, owners: map[Address]string{}, outgoing: map[string]Outgoing{},
		heard: map[string]int{}, work: map[string]bool{}, needing: map[string]bool{}, endangered: map[string]bool{},
	}
	for _, p := range r.Parents {
		j.parents[p.Person] = p
		for _, a := range p.Addresses {
			j.owners[a] = p.Person
		}
	}
	for _, o := range r.Ledger.Outgoing {
		j.outgoing[o.ID] = o
	}
	for _, h := range r.Heard {
		if h.Message != "" {
			j.heard[h.Message]++
		}
	}
	for _, w := range r.Ledger.Work {
		j.work[w.Message], j.needing[w.Person] = true, true
		if w.Kind == "danger" {
			j.endangered[w.Person] = true
		}
	}
	for _, check := range []func(){j.saidIsStored, j.turnsAreOne, j.repliesArrive, j.inOrder, j.askedOnce, j.keptApart, j.safe, j.onTime, j.owned, j.leftInPeace, j.told, j.repliesFirst} {
		check()
	}
	return j.findings
}

func (j *judge) find(c Count, format string, values ...any) {
	j.findings = append(j.findings, Finding{c, fmt.Sprintf(format, values...)})
}

// saidIsStored: what was taken from a parent is stored, each message once
// however often it was delivered, and has had its turn.
func (j *judge) saidIsStored() {
	type source struct{ person, channel string }
	said, unsure, stored := map[source]int{}, map[source]int{}, map[source]int{}
	for _, s := range j.Said {
		if s.Unsure {
			unsure[source{s.Person, s.Channel}]++
		} else {
			said[source{s.Person, s.Channel}]++
		}
	}
	for _, in := range j.Ledger.Inbound {
		stored[source{in.Person, in.Channel}]++
		if in.Kind == keptKind {
			j.find(Lost, "message %s is kept and had no turn", in.ID)
		}
	}
	for from, n := range said {
		if n > stored[from] {
			j.find(Lost, "%s said %d by %s, %d are stored", from.person, n, from.channel, stored[from])
		}
	}
	for from, n := range stored {
		if n > said[from]+unsure[from] {
			j.find(Doubled, "%s said %d by %s, %d are stored", from.person, said[from], from.channel, n)
		}
	}
}

// turnsAreOne: a message makes one turn, a turn is made by one message, and a
// conversation leads to one report of a kind.
func (j *judge) turnsAreOne() {
	turns, providers, reports := map[turn]string{}, map[string]string{}, map[Report]string{}
	for _, in := range j.Ledger.Inbound {
		if in.Conversation != "" {
			t := turn{in.Conversation, in.Turn}
			if other := turns[t]; other != "" {
				j.find(Doubled, "messages %s and %s share a turn", other, in.ID)
			}
			turns[t] = in.ID
		}
		id := in.Channel + "/" + in.ProviderID
		if other := providers[id]; other != "" && in.ProviderID != "" {
			j.find(Doubled, "messages %s and %s are the same one", other, in.ID)
		}
		providers[id] = in.ID
	}
	for _, r := range j.Ledger.Reports {
		of := Report{Conversation: r.Conversation, Kind: r.Kind}
		if other := reports[of]; other != "" {
			j.find(Doubled, "reports %s and %s are of one conversation", other, r.ID)
		}
		reports[of] = r.ID
	}
}

// repliesArrive: every turn that a message made has said something; what the database calls passed
// on was seen, once; and nothing that may be sent by now is still under way.
func (j *judge) repliesArrive() {
	answered, begun, led := map[turn]bool{}, map[string]int{}, map[string]bool{}
	for _, c := range j.Ledger.Conversations {
		led[c.ID] = c.led()
	}
	for _, o := range j.Ledger.Outgoing {
		answered[turn{o.Conversation, o.Turn}] = true
		if o.Turn == 1 {
			begun[o.Person]++
		}
		switch o.Status {
		case "accepted", "sent", "delivered", "undelivered":
			if j.heard[o.ID] == 0 && o.Channel != "voice" { // a call does not tell which message it reads
				j.find(Lost, "message %s is %s and nobody saw it", o.ID, o.Status)
			}
		case "queued", "claimed", "sending":
			j.find(Lost, "message %s is still %s", o.ID, o.Status)
		}
	}
	for _, in := range j.Ledger.Inbound {
		if in.Conversation != "" && !answered[turn{in.Conversation, in.Turn}] && !(led[in.Conversation] && begun[in.Person] > 1) { // the other speaks, elsewhere when its call broke off just then
			j.find(Lost, "turn %d of %s said nothing to %s by %s (%s)", in.Turn, in.Conversation, in.Person, in.Channel, in.Kind)
		}
	}
	for _, p := range j.Parents {
		if p.Waits && !j.needing[p.Person] {
			j.find(Lost, "%s waits for an answer, and nobody knows", p.Person)
		}
	}
	for id, times := range j.heard {
		if times > 1 {
			j.find(Twice, "message %s was passed on %d times", id, times)
		}
	}
}

// inOrder: on each address the messages of a conversation come in the order of
// its turns.
func (j *judge) inOrder() {
	type line struct {
		to           Address
		conversation string
	}
	last := map[line]int{}
	for _, h := range j.Heard {
		o := j.outgoing[h.Message]
		of := line{h.To, o.Conversation}
		if o.Conversation == "" || o.Turn == 0 { // 0: beside the turns, as the answer to danger
			continue
		}
		if o.Turn < last[of] {
			j.find(Inverted, "message %s (%s) of turn %d came to %s by %s after one of turn %d", o.ID, o.Subject, o.Turn, o.Person, h.To.Channel, last[of])
		}
		last[of] = max(last[of], o.Turn)
	}
}

// askedOnce: simulated parents answer what they are asked in words that are
// understood, so two messages of one conversation never say the same.
func (j *judge) askedOnce() {
	type words struct{ person, conversation, text string }
	said := map[words]string{}
	for _, h := range j.Heard {
		o := j.outgoing[h.Message]
		if o.Campaign != "" { // another channel is tried with the same words
			continue
		}
		w := words{o.Person, o.Conversation, h.Text}
		if other := said[w]; other != "" && other != h.Message {
			j.find(Repeated, "messages %s and %s say the same", other, h.Message)
		}
		said[w] = h.Message
	}
}

// keptApart: a parent's own words reach no address but theirs.
func (j *judge) keptApart() {
	owner := map[string]string{}
	for _, p := range j.Parents {
		for _, secret := range p.Secrets {
			owner[secret] = p.Person
		}
	}
	apart := func(r rune) bool { return strings.ContainsRune(" \n\t,;:()[]!?\"'", r) }
	for _, h := range j.Heard {
		for _, word := range strings.FieldsFunc(h.Text, apart) {
			whose := owner[strings.TrimRight(word, ".")]
			if whose != "" && whose != j.owners[h.To] {
				j.find(Disclosed, "message %s tells %s a secret of %s", h.Message, j.owners[h.To], whose)
			}
		}
		if o := j.outgoing[h.Message]; o.Person != "" && o.Person != j.owners[h.To] {
			j.find(Disclosed, "message %s to %s came to %s", h.Message, o.Person, j.owners[h.To])
		}
	}
}

// safe: nothing comes on a channel or at an hour that is not safe, nor by text
// after STOP.
func (j *judge) safe() {
	for _, h := range j.Heard {
		p := j.parents[j.owners[h.To]]
		switch {
		case !slices.Contains(p.Safe, h.To.Channel):
			j.find(Unsafe, "message %s came to %s by %s", h.Message, p.Person, h.To.Channel)
		case p.Asleep:
			j.find(Unsafe, "message %s came to %s, who sleeps", h.Message, p.Person)
		case !p.Stopped.IsZero() && h.To.Channel == "sms" && h.At.After(p.Stopped):
			j.find(Unsafe, "message %s came to %s after STOP", h.Message, p.Person)
		}
	}
}
