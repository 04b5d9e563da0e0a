package gatewaytest

import (
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

var noteProofs = map[string]func(*storeProof){
	"notes on a case come back page by page": notesComeBack,
	"files of a person":                      filesOfPerson,
	"a timeline tells what came of messages": timelineTells,
}

func notesComeBack(p *storeProof) {
	var all []gateway.CaseNote
	for i := range 3 {
		n := gateway.CaseNote{
			ID: fmt.Sprint("N", i), Case: "300012345678", By: "ann", At: storeTime.Add(time.Duration(i) * time.Minute), Text: fmt.Sprint("Galwad ffôn ", i),
		}
		if i == 1 {
			n.Person = "R1"
		}
		all = append([]gateway.CaseNote{n}, all...)
		p.must(p.AddCaseNote(p.Context(), n))
	}
	p.must(p.AddCaseNote(p.Context(), gateway.CaseNote{ID: "N9", Case: "300099999999", By: "ann", At: storeTime, Text: "another case"}))
	first, err := p.CaseNotes(p.Context(), "300012345678", "", 2)
	p.must(err)
	want(p, "the first page", first, all[:2])
	second, err := p.CaseNotes(p.Context(), "300012345678", first[1].ID, 2)
	p.must(err)
	want(p, "the second page", second, all[2:])
}

func filesOfPerson(p *storeProof) {
	for _, id := range []gateway.FileID{"F1", "F2", "F3"} {
		p.must(p.KeepFile(p.Context(), evidence(id, smsOf(101))))
	}
	stranger := evidence("F4", smsOf(105))
	stranger.Person = ""
	p.must(p.KeepFile(p.Context(), stranger))
	for person, ids := range map[directory.PersonID][]gateway.FileID{"P1": {"F3", "F2"}, "P2": nil, "": nil} {
		files, err := p.FilesOf(p.Context(), person, 2)
		p.must(err)
		var got []gateway.FileID
		for _, f := range files {
			got = append(got, f.ID)
		}
		want(p, "files of "+string(person), got, ids)
	}
}

func timelineTells(p *storeProof) {
	t := openTurn("V1", "P1")
	t.Inbound = said("M1", "my pay has changed", storeTime)
	t.Inbound.Files = []gateway.FileID{"F1"}
	t.Record = []byte(`{"reading":{"intent":"report-income-change"}}`)
	t.Outgoing = []gateway.Message{outgoing("M2", "P1", smsOf(101))}
	t.Outgoing[0].Conversation = "V1"
	p.must(p.Commit(p.Context(), t))
	messages, err := p.PersonMessages(p.Context(), "P1", "", 10)
	p.must(err)
	if len(messages) != 2 {
		p.Fatalf("%d messages", len(messages))
	}
	out, in := messages[0], messages[1]
	want(p, "of what they wrote, the case", in.Case, t.Conversation.Case)
	want(p, "of what they wrote, the dialog", in.Dialog, t.Conversation.Dialog)
	want(p, "of what they wrote, the reading", in.Reading, gateway.Reading{Intent: "report-income-change"})
	want(p, "of what they wrote, the files", in.Files, t.Inbound.Files)
	want(p, "of the answer, the reading", out.Reading, gateway.Reading{})
}
