package gateway_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/gateway"
)

// heldScript is a dialog as it was; drafts of it are made by replacing words.
const heldScript = `dialog: trial
title: Trial
languages: [en]
expire: {after: 7d, then: end}
retries: {limit: 2, then: handoff}
steps:
- ask: direction
  say: Up or down?
  choices: {up: up, down: down}
- ask: pay
  say: How much?
  answer: money per period
- ask: since
  when: direction == "down"
  say: Since when?
  answer: date
- call: report
  with: {kind: trial}
  save: report
  fails: handoff
- say: Thank you. ((report.reference))
  end: reported
`

func compile(t *testing.T, script string) *dialogs.Dialog {
	t.Helper()
	d, problems := dialogs.Compile([]dialogs.File{{Name: "trial/dialog.yaml", Content: []byte(script)}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return d
}

// recordOf holds a conversation and records its turns as the gateway does.
func recordOf(t *testing.T, d *dialogs.Dialog, says ...string) []gateway.Record {
	t.Helper()
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	facts := dialogs.Facts{
		Today: answers.Date{Year: 2026, Month: 11, Day: 22}, Channel: "sms", Identity: "known",
		HandoffBy: answers.Date{Year: 2026, Month: 11, Day: 27}, Language: "en",
	}
	records := []gateway.Record{{Event: dialogs.Begin, Now: now, Facts: facts}}
	var state dialogs.State
	take := func(r *gateway.Record) {
		in := dialogs.Input{Event: r.Event, Text: r.Text, Facts: r.Facts}
		for {
			out, err := d.Advance(state, in)
			if err != nil {
				t.Fatal(err)
			}
			if state = out.State; out.Call == nil {
				return
			}
			result := dialogs.Result{Step: out.Call.Step, Value: dialogs.Group(
				dialogs.Field{Name: "reference", Value: dialogs.Text("CM-1")},
				dialogs.Field{Name: "due", Value: dialogs.Day(answers.Date{Year: 2026, Month: 12, Day: 1})})}
			r.Results = map[string]dialogs.Result{out.Call.Key: result}
			in.Event, in.Result = dialogs.Answered, result
		}
	}
	take(&records[0])
	for _, text := range says {
		event := dialogs.Said
		if text == "(silence)" {
			event, text = dialogs.Lapse, ""
		}
		records = append(records, gateway.Record{Event: event, Text: text, Now: now, Facts: facts})
		take(&records[len(records)-1])
	}
	return records
}

func TestADraftIsTriedOnThePast(t *testing.T) {
	for _, c := range []struct {
		name  string
		draft []string // what is replaced, by what
		says  []string
		want  []string // turn step: kind
	}{
		{"the same", nil, []string{"down", "nothing", "410 a week", "BACK", "420 a week", "1 November"}, nil},
		{"other words", []string{"How much?", "How much are you paid?"}, []string{"down", "410 a week", "1 November"}, nil},
		{"another order", []string{
			"- ask: direction\n  say: Up or down?\n  choices: {up: up, down: down}\n- ask: pay\n  say: How much?\n  answer: money per period\n",
			"- ask: pay\n  say: How much?\n  answer: money per period\n- ask: direction\n  say: Up or down?\n  choices: {up: up, down: down}\n",
		}, []string{"up", "410 a week"}, []string{"1 pay: asks differently", "3 direction: asks differently", "2 pay: asks differently"}},
		{"a question more", []string{"- call: report", "- ask: employer\n  say: Who pays you?\n  answer: text\n- call: report"},
			[]string{"up", "410 a week"}, []string{"3 employer: asks differently", "3 employer: asks differently"}},
		{"a question less", []string{"- ask: since\n  when: direction == \"down\"\n  say: Since when?\n  answer: date\n", ""},
			[]string{"down", "410 a week", "1 November"}, []string{"3 since: asks differently"}},
		{"a question for more people", []string{"  when: direction == \"down\"\n", ""},
			[]string{"up", "410 a week"}, []string{"3 since: asks differently", "3 since: asks differently"}},
		{"another kind of answer", []string{"answer: money per period", "answer: text"},
			[]string{"up", "410 a week"}, []string{"3 pay: understands differently"}},
		{"a choice less", []string{"choices: {up: up, down: down}", "choices: {up: up, lower: lower}", "direction == \"down\"", "direction == \"lower\""},
			[]string{"down", "410 a week", "1 November"}, []string{"2 direction: understands differently", "2 direction: asks again what was answered"}},
		{"another end", []string{"end: reported", "end: told"}, []string{"up", "410 a week"}, []string{"3 pay: ends elsewhere"}},
		{"silence", nil, []string{"down", "(silence)"}, nil},
		{"an open one", nil, []string{"down", "410 a week"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			held := compile(t, heldScript)
			draft := compile(t, strings.NewReplacer(c.draft...).Replace(heldScript))
			found, err := gateway.Try(held, draft, recordOf(t, held, c.says...))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range found {
				got = append(got, strings.TrimSpace(strings.Join([]string{strconv.Itoa(d.Turn), d.Step + ":", string(d.Kind)}, " ")))
				for _, said := range c.says {
					if len(said) > 4 && strings.Contains(d.Detail, said) {
						t.Errorf("%q tells what was said", d.Detail)
					}
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("found %q\nwant  %q\n%+v", got, c.want, found)
			}
		})
	}
}
