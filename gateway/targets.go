package gateway

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"parley/gateway/directory"
)

//go:embed targets.yaml
var shippedTargets []byte

// Target is how soon a kind of work is seen to, and by whom.
type Target struct {
	Kind       WorkItemKind    `yaml:"kind"`
	About      string          `yaml:"about"`    // the kind of a report, or the dialog that handed off; empty: any
	Priority   int             `yaml:"priority"` // 0 to 4, 0 first
	Answer     Term            `yaml:"answer"`   // until somebody has taken it
	Due        Term            `yaml:"due"`      // until it is done, where no date was promised
	Warn       time.Duration   `yaml:"warn"`     // before it is due
	Specialist bool            `yaml:"specialist"`
	Skill      directory.Skill `yaml:"skill"`
	Rung       int             `yaml:"rung"`
	Live       bool            `yaml:"live"`  // somebody waits at this moment
	Cause      bool            `yaml:"cause"` // closed late, it must say why
}

// Term is a time to do something in, as a team's clock or the calendar counts.
type Term struct {
	Count int
	Unit  string
}

// The units of a term.
const (
	workingMinutes = "working minutes"
	workingHours   = "working hours"
	workingDays    = "working days"
	calendarDays   = "days"
	calendarWeeks  = "weeks"
)

// UnmarshalYAML reads "15 working days".
func (t *Term) UnmarshalYAML(decode func(any) error) error {
	var text string
	if err := decode(&text); err != nil {
		return err
	}
	number, unit := 0, ""
	if n, err := fmt.Sscanf(text, "%d ", &number); n != 1 || err != nil && number < 1 {
		return fmt.Errorf("%q is no term, such as 15 working days", text)
	}
	for _, u := range []string{workingMinutes, workingHours, workingDays, calendarDays, calendarWeeks} {
		if text == fmt.Sprintf("%d %s", number, u) {
			unit = u
		}
	}
	if number < 1 || unit == "" {
		return fmt.Errorf("%q is no term, such as 15 working days", text)
	}
	*t = Term{number, unit}
	return nil
}

// After is the end of a term that begins at a moment, for a team. One of the
// calendar ends on a day that is worked, none later.
func (t Term) After(r *directory.Roster, team *directory.Team, from time.Time) time.Time {
	switch t.Unit {
	case workingMinutes:
		return r.After(team, from, time.Duration(t.Count)*time.Minute)
	case workingHours:
		return r.After(team, from, time.Duration(t.Count)*time.Hour)
	case workingDays:
		return r.Days(team, from, t.Count)
	case calendarWeeks:
		return r.LastBy(team, from.AddDate(0, 0, 7*t.Count))
	default:
		return r.LastBy(team, from.AddDate(0, 0, t.Count))
	}
}

// targets are those of all kinds.
type targets map[matter]Target

// matter is a kind of work, and what it is about where that matters.
type matter struct {
	kind  WorkItemKind
	about string
}

// About is what a work item is about: the kind of a report, or the dialog that
// handed its conversation to a person. It is empty for other kinds.
func (w *WorkItem) About() string {
	switch w.Kind {
	case ReportWork:
		return w.Detail
	case HandoffWork, ConversationEnding:
		dialog, _, _ := strings.Cut(w.Detail, ": ")
		return dialog
	}
	return ""
}

// readTargets reads and checks targets: one for each kind, and for what some are
// about. The error joins one for each thing that is wrong with them.
func readTargets(content []byte) (targets, error) {
	var document struct {
		Targets []Target `yaml:"targets"`
	}
	if err := yaml.UnmarshalWithOptions(content, &document, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("reading the targets: %w", err)
	}
	all := targets{}
	var problems []error
	for _, t := range document.Targets {
		for _, says := range t.wrong(all) {
			problems = append(problems, fmt.Errorf("the target of %q %s", cmp.Or(t.About, string(t.Kind)), says))
		}
		all[matter{t.Kind, t.About}] = t
	}
	for _, kind := range WorkItemKinds() {
		if _, ok := all[matter{kind: kind}]; !ok {
			problems = append(problems, fmt.Errorf("there is no target for %q", kind))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("reading the targets: %w", err)
	}
	return all, nil
}

func (t *Target) wrong(before targets) (says []string) {
	check := func(broken bool, what string) {
		if broken {
			says = append(says, what)
		}
	}
	_, twice := before[matter{t.Kind, t.About}]
	check(twice, "is there twice")
	check(!slices.Contains(WorkItemKinds(), t.Kind), "is of no kind that there is")
	check(t.About != "" && t.Kind != ReportWork && t.Kind != HandoffWork, "is of a kind that is about nothing else")
	check(t.Priority < 0 || t.Priority > lowestPriority, "has no priority from 0 to 4")
	check(t.Answer.Count == 0, "does not say how soon it is answered")
	check(t.Due.Count == 0, "does not say when it is due")
	check(t.Warn <= 0, "does not warn before it is due")
	check(t.Skill != "" && !slices.Contains(directory.Skills(), t.Skill), "asks for a skill that there is not")
	check(t.Specialist && t.Priority != 0, "is for specialists and does not come first")
	check(t.Rung < 0, "begins below the ladder")
	return says
}

// lowestPriority is that of what can wait longest.
const lowestPriority = 4

// of is the target of a work item: of what it is about, or else of its kind. A
// kind that is not known waits for a person as a hand-off does.
func (all targets) of(w *WorkItem) Target {
	try := []matter{{w.Kind, w.About()}, {kind: w.Kind}, {kind: HandoffWork}}
	if w.Kind == ReportWork {
		try = slices.Insert(try, 1, matter{kind: WorkItemKind(w.Detail)})
	}
	for _, m := range try {
		if t, ok := all[m]; ok {
			return t
		}
	}
	return Target{}
}

// WorkItemKinds lists the kinds of work items.
func WorkItemKinds() []WorkItemKind {
	return []WorkItemKind{
		DangerWork, HoldWork, WorryWork, CallWork, MissedCallWork, CallbackWork, VoicemailWork, HandoffWork, UnansweredWork, FailedTurnWork,
		UnknownSenderWork, AddressWork, SecretWork, LoopWork, ConversationEnding, DeliveryWork, BounceWork, ReportWork, PaymentWork,
		ReconsiderationWork, CalculationWork, ComplaintWork, MPWork, ThirdPartyWork,
	}
}
