package console

import (
	"time"

	"parley/templates"
)

// clockWords write times for people, in London and in a page's language.
type clockWords struct {
	language templates.Language
	london   *time.Location
	now      func() time.Time
}

// date is "3 November 2026", and nothing for no time.
func (c clockWords) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	year, month, day := t.In(c.london).Date()
	return c.language.Date(year, int(month), day)
}

// clock is "14:05".
func (c clockWords) clock(t time.Time) string { return t.In(c.london).Format("15:04") }

// when is "today, 14:05" or "3 November 2026, 14:05".
func (c clockWords) when(t time.Time) (string, error) {
	switch day := c.date(t); day {
	case "":
		return "", nil
	case c.date(c.now()):
		return say(c.language, "clock.today", c.clock(t))
	default:
		return day + ", " + c.clock(t), nil
	}
}

// iso is a time as machines read it, for <time datetime>.
func (c clockWords) iso(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// ago is how long ago something was: "5 min", "3 h", "2 days".
func (c clockWords) ago(t time.Time) (string, error) { return c.span(c.now().Sub(t)) }

func (c clockWords) span(d time.Duration) (string, error) {
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return say(c.language, "ago.now")
	case d < time.Hour:
		return say(c.language, "ago.minutes", int(d.Minutes()))
	case d < day:
		return say(c.language, "ago.hours", int(d.Hours()))
	case d < 2*day:
		return say(c.language, "ago.day")
	default:
		return say(c.language, "ago.days", int(d/day))
	}
}

// A deadline is when something is due, in words and with the colour of its tag.
type deadline struct {
	Words  string // "3 h left", "2 days late"
	Colour string // of GOV.UK's tags; never the only sign
	Late   bool
}

// soon is how long before its time something is marked.
const soon = 24 * time.Hour

// due tells how near a deadline is.
func (c clockWords) due(t time.Time) (deadline, error) {
	if t.IsZero() {
		words, err := say(c.language, "due.none")
		return deadline{Words: words, Colour: "grey"}, err
	}
	left := t.Sub(c.now())
	made := deadline{Colour: "grey", Late: left < 0}
	key := "due.left"
	switch {
	case made.Late:
		made.Colour, key, left = "red", "due.late", -left
	case left < soon:
		made.Colour = "yellow"
	}
	// The shortest time that there is, rather than "just now late".
	span, err := c.span(max(left, time.Minute))
	if err != nil {
		return made, err
	}
	made.Words, err = say(c.language, key, span)
	return made, err
}
