package simulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// bubble is a message as a telephone shows it.
type bubble struct {
	SID     string    `json:"sid"`
	Phone   string    `json:"phone"` // the number of the telephone that shows it
	Mine    bool      `json:"mine"`  // written by the telephone's owner
	Words   string    `json:"words"`
	At      time.Time `json:"at"`
	Status  string    `json:"status"` // in words
	Arrived bool      `json:"arrived"`
	Failed  bool      `json:"failed"`
	Parts   string    `json:"parts"` // "2 parts, GSM-7"
}

func newBubble(m Message) bubble {
	return bubble{
		SID:     m.SID,
		Phone:   m.Phone(),
		Mine:    m.Direction == Inbound,
		Words:   m.SMS.Text,
		At:      m.Created.UTC(),
		Status:  statusWords(m),
		Arrived: m.Status == Delivered || m.Status == Received,
		Failed:  m.Status == Failed || m.Status == Undelivered,
		Parts:   partsWords(m),
	}
}

func statusWords(m Message) string {
	switch m.Status {
	case Queued:
		return "Queued"
	case Sent:
		return "Sent"
	case Delivered:
		return "Delivered"
	case Receiving:
		return "Sending"
	case Received:
		return "Received"
	case Failed:
		if m.Direction == Inbound {
			return "Not received, error " + strconv.Itoa(m.ErrorCode)
		}
		return "Failed, error " + strconv.Itoa(m.ErrorCode)
	default:
		return "Not delivered, error " + strconv.Itoa(m.ErrorCode)
	}
}

func partsWords(m Message) string {
	parts := "parts"
	if m.SMS.Segments == 1 {
		parts = "part"
	}
	return fmt.Sprintf("%d %s, %s", m.SMS.Segments, parts, m.SMS.Encoding)
}

// heartbeat is how often a quiet stream says that it lives: often enough for
// every proxy.
const heartbeat = 15 * time.Second

// maxHistory is how many texts that there were a page is shown.
const maxHistory = 500

// stream sends what the telephones of a case show, first what there is and then
// each change, as Server-Sent Events (HTML Living Standard section 9.2): "text"
// with a bubble, and "ready" after those there were.
func (p *Phones) stream(w http.ResponseWriter, r *http.Request) {
	people, err := p.config.People(r.Context())
	if err != nil {
		http.Error(w, "The people could not be read.", http.StatusInternalServerError)
		return
	}
	var numbers []string
	for _, person := range people {
		if person.Case == r.FormValue("case") && person.Number != "" {
			numbers = append(numbers, person.Number)
		}
	}
	history, updates, stop := p.config.Twilio.Watch(numbers...)
	defer stop()

	connection := http.NewResponseController(w)
	_ = connection.SetWriteDeadline(time.Time{}) // a stream outlives the server's limit for an answer
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = fmt.Fprint(w, "retry: 1000\n\n")
	for _, m := range history[max(0, len(history)-maxHistory):] {
		writeBubble(w, m)
	}
	_, _ = fmt.Fprint(w, "event: ready\ndata: {}\n\n")

	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	for {
		if err := connection.Flush(); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-alive.C:
			_, _ = fmt.Fprint(w, ": still here\n\n")
		case m, open := <-updates:
			if !open {
				return // the page connects again and sees what it missed
			}
			writeBubble(w, m)
		}
	}
}

// writeBubble relies on Flush to notice that nobody reads any more.
func writeBubble(w http.ResponseWriter, m Message) {
	data, err := json.Marshal(newBubble(m))
	if err != nil {
		return
	}
	_, _ = fmt.Fprintf(w, "event: text\ndata: %s\n\n", data)
}
