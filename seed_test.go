package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
)

// What parley seed makes up is such as happens: conversations repeat to the
// state that they are in, messages are found by their words, work has owners,
// and the same seed makes the same.
func TestSeed(t *testing.T) {
	until := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	seed := seedCommand{Cases: 60, Messages: 600, Workers: 2, Seed: 7, Until: until}
	filled := func() *parts {
		set, err := readSettings([]string{"PARLEY_DATA_DIR=" + t.TempDir(), "PARLEY_SECRET_KEY=" + strings.Repeat("k", 32)})
		if err != nil {
			t.Fatal(err)
		}
		p := &parts{settings: set}
		t.Cleanup(func() { p.stop(t.Context()) })
		if err := p.openStore(t.Context()); err != nil {
			t.Fatal(err)
		}
		n, err := seed.fill(t.Context(), p, io.Discard)
		if err != nil || n < 600 || n > 700 {
			t.Fatalf("%d messages, %v", n, err)
		}
		return p
	}
	p, again := filled(), filled()
	if _, err := seed.fill(t.Context(), p, io.Discard); !errors.Is(err, errHasCases) {
		t.Errorf("a database with cases is filled: %v", err)
	}

	page, err := p.store.CasesAfter(t.Context(), "", 100)
	if err != nil || len(page) != 60 {
		t.Fatalf("%d cases, %v", len(page), err)
	}
	all, err := dialogs.Load(dialogFolder(""))
	if err != nil {
		t.Fatal(err)
	}
	talks := 0
	for _, c := range page {
		for _, person := range c.People() {
			held, err := p.store.PersonConversations(t.Context(), person.ID, 100)
			if err != nil {
				t.Fatal(err)
			}
			for _, one := range held {
				talks++
				replays(t, p, all, one.ID)
			}
			same(t, p, again, person.ID)
		}
	}
	if talks < 30 {
		t.Errorf("%d conversations", talks)
	}
	found, err := p.store.FindMessages(t.Context(), []string{"the"}, 50)
	if err != nil || len(found) == 0 {
		t.Errorf("found %d, %v", len(found), err)
	}
	waiting, err := p.store.Tasks(t.Context(), gateway.TaskSearch{States: []gateway.WorkState{gateway.WorkWaiting}})
	if err != nil || len(waiting) != 6 {
		t.Errorf("%d work items wait, %v", len(waiting), err)
	}
	for _, task := range waiting {
		if task.Owner == "" {
			t.Errorf("work item %s has no owner", task.ID)
		}
	}
}

// replays repeats a conversation to the state that its row holds.
func replays(t *testing.T, p *parts, all []*dialogs.Dialog, id gateway.ConversationID) {
	t.Helper()
	view, err := p.store.ConversationView(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	written, err := p.store.TurnRecords(t.Context(), id)
	if err != nil || len(written) != view.Turn {
		t.Fatalf("%d records of %d turns, %v", len(written), view.Turn, err)
	}
	records := make([]gateway.Record, len(written))
	for i := range written {
		if err := json.Unmarshal(written[i], &records[i]); err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range all {
		if d.Version != view.Version {
			continue
		}
		state, err := gateway.Replay(d, records)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := state.MarshalBinary(); !bytes.Equal(got, view.State) {
			t.Errorf("conversation %s does not repeat", id)
		}
		return
	}
	t.Errorf("conversation %s is on no dialog", id)
}

// same compares what was said to somebody in two databases.
func same(t *testing.T, p, again *parts, person directory.PersonID) {
	t.Helper()
	one, err := p.store.PersonMessages(t.Context(), person, "", 200)
	if err != nil {
		t.Fatal(err)
	}
	other, err := again.store.PersonMessages(t.Context(), person, "", 200)
	if err != nil || len(one) != len(other) {
		t.Fatalf("%d messages of %s, then %d, %v", len(one), person, len(other), err)
	}
	for i := range one {
		if one[i].Text != other[i].Text || one[i].ID != other[i].ID || one[i].Out && one[i].Status != gateway.Delivered {
			t.Fatalf("message %d of %s: %+v, then %+v", i, person, one[i], other[i])
		}
	}
}
