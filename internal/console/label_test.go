package console

import (
	"net/http"
	"slices"
	"testing"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
)

// A caseworker says what a message was about: it is kept with their name, shown
// wherever the message is, and changes nothing else.
func TestAMessageIsLabelled(t *testing.T) {
	o := newOffice(t)
	amara, bethan := o.signIn(t, "amara"), o.signIn(t, "bethan")
	o.parent(t, "PAY")
	conversation := o.open(t)
	talk := "/console/conversations/" + string(conversation.ID)
	message := o.lastWritten(t)
	page := "/console/messages/" + string(message)
	wants(t, "the conversation", amara.get(talk), http.StatusOK, page, "read as a change of pay, 90% sure", "!corrected to")
	wants(t, "the message", amara.get(page), http.StatusOK, "PAY", "read as a change of pay, 90% sure", "a new job", `value="lost-job"`, talk)
	wants(t, "in Welsh", bethan.get(page), http.StatusOK, "newid mewn cyflog", "Am beth oedd y neges hon?", "!What was")

	for _, c := range []struct {
		name   string
		fields []string
		says   string
	}{
		{"nothing", nil, "Choose what the message was about"},
		{"no such intent", []string{"first", "nonsense", "language", "en"}, "Choose what the message was about"},
		{"twice the same", []string{"first", "new-job", "second", "new-job", "language", "en"}, "Choose what the message was about"},
		{"no such language", []string{"first", "new-job", "language", "fr"}, "Choose what the message was about"},
		{"only a second", []string{"second", "new-job", "language", "en"}, "Choose what the message was about"},
		{"danger of no kind", []string{"first", "danger", "language", "en"}, "Choose a kind of danger"},
	} {
		wants(t, c.name, amara.post(page, c.fields...), http.StatusUnprocessableEntity, c.says)
	}
	before := len(o.audit.since(0))
	if got := amara.post(page, "first", "new-job", "second", "danger", "danger", "abuse", "language", "en"); got.to != talk {
		t.Errorf("keeping it is answered %d, %q", got.status, got.to)
	}
	entries := o.audit.since(before)
	if len(entries) != 1 || entries[0].Action != "labelled message" || entries[0].Object != string(message) || entries[0].Person != "P1" {
		t.Errorf("recorded: %+v", entries)
	}
	labels, err := o.store.LabelsOf(t.Context(), "P1", "")
	if err != nil || len(labels) != 1 || labels[0].By != "amara" || !slices.Equal(labels[0].Intents, []string{"new-job", "danger"}) || labels[0].Danger != gateway.Abuse {
		t.Errorf("kept: %+v, %v", labels, err)
	}
	for _, where := range []string{talk, "/console/people/P1"} {
		wants(t, where, amara.get(where), http.StatusOK, "corrected to: a new job, danger")
	}
	wants(t, "again", amara.get(page), http.StatusOK, "Amara Okafor says:", `value="new-job" selected`, `value="abuse" selected`)
	if now := o.open(t); now.Turn != conversation.Turn {
		t.Error("the conversation went on")
	}
	amara.post(page, "first", "new-job", "danger", "abuse", "language", "en") // a kind of danger that was left
	if labels, _ := o.store.LabelsOf(t.Context(), "P1", ""); len(labels) != 2 || labels[1].Danger != gateway.NoDanger {
		t.Errorf("kept: %+v", labels)
	}
}

// lastWritten is what the paying parent wrote last.
func (o *office) lastWritten(tb testing.TB) gateway.MessageID {
	tb.Helper()
	messages, err := o.store.PersonMessages(tb.Context(), "P1", "", 10)
	if err != nil {
		tb.Fatal(err)
	}
	i := slices.IndexFunc(messages, func(m gateway.PersonMessage) bool { return !m.Out })
	if i < 0 {
		tb.Fatal("nothing was written")
	}
	return messages[i].ID
}

// Who may not see the case may not see a message of it, nor say anything of it.
func TestAMessageOfAHiddenCase(t *testing.T) {
	h := newHouse(t)
	amara := h.signIn(t, "amara")
	h.access.hidden = []directory.CaseReference{"300012345678"}
	wants(t, "seeing it", amara.get("/console/messages/M1"), http.StatusNotFound)
	wants(t, "labelling it", amara.post("/console/messages/M1", "first", "new-job", "language", "en"), http.StatusNotFound)
	h.access.hidden, h.access.reasons = nil, []directory.CaseReference{"300012345678"}
	wants(t, "of another team", amara.get("/console/messages/M1"), http.StatusForbidden, "Why")
}

func TestAMessageInTheBrowser(t *testing.T) {
	o := newOffice(t)
	o.parent(t, "PAY")
	for id, width := range map[directory.StaffID]int64{"amara": 1280, "bethan": servertest.NarrowPhone} {
		b := o.browse(t, id, width)
		b.Open(o.url + "/console/messages/" + string(o.lastWritten(t)))
		b.Accessible("message, " + string(id))
		b.Leave(`main form button`)
		b.Accessible("message, nothing chosen, " + string(id))
	}
}
