package console

import (
	"regexp"
	"strings"
	"time"
)

// occasion is what a notice is about: the kind, and the day if it is of one.
type occasion struct{ Kind, Day string }

// occasionDay is the day in an occasion's id, like "due 2026-12-15".
var occasionDay = regexp.MustCompile(`\d{4}-\d\d-\d\d`)

// readOccasion reads an occasion's id, as gateway/schedule makes it.
func (c *Console) readOccasion(r *request, id string) occasion {
	kind, _, _ := strings.Cut(id, " ")
	if strings.HasPrefix(id, "other parent") {
		kind = "other parent"
	}
	o := occasion{Kind: kind}
	if at, err := time.Parse(time.DateOnly, occasionDay.FindString(id)); err == nil {
		year, month, day := at.Date()
		o.Day = r.Language.Date(year, int(month), day)
	}
	return o
}
