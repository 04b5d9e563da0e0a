package schedule_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/gateway/schedule"
)

const goodRule = `rules:
- notice: payment-due
  for: paying parent
  on: payment due
  before: 3
  at: "10:00"
  send_by: 3d
  stop: paid
`

func TestRulesThatCannotBeRightAreTold(t *testing.T) {
	for _, test := range []struct {
		name, old, new string
		want           string
	}{
		{"good", "", "", ""},
		{"not YAML", "- notice", "-notice", "r.yaml:2: mapping value is not allowed in this context"},
		{"no rules", goodRule, "rules: []", "r.yaml:1: there are no rules"},
		{"an unknown part", "stop: paid", "stops: paid", `r.yaml:8: unknown field "stops"`},
		{"neither notice nor work", "notice: payment-due\n  for: paying parent", "off: false", "r.yaml:2: a rule has a notice, or work for a person"},
		{"both", "notice: payment-due\n", "notice: payment-due\n  work: missed\n", "r.yaml:2: a rule has a notice, or work for a person"},
		{"nothing that happens", "on: payment due", "on: full moon", `r.yaml:2: on: "full moon" is nothing that happens`},
		{"for nobody", "for: paying parent", "for: children", "r.yaml:2: for: is paying parent or receiving parent, and not said of work"},
		{"before and after", "before: 3", "before: 3\n  after: 3", "r.yaml:2: a rule has days before: or after:"},
		{"neither", "  before: 3\n", "", "r.yaml:2: a rule has days before: or after:"},
		{"before, the wrong way round", "before: 3", "before: -3", "r.yaml:2: before: and after: are up to 180 days"},
		{"no time", `at: "10:00"`, `at: "ten"`, `r.yaml:2: at: is a time like "10:00"`},
		{"at night", `at: "10:00"`, `at: "06:30"`, "r.yaml:2: at: is between 08:00 and 20:00"},
		{"no end", "send_by: 3d", "send_by: later", "r.yaml:2: send_by: is how long it makes sense, like 6h or 3d"},
		{"repeated for ever", "stop: paid", "repeat: {every: 7}", "r.yaml:2: repeat: has every: and times:, both more than nothing"},
		{"stopped by rain", "stop: paid", "stop: rain", "r.yaml:2: stop: is paid, or not there"},
		{"a review is not paid", "on: payment due", "on: annual review", "r.yaml:2: stop: a payment stops only what is said of what is unpaid"},
		{"another service", "stop: paid", "service: both", "r.yaml:2: service: is direct or collected"},
		{"for either parent, and a payment is one parent's", "  for: paying parent\n", "", "r.yaml:2: for: says which parent it is for: time does not tell"},
		{"before what nobody sees coming", "on: payment due\n  before: 3\n", "on: report taken\n  before: 3\n", "r.yaml:2: before: is of what can be seen coming"},
		{"work of what somebody does", "notice: payment-due\n  for: paying parent\n  on: payment due\n  before: 3", "work: look\n  on: decided\n  after: 3", "r.yaml:2: work: is not given"},
		{"twice", "rules:\n", goodRule, "r.yaml:9: is there twice: the same is sent once only"},
	} {
		t.Run(test.name, func(t *testing.T) {
			content := strings.Replace(goodRule, test.old, test.new, 1)
			_, err := schedule.Read("r.yaml", []byte(content), schedule.Settings{})
			got := ""
			if err != nil {
				got, _, _ = strings.Cut(err.Error(), "\n")
			}
			if !strings.HasPrefix(got, test.want) || (test.want == "") != (got == "") {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTheSettingsTurnNoticesOn(t *testing.T) {
	without, with := shipped(t, schedule.Settings{}), shipped(t, schedule.Settings{On: []string{"payment-due-today"}})
	if diff := cmp.Diff(len(without.Notices())+1, len(with.Notices())); diff != "" {
		t.Error(diff)
	}
	if _, err := schedule.Shipped(schedule.Settings{On: []string{"greetings"}}); err == nil {
		t.Error("a notice was turned on of which there is no rule")
	}
}
