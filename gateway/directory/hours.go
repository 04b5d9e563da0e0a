package directory

import (
	"fmt"
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

// Next returns the first moment at or after t (in Europe/London, which t must
// carry as its location) that is within the hours. It follows the clock on the
// wall through both clock changes.
func (h Hours) Next(t time.Time) time.Time {
	if h.Contains(t.Hour()*60 + t.Minute()) {
		return t
	}
	for day := 0; ; day++ {
		open := time.Date(t.Year(), t.Month(), t.Day()+day, h.From/60, h.From%60, 0, 0, t.Location())
		if !open.Before(t) {
			return open
		}
	}
}

// MarshalText gives "09:00-17:30", and nothing for the whole day.
func (h Hours) MarshalText() ([]byte, error) {
	if h == (Hours{}) {
		return nil, nil
	}
	return fmt.Appendf(nil, "%02d:%02d-%02d:%02d", h.From/60, h.From%60, h.To/60, h.To%60), nil
}

// UnmarshalText reads "09:00-17:30"; nothing is the whole day.
func (h *Hours) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*h = Hours{}
		return nil
	}
	var fromHour, fromMinute, toHour, toMinute int
	n, err := fmt.Sscanf(string(text), "%d:%d-%d:%d", &fromHour, &fromMinute, &toHour, &toMinute)
	from, to := fromHour*60+fromMinute, toHour*60+toMinute
	if err != nil || n != 4 || fromMinute > 59 || toMinute > 59 || from < 0 || to < 0 || from > 24*60 || to > 24*60 {
		return fmt.Errorf("hours %q: want the form 09:00-17:30", text)
	}
	*h = Hours{From: from, To: to % (24 * 60)}
	if from == 0 && to == 24*60 {
		*h = Hours{}
	}
	return nil
}
