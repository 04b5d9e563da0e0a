package gateway

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"slices"

	"parley/dialogs"
	"parley/gateway/directory"
)

// call answers a dialog's call. Look-ups are made here, before the turn's
// transaction; what is written becomes rows of it. A call that fails is the
// script's to deal with (fails: skip or handoff); only when the turn itself
// cannot be made does the failure show as an error of Commit.
func (t *taking) call(ctx context.Context, d *dialogs.Dialog, c Conversation, out dialogs.Output) dialogs.Result {
	call := out.Call
	result := dialogs.Result{Step: call.Step}
	var err error
	switch call.Name {
	case "estimate":
		result.Value, err = t.estimate(ctx, c, call)
	case "compare":
		result.Value, err = t.compare(ctx, c, call)
	case "calculate":
		result.Value, err = calculate(*call)
	case "explain":
		result.Value, err = t.explain(ctx, c)
	case "nights_band":
		result.Value, err = t.nightsBand(ctx, c, call)
	case "account":
		result.Value, err = t.account(ctx, c)
	case "progress":
		result.Value, err = t.progress(ctx, c)
	case "reconsideration":
		result.Value, err = reconsideration(*call, t.g.calendar.day(t.now))
	case "report":
		result.Value = t.report(d, c, out)
	default:
		err = errors.New("no such call")
	}
	if err != nil {
		t.g.Log.WarnContext(ctx, "call failed", "conversation", c.ID, "call", call.Name, "error", err)
		result.Failed = true
	}
	return result
}

func (t *taking) estimate(ctx context.Context, c Conversation, call *dialogs.Call) (dialogs.Value, error) {
	file, err := t.payersFile(ctx, c)
	if err != nil {
		return dialogs.Value{}, err
	}
	return estimate(file, pay(*call))
}

func (t *taking) compare(ctx context.Context, c Conversation, call *dialogs.Call) (dialogs.Value, error) {
	file, err := t.payersFile(ctx, c)
	if err != nil {
		return dialogs.Value{}, err
	}
	return compare(t.g.knownIncome(ctx, file), pay(*call))
}

func (t *taking) explain(ctx context.Context, c Conversation) (dialogs.Value, error) {
	file, err := t.caseFile(ctx, c.Case)
	if err != nil {
		return dialogs.Value{}, err
	}
	return explain(file, c.Person)
}

func (t *taking) nightsBand(ctx context.Context, c Conversation, call *dialogs.Call) (dialogs.Value, error) {
	file, err := t.caseFile(ctx, c.Case)
	if err != nil {
		return dialogs.Value{}, err
	}
	return nightsBand(file, c.Person, *call)
}

// errNotTheirs: whatever a script says, one parent's income is worked with only
// in a conversation with that parent.
var errNotTheirs = errors.New("the case's income is another person's")

// payersFile is the case of a conversation with its paying parent.
func (t *taking) payersFile(ctx context.Context, c Conversation) (directory.Case, error) {
	file, err := t.caseFile(ctx, c.Case)
	if err == nil && file.PayingParent.ID != c.Person {
		err = errNotTheirs
	}
	return file, err
}

// report writes what the dialog collected, with a date to write back by, and
// makes a work item for the team that owns the case.
func (t *taking) report(d *dialogs.Dialog, c Conversation, out dialogs.Output) dialogs.Value {
	id := t.g.NewID()
	key := string(c.ID) + "/" + out.Call.Key
	kind := d.Name
	if named := passed(*out.Call, "kind").Text; named != "" {
		kind = named
	}
	due := t.g.calendar.promised(t.now).about(kind)
	r := Report{
		ID: id, Key: key, Case: c.Case, Person: c.Person, Conversation: c.ID, Dialog: d.Name, Kind: kind,
		Simple:    c.Case != "" && t.identity() >= directory.Known && slices.Contains(t.g.simple, kind),
		Reference: reference(id), Due: due, Answers: d.AnswersJSON(out.State), Results: d.ResultsJSON(out.State), Created: t.now,
	}
	t.turn.Reports = append(t.turn.Reports, r)
	t.work(WorkItem{Kind: ReportWork, Key: key, Conversation: c.ID, Case: c.Case, Person: c.Person, Due: due, Detail: kind})
	return reported(r.Reference, t.g.calendar.day(due))
}

// referenceLetters leave out what is easily misread or misheard.
var referenceLetters = base32.NewEncoding("ABCDEFGHJKLMNPQRSTUVWXYZ23456789").WithPadding(base32.NoPadding)

// reference is what a person is told of a report: ten letters and figures that
// say nothing of the service, like "K7QF2-M9XTA".
func reference(id string) string {
	sum := sha256.Sum256([]byte(id))
	letters := referenceLetters.EncodeToString(sum[:])
	return letters[:5] + "-" + letters[5:10]
}
