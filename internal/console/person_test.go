package console

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// Danger is marked by anybody, and released by a specialist who says why.
func TestDanger(t *testing.T) {
	o := newOffice(t)
	amara, noor := o.signIn(t, "amara"), o.signIn(t, "noor")
	page := "/console/people/P1"
	wants(t, "no kind", amara.post(page+"/danger", "kind", ""), http.StatusUnprocessableEntity, "Choose a kind of danger", "kind-error")
	wants(t, "a kind that is none", amara.post(page+"/danger", "kind", "rain"), http.StatusUnprocessableEntity, "Choose a kind of danger")
	wants(t, "nothing was marked", amara.get(page), http.StatusOK, "!Danger hold")
	before := len(o.audit.since(0))
	if got := amara.post(page+"/danger", "kind", "abuse"); got.status != http.StatusSeeOther || got.to != page+"?case=300012345678" {
		t.Fatalf("%d %q", got.status, got.to)
	}
	if e := o.audit.since(before)[0]; e.Action != "marked danger" || e.Object != "abuse" || e.Person != "P1" || e.Case != "300012345678" {
		t.Errorf("recorded: %+v", e)
	}
	wants(t, "once it is marked", amara.get(page), http.StatusOK, "Danger is marked for Sam Example", "Danger hold", "!Release the hold")
	wants(t, "the other parent", amara.get("/console/people/R1"), http.StatusOK, "Held on this case", "Do not tell them why", "!Danger hold")
	if got := amara.post(page+"/release", "reason", "It was a joke."); got.status != http.StatusForbidden {
		t.Errorf("a caseworker's release is answered %d", got.status)
	}
	if got := noor.post("/console/open", "case", "300012345678", "to", page, "reason", "danger was marked"); got.to != page {
		t.Fatalf("%d %q", got.status, got.to)
	}
	wants(t, "without a reason", noor.post(page+"/release", "reason", " "), http.StatusUnprocessableEntity, "Write why it is safe")
	before = len(o.audit.since(0))
	if got := noor.post(page+"/release", "reason", "Spoke to her sister."); got.status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if e := o.audit.since(before)[0]; e.Action != "released hold" || e.Reason != "Spoke to her sister." {
		t.Errorf("recorded: %+v", e)
	}
	wants(t, "once it is released", noor.get(page), http.StatusOK, "!Danger hold</strong>")
	if got := noor.post(page+"/release", "reason", "Again."); got.status != http.StatusSeeOther {
		t.Errorf("released twice: %d", got.status)
	}
}

// Who said STOP gets messages again once they were called back and asked.
func TestTakingBackStop(t *testing.T) {
	o := newOffice(t)
	c := officeCase()
	c.PayingParent.SafeContact = &directory.SafeContact{Channels: []directory.Channel{directory.SMS, directory.Voice}}
	o.put(t, c)
	o.receive(t, gateway.Inbound{ProviderID: "STOP", From: gateway.Address{Channel: directory.SMS, Value: parentPhone}, Text: "STOP", Keyword: gateway.Stop})
	amara := o.signIn(t, "amara")
	page := "/console/people/P1"
	wants(t, "before", amara.get(page), http.StatusOK, "07700 900101", "They said STOP", "To take it back, call them first", "!They want messages again")
	wants(t, "unchecked", amara.post(page+"/stop", "kind", "sms"), http.StatusUnprocessableEntity, "Call them back first")
	wants(t, "a channel that is none", amara.post(page+"/stop", "kind", "pigeon"), http.StatusNotFound)
	if got := amara.post(page + "/called-back"); got.status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.status, got.body)
	}
	wants(t, "checked", amara.get(page), http.StatusOK, "Checked", "Amara Okafor called them back", "They want messages again")
	if got := amara.post(page+"/stop", "kind", "sms"); got.status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.status, got.body)
	}
	wants(t, "taken back", amara.get(page), http.StatusOK, "They get messages again.", "!They said STOP")

	wants(t, "not a safe channel", amara.get("/console/people/R1"), http.StatusOK, "There is no number on record that is safe to call")
	wants(t, "called all the same", amara.post("/console/people/R1/called-back"), http.StatusUnprocessableEntity, "There is no number that shows who answers")
}

// Whoever knows a person sees nothing of them from then on, in search neither.
func TestAcquaintance(t *testing.T) {
	o := newOffice(t)
	amara := o.signIn(t, "amara")
	wants(t, "not confirmed", amara.post("/console/people/R1/acquainted"), http.StatusUnprocessableEntity, "Confirm that you know them", "open")
	wants(t, "before", amara.get("/console/search?q=Sam"), http.StatusOK, "Sam Example")
	if got := amara.post("/console/people/R1/acquainted", "sure", "yes"); got.to != "/console/work" {
		t.Fatalf("%d %q", got.status, got.to)
	}
	for _, page := range []string{"cases/300012345678", "people/P1", "people/R1", "cases/300012345678/connect/P1"} {
		wants(t, page, amara.get("/console/"+page), http.StatusNotFound)
	}
	wants(t, "search", amara.get("/console/search?q=Sam"), http.StatusOK, "Nothing was found", "!Sam Example")
}

// A timeline has what was said in all conversations, on all channels, the
// newest last, a page at a time.
func TestATimeline(t *testing.T) {
	o := newOffice(t)
	o.parent(t, "PAY")
	for i := range timelineLength {
		o.parent(t, fmt.Sprint("words ", i, "."))
	}
	amara := o.signIn(t, "amara")
	page := amara.get("/console/people/P1")
	wants(t, "the last page", page, http.StatusOK, "words 29.", "!read as report-income-change", "Automatic", "delivered", "23 November 2026", "Earlier", "!Back to the latest")
	if first, last := strings.Index(page.body, "words 28."), strings.Index(page.body, "words 29."); first > last || first < 0 {
		t.Error("the newest is not last")
	}
	for n := 0; ; n++ {
		earlier := regexp.MustCompile(`href="([^"]+)#newest" rel="prev"`).FindStringSubmatch(page.body)
		if earlier == nil {
			if n < 2 {
				t.Errorf("%d pages", n+1)
			}
			break
		}
		page = amara.get(strings.ReplaceAll(earlier[1], "&amp;", "&"))
	}
	wants(t, "the first page", page, http.StatusOK, "PAY", "read as a change of pay", "Report a change of income", "/console/conversations/", "Back to the latest", "!words 29.")
}

// Of somebody who is on several cases only that is shown which is of cases that
// may be seen.
func TestATimelineOfTwoCases(t *testing.T) {
	o := newOffice(t)
	o.parent(t, "PAY") // on the first case
	second := officeCase()
	second.Reference, second.ReceivingParents[0].Reference, second.ReceivingParents[0].ID, second.ReceivingParents[0].Phone = "300062345678", "300062345679", "R7", ""
	second.ReceivingParents[0].Name = "Protected Person"
	o.put(t, second)
	said := func(id string, of directory.CaseReference) {
		at := o.now.Add(-time.Hour)
		message := gateway.InboundRecord{ID: gateway.MessageID(id), Person: "P1", Kind: "turn", At: at,
			Inbound: gateway.Inbound{ProviderID: id, From: gateway.Address{Channel: directory.SMS, Value: parentPhone}, Text: "said " + id}}
		turn := gateway.Turn{ID: "turn " + id, At: at, Inbound: &message, Record: []byte("{}")}
		if of != "" {
			turn.Begins = true
			turn.Conversation = &gateway.Conversation{ID: gateway.ConversationID("V" + id), Person: "P1", Case: of, Dialog: "job-change", Turn: 1, Phase: gateway.Ended, Created: at}
		}
		if err := o.store.Commit(t.Context(), turn); err != nil {
			t.Fatal(err)
		}
	}
	said("in-second", second.Reference)
	said("in-none", "")
	amara := o.signIn(t, "amara")
	wants(t, "both may be seen", amara.get("/console/people/P1"), http.StatusOK, "PAY", "said in-second", "said in-none", "Also on", "3000 6234 5678")
	wants(t, "of the second", amara.get("/console/people/P1?case=300062345678"), http.StatusOK, "3000 1234 5678", "/console/cases/300062345678/connect/P1")

	second.Team = "cardiff-1"
	o.put(t, second)
	wants(t, "the second needs a reason", amara.get("/console/people/P1"), http.StatusOK, "PAY", "!said in-second", "said in-none", "To see it, open", "3000 6234 5678")
	wants(t, "asking for it", amara.get("/console/people/P1?case=300062345678"), http.StatusForbidden, "Why do you need to open this case?")

	second.ReceivingParents[0].Risk = &directory.Risk{Kind: "domestic_abuse"}
	o.put(t, second)
	wants(t, "the second is protected", amara.get("/console/people/P1"), http.StatusOK, "PAY", "!said in-second", "!said in-none", "!3000 6234 5678", "!Protected")
	wants(t, "asking for it all the same", amara.get("/console/people/P1?case=300062345678"), http.StatusOK, "3000 1234 5678", "!3000 6234 5678")
}
