package main

import (
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// Of each message that staff labelled the latest label is printed, as a line for
// the corpus without what the redactor knows.
func TestLabelsAreExported(t *testing.T) {
	set := ownEnvironment(t)
	s, err := openStore(t.Context(), set)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i, text := range []string{"lost my job, ring 07700 900123 or post to LS1 1AA", "", "mae o'n fy nilyn i"} {
		id := gateway.MessageID([]string{"M1", "M2", "M3"}[i])
		from := gateway.Address{Channel: directory.SMS, Value: "+447700900101"}
		in := gateway.Inbound{ProviderID: string(id), From: from, Text: text}
		if err := s.Commit(t.Context(), gateway.Turn{
			ID: "T-" + string(id), At: time.Unix(int64(i+1), 0), Inbound: &gateway.InboundRecord{ID: id, Inbound: in, Kind: "no dialog", At: time.Unix(int64(i+1), 0)},
		}); err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range []gateway.Label{
		{ID: "L1", Message: "M1", Intents: []string{"complaint"}, Language: "en"},
		{ID: "L2", Message: "M1", Intents: []string{"lost-job"}, Language: "en"},
		{ID: "L3", Message: "M2", Intents: []string{"none"}, Language: "en"},
		{ID: "L4", Message: "M3", Intents: []string{"danger"}, Danger: gateway.Abuse, Language: "cy"},
	} {
		if err := s.AddLabel(t.Context(), l); err != nil {
			t.Fatal(err)
		}
	}
	status, out, problems := parley("", "export", "--labels")
	want := "train/lost-job.en.txt\tlost my job, ring [redacted] or post to [redacted]\ntrain/danger-abuse.cy.txt\tmae o'n fy nilyn i\n"
	if status != 0 || out != want {
		t.Errorf("status %d, out %q, problems %q", status, out, problems)
	}
	if want := "message M2: correcting none: "; len(problems) < len(want) || problems[:len(want)] != want {
		t.Errorf("problems %q", problems)
	}
}

// A quarter is printed as it is published; of a service that has nothing yet
// every number is kept back or nothing.
func TestOpenDataIsExported(t *testing.T) {
	ownEnvironment(t)
	status, out, problems := parley("", "export", "--open-data", "2020-Q1")
	rows := strings.Split(out, "\n")
	if status != 0 || rows[0] != "quarter,status,table,category,measure,value" || !strings.HasPrefix(rows[1], "2020-Q1,final,conversations,all,") {
		t.Errorf("status %d, out %q, problems %q", status, out, problems)
	}
}
