package gateway

import (
	"slices"

	"parley/gateway/routes"
)

// Understanding reads what a message is about, before any dialog reads it as
// an answer. It is pure, quick and safe for concurrent use, and takes any text.
type Understanding interface {
	Read(text string) Reading
}

// Reading is what a message is about. It is recorded with the turn.
type Reading struct {
	Intent       string   `json:"intent"`                 // "none" when unsure
	Confidence   float64  `json:"confidence,omitempty"`   // 0 to 1
	Alternatives []string `json:"alternatives,omitempty"` // other intents that it may be, the likelier first
	Doubt        bool     `json:"doubt,omitempty"`        // the first of them is nearly as likely: better to ask
	Others       []string `json:"others,omitempty"`       // more that the message is about
	Passing      bool     `json:"passing,omitempty"`      // where an answer is waited for, it may as well be a part of one
	Elsewhere    bool     `json:"elsewhere,omitempty"`    // it tells of somebody else's job, pay or home
	Own          bool     `json:"own,omitempty"`          // it tells of the writer's own; neither: not said
	Language     string   `json:"language,omitempty"`     // en, cy; empty when the words tell too little
	Wish         string   `json:"wish,omitempty"`         // how the writer wants to be reached, such as "letter" or "no calls"
	Pointer      string   `json:"pointer,omitempty"`      // who deals with what the service does not, such as "council tax"
	Danger       Danger   `json:"danger,omitempty"`       // interrupts everything
	Worry        Danger   `json:"worry,omitempty"`        // may be danger, too unsure to interrupt: for a person to look at
}

// message is what the table of routes goes by.
func (r Reading) message(text string) routes.Message {
	m := routes.Message{Intent: r.Intent, Wish: r.Wish, Pointer: r.Pointer, Text: text}
	switch {
	case r.Elsewhere:
		m.Of = routes.Other
	case r.Own:
		m.Of = routes.Own
	}
	return m
}

// doubts reports whether a message may as well be about the first alternative,
// and not about both.
func (r Reading) doubts() bool {
	return r.Doubt && len(r.Alternatives) > 0 && !slices.Contains(r.Others, r.Alternatives[0])
}

// others are the matters that a message is about beside the first, the last of
// them how its writer wants to be reached.
func (r Reading) others() []Reading {
	var list []Reading
	for _, intent := range r.Others {
		list = append(list, Reading{Intent: intent})
	}
	if r.Wish != "" {
		list = append(list, Reading{Intent: noIntent, Wish: r.Wish})
	}
	return list
}

// strangersFrom is the confidence from which somebody is taken for another than
// the person whom we meant: it closes their address, and "who is this?" may be
// asked by anybody.
const strangersFrom = 0.85

// strangers reports whether the writer is surely not the person whom we meant.
func (r Reading) strangers() bool { return r.Intent == wrongPerson && r.Confidence >= strangersFrom }

// leads reports whether a message may lead away from a dialog which waits for
// an answer: not when it is told of somebody else, or may be a part of one.
func (r Reading) leads() bool {
	return !r.Passing && !r.Elsewhere && r.Intent != noIntent && r.Intent != wrongPerson
}

// personFrom is the confidence from which somebody wants a person, whatever
// else they write with it.
const personFrom = 0.9

// wantsPerson reports whether the writer plainly wishes for a person, which is
// a part of no answer.
func (r Reading) wantsPerson() bool { return r.Intent == speakToPerson && r.Confidence >= personFrom }

const noIntent = "none"

// Danger is a kind of danger; see danger.go for what each leads to.
type Danger string

// The kinds. The empty Danger is none.
const (
	NoDanger    Danger = ""
	Watched     Danger = "watched"
	Abuse       Danger = "abuse"
	ChildAtRisk Danger = "child at risk"
	SelfHarm    Danger = "self-harm"
	Threat      Danger = "threat"
)
