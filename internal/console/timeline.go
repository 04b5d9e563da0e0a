package console

import (
	"net/url"
	"slices"
	"time"

	"parley/gateway"
)

// timelineLength is how many messages a page of a timeline has.
const timelineLength = 30

// timeline is what was said to and by a person, over all conversations and
// channels that may be seen, the newest last.
type timeline struct {
	Days          []timelineDay
	Earlier, Last string // addresses; empty: there are none before, or this is the last
}

// timelineDay is one day of it.
type timelineDay struct {
	At    time.Time
	Lines []timelineLine
}

// timelineLine is a message.
type timelineLine struct {
	gateway.PersonMessage
	Who   string        // "person", "gateway" or "staff"
	Label gateway.Label // what staff say that it was about; without an ID: nothing
	Taken string        // how it was taken, where no dialog answered what they wrote
	Title string        // of the conversation, where the line before is not of it; or of the notice
}

// timelineOf reads a page of it: up to the message that the query's before
// names, or the last.
func (c *Console) timelineOf(r *request, s *somebody) (timeline, error) {
	before := gateway.MessageID(r.URL.Query().Get("before"))
	messages, err := c.config.Case.Records.PersonMessages(r.Context(), s.person.ID, before, timelineLength+1)
	if err != nil {
		return timeline{}, err
	}
	labels, err := c.labelled(r, s.person.ID, "")
	if err != nil {
		return timeline{}, err
	}
	t := timeline{}
	address := func(values url.Values) string {
		values.Set("case", string(s.file.Reference))
		return r.URL.Path + "?" + values.Encode()
	}
	if before != "" {
		t.Last = address(url.Values{}) + "#newest"
	}
	if len(messages) > timelineLength {
		messages = messages[:timelineLength]
		t.Earlier = address(url.Values{"before": {string(messages[timelineLength-1].ID)}}) + "#newest"
	}
	var last gateway.ConversationID
	day := ""
	for _, m := range slices.Backward(messages) {
		if !s.sees(m.Case) {
			continue
		}
		line := timelineLine{PersonMessage: m, Who: "person", Label: labels[m.ID]}
		switch {
		case m.Out && m.Staff != "":
			line.Who = "staff"
		case m.Out:
			line.Who = "gateway"
		case m.Kind != "turn":
			line.Taken = m.Kind
		}
		if m.Conversation != "" && m.Conversation != last {
			line.Title = c.dialogTitle(r, m.Dialog)
		}
		if m.Conversation != "" {
			last = m.Conversation
		}
		if now := m.At.In(c.london).Format(time.DateOnly); now != day {
			day = now
			t.Days = append(t.Days, timelineDay{At: m.At})
		}
		on := &t.Days[len(t.Days)-1]
		on.Lines = append(on.Lines, line)
	}
	return t, nil
}
