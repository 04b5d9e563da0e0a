package directory

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Hours are a part of every day, Europe/London time: from From up to but not
// including To, in minutes after midnight. The zero value is the whole day.
// The text form is "09:00-17:30"; hours may run over midnight ("22:00-06:00").
type Hours struct{ From, To int }

// Contains reports whether a moment on the clock, in minutes after midnight,
// is within the hours.
func (h Hours) Contains(minute int) bool {
	switch {
	case h.From == h.To:
		return true
	case h.From < h.To:
		return h.From <= minute && minute < h.To
	default:
		return minute >= h.From || minute < h.To
	}
}

// Next returns the first moment at or after t that is within the hours, on the
// clock of t's location, whose offsets are whole hours as those of
// Europe/London are. It follows the clock on the wall through both changes: in
// spring hours that begin in the missing hour begin after it.
func (h Hours) Next(t time.Time) time.Time {
	if h.Contains(minuteOf(t)) {
		return t
	}
	// Hours open at their own minute or, where the clock jumps, at a full hour.
	// No day, a change included, keeps one from opening for two days.
	own := time.Duration(h.From%60) * time.Minute
	for hour := t.Truncate(time.Hour); hour.Sub(t) < 48*time.Hour; hour = hour.Add(time.Hour) {
		for _, open := range [...]time.Time{hour, hour.Add(own)} {
			if open.After(t) && h.Contains(minuteOf(open)) {
				return open
			}
		}
	}
	return t
}

func minuteOf(t time.Time) int { return t.Hour()*60 + t.Minute() }

// MarshalText gives "09:00-17:30", and nothing for the whole day.
func (h Hours) MarshalText() ([]byte, error) {
	if h == (Hours{}) {
		return nil, nil
	}
	return fmt.Appendf(nil, "%02d:%02d-%02d:%02d", h.From/60, h.From%60, h.To/60, h.To%60), nil
}

// errHours is words for people that follow a field's name.
var errHours = errors.New("must be hours such as 09:00-17:30")

// UnmarshalText reads "09:00-17:30", where 24:00 is the end of the day and
// nothing is the whole day.
func (h *Hours) UnmarshalText(text []byte) error {
	*h = Hours{}
	if len(text) == 0 {
		return nil
	}
	begins, ends, _ := strings.Cut(string(text), "-")
	from, ok := readClock(begins)
	to, ok2 := readClock(ends)
	if !ok || !ok2 || from == to || from == wholeDay {
		return errHours
	}
	*h = Hours{From: from, To: to % wholeDay}
	return nil
}

const wholeDay = 24 * 60

// readClock reads "09:00" as minutes after midnight, up to 24:00.
func readClock(text string) (minutes int, ok bool) {
	if text == "24:00" {
		return wholeDay, true
	}
	t, err := time.Parse("15:04", text)
	return minuteOf(t), err == nil && len(text) == len("09:00")
}
