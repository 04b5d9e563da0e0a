package answers

import "parley/templates"

// Context is what a reader may know beside the words.
type Context struct {
	// Today is the civil date in Europe/London. Without it no relative date
	// ("yesterday", "3 November") can be read.
	Today Date

	// Language is that of the conversation. It breaks ties only ("cant" is a
	// hundred in Welsh and a refusal in English).
	Language templates.Language

	// Lean tells on which side of today a date without a year is looked for.
	Lean Lean
}

// Lean is the side of today that a question asks about.
type Lean uint8

// A question such as "when did your pay change?" leans to the past.
const (
	Either Lean = iota
	Past
	Future
)
