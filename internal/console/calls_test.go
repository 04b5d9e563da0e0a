package console

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"parley/gateway"
	"parley/gateway/directory"
)

// exchange is a telephone exchange that remembers whom it rang.
type exchange struct {
	rang []string // the call, then the telephone
	dead bool
	left string // a voicemail, if any
}

func (e *exchange) Ring(_ context.Context, call gateway.VisitID, telephone string) error {
	if e.dead {
		return errors.New("nobody can be rung")
	}
	e.rang = append(e.rang, string(call)+" "+telephone)
	return nil
}

func (e *exchange) Voicemail(context.Context, gateway.VisitID) (gateway.File, io.ReadCloser, error) {
	if e.left == "" {
		return gateway.File{}, nil, gateway.ErrNotFound
	}
	return gateway.File{Type: "audio/wav"}, io.NopCloser(strings.NewReader(e.left)), nil
}

// Whoever takes a call is rung, and again when they ask for it: also where there
// is danger.
func TestWhoTakesACallIsRung(t *testing.T) {
	for _, c := range []struct {
		name  string
		kind  gateway.WorkItemKind
		staff directory.StaffID
		dead  bool
		says  string
		rang  []string
	}{
		{"a call", gateway.CallWork, "noor", false, "Your telephone rings", []string{"C1 +441632960997", "C1 +441632960997"}},
		{"a call with danger", gateway.DangerWork, "noor", false, "Your telephone rings", []string{"C1 +441632960997", "C1 +441632960997"}},
		{"no line", gateway.CallWork, "noor", true, "could not be rung", nil},
		{"no telephone", gateway.CallWork, "amara", false, "nobody knows your telephone", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			line := &exchange{dead: c.dead}
			h := newHouse(t, func(config *Config) { config.Calls = line })
			team := h.config.Roster.Staff(c.staff).Teams[0]
			call := task("T1", c.kind, team, h.now)
			call.Key = "call/C1"
			h.work.holds(call)
			tab := h.signIn(t, c.staff)
			tab.post("/console/tasks/T1/accept", "version", "1")
			wants(t, "taken", tab.get("/console/tasks/T1"), http.StatusOK, c.says, "Ring my telephone again")
			tab.post("/console/tasks/T1/ring", "version", "2")
			if !slices.Equal(line.rang, c.rang) {
				t.Errorf("rang %v, want %v", line.rang, c.rang)
			}
		})
	}
}

// A voicemail is listened to on the page of its task, and that is recorded.
func TestAVoicemailIsHeard(t *testing.T) {
	line := &exchange{}
	h := newHouse(t, func(config *Config) { config.Calls = line })
	left := task("T1", gateway.VoicemailWork, "leeds-2", h.now)
	left.Key = "voicemail/C1"
	h.work.holds(left)
	amara := h.signIn(t, "amara")
	wants(t, "the page", amara.get("/console/tasks/T1"), http.StatusOK, `<audio controls`, "!Ring my telephone again")
	wants(t, "before it was fetched", amara.get("/console/tasks/T1/voicemail"), http.StatusNotFound)
	line.left = "RIFF"
	heard := amara.get("/console/tasks/T1/voicemail")
	wants(t, "what was left", heard, http.StatusOK, "RIFF")
	if got := heard.header.Get("Content-Type"); got != "audio/wav" {
		t.Errorf("it is %q", got)
	}
	if last := h.audit.last(); last.Action != "heard voicemail" || last.Person != "P1" || last.Staff != "amara" {
		t.Errorf("recorded as %+v", last)
	}
}
