package dialogs

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// TestExploreProvesPromises breaks dialogs that are sound once they are
// compiled, as a mistake in Parley would, and sees that a walk finds out.
func TestExploreProvesPromises(t *testing.T) {
	const script = `dialog: it
title: It
languages: [en]
steps:
- ask: pay
  say: How much?
  answer: money per period
  private: true
- name: seen
  when: not discreet
  private: true
  say: You are paid ((pay)).
- call: estimate
  with: {pay: pay}
  save: estimate
  fails: skip
- name: told
  when: identity == "confirmed" and not discreet and known(estimate)
  say: You may pay £((estimate.weekly_amount)).
- name: known
  when: known(pay)
  say: Thank you.
- name: confirmed
  when: identity == "confirmed" and known(estimate)
  say: Thank you.
`
	for name, c := range map[string]struct {
		mistake func(step func(key string) *step)
		want    error
	}{
		"none":                                   {func(func(string) *step) {}, nil},
		"a private answer is quoted in the open": {func(s func(string) *step) { s("seen").quotes = false }, errPrivate},
		"a private answer is told to the discreet": {func(s func(string) *step) { s("seen").when = nil }, errDiscreet},
		"the record is told to the merely known":   {func(s func(string) *step) { s("told").when = s("known").when }, errRecord},
		"the record is told to the discreet":       {func(s func(string) *step) { s("told").when = s("confirmed").when }, errDiscreet},
	} {
		t.Run(name, func(t *testing.T) {
			d, problems := Compile([]File{{Name: "it/dialog.yaml", Content: []byte(script)}})
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			c.mistake(func(key string) *step {
				return &d.steps[slices.IndexFunc(d.steps, func(s step) bool { return s.key == key })]
			})
			if _, _, err := d.Explore(EveryPath); !errors.Is(err, c.want) || err != nil && c.want == nil {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func TestExploreTellsAnswersApart(t *testing.T) {
	const mark = "£9,876,543.10"
	for _, c := range []struct {
		answer, when string
		want         string
	}{
		{"yes or no", "true", "yes; no"},
		{"number 0 to 100", "true", "100"},
		{"number 0 to 100", "it > 50", "100; 0; 1; 49; 50; 51"},
		{"number 3 to 5", "it == 3 or it in [4, 90]", "5; 3; 4"},
		{"nights", "it >= 52", "365 nights a year; 0 nights a year; 1 nights a year; 51 nights a year; 52 nights a year; 53 nights a year"},
		{"money", "true", mark},
		{"money", "it.pence > 5000", mark + "; £1; £49.99; £50; £50.01"},
		{"money per period", "true", mark + " every 4 weeks; " + mark},
		{"money per period", `it.period == "week"`, strings.Join([]string{mark + " a week", mark + " a fortnight", mark + " every 4 weeks", mark + " a month", mark + " a year", mark}, "; ")},
		{"date", "true", "27 September 2026; yesterday"},
		{"date, not after today", "it <= today", "27 September 2026; 21 November 2026; 22 November 2026; yesterday"},
		{"date, after today", `it > "2027-01-01"`, "27 September 2027; 23 November 2026; 31 December 2026; 1 January 2027; 2 January 2027; tomorrow"},
		{"text up to 20 characters", "true", "zqxaa ŵ word and wow"},
		{"text up to 20 characters", `it != "1"`, "zqxaa ŵ word and wow; 1"},
		{"many\n  choices: {a: pear, b: fig, c: plum}", "true", "1, 2, 3; none; 1; 2; 3"},
		{"many\n  choices: {a: pear, b: fig, c: plum}", `"a" in it`, "1, 2, 3; none; 1; 2, 3; 2; 1, 3; 1, 2; 3"},
	} {
		d, problems := Compile([]File{{Name: "it/dialog.yaml",
			Content: []byte("dialog: it\ntitle: It\nsteps:\n- ask: it\n  say: What?\n  answer: " + c.answer + "\n- say: Ah.\n  when: '" + c.when + "'\n")}})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		told := d.told()
		if got := strings.Join(told.answers(0, &d.steps[0], "en"), "; "); got != c.want {
			t.Errorf("%s when %s: %s\nwant %s", c.answer, c.when, got, c.want)
		}
	}
}

func TestExplorePutsValuesTogether(t *testing.T) {
	yesNo, amounts := []Value{YesNo(true), YesNo(false)}, []Value{Amount(1), Amount(2), Amount(3)}
	if got := ways([][]Value{yesNo, amounts}); len(got) != 6 {
		t.Errorf("%v are not all six ways", got)
	}
	many := make([][]Value, 5)
	for i := range many {
		many[i] = amounts
	}
	got := ways(many)
	if len(got) > 30 {
		t.Errorf("%d ways are too many", len(got))
	}
	for i := range many {
		for n := range amounts {
			if !slices.ContainsFunc(got, func(way []int) bool { return way[i] == n }) {
				t.Errorf("value %d of list %d is left out", n, i)
			}
		}
	}
}
