package schedule

import (
	_ "embed"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/rulefile"
)

//go:embed rules.yaml
var shipped []byte

// rulesFile is what problems call the rules that Parley comes with.
const rulesFile = "rules.yaml"

// Settings are what a service decides for itself.
type Settings struct {
	Grace int               // days after a payment is due in which nothing is said of it
	Least calculation.Money // what is unpaid and less than this is not asked for
	On    []string          // notices that are sent though the rules have them off
}

// Schedule is the rules, with a service's settings. It does not change and is
// safe for concurrent use.
type Schedule struct {
	rules    []rule
	settings Settings
	london   *time.Location
}

// Shipped is the schedule that Parley comes with.
func Shipped(s Settings) (*Schedule, error) { return Read(rulesFile, shipped, s) }

// Read reads and checks rules. The error joins a *rulefile.Problem for each thing that is
// wrong with them.
func Read(file string, content []byte, settings Settings) (*Schedule, error) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("reckoning days: %w", err)
	}
	var document struct {
		Rules []written `yaml:"rules"`
	}
	if err := rulefile.Read(file, content, &document); err != nil {
		return nil, err
	}
	s := &Schedule{settings: settings, london: london}
	var problems []error
	for i := range document.Rules {
		w := &document.Rules[i]
		r, wrong := w.rule()
		if slices.ContainsFunc(document.Rules[:i], w.repeats) {
			wrong = append(wrong, "is there twice: the same is sent once only")
		}
		for _, message := range wrong {
			problems = append(problems, &rulefile.Problem{File: file, Line: w.line, Message: message})
		}
		if !w.Off || slices.Contains(settings.On, w.Notice) {
			s.rules = append(s.rules, r)
		}
	}
	for _, name := range settings.On {
		if !slices.ContainsFunc(document.Rules, func(w written) bool { return w.Notice == name }) {
			problems = append(problems, &rulefile.Problem{File: file, Line: 1, Message: fmt.Sprintf("there is no rule for %q, which the settings turn on", name)})
		}
	}
	if len(document.Rules) == 0 {
		problems = append(problems, &rulefile.Problem{File: file, Line: 1, Message: "there are no rules"})
	}
	return s, errors.Join(problems...)
}

// Notices names the notices that the rules send.
func (s *Schedule) Notices() []string {
	var names []string
	for _, r := range s.rules {
		if r.notice != "" && !slices.Contains(names, r.notice) {
			names = append(names, r.notice)
		}
	}
	return names
}

// written is a rule as it is written.
type written struct {
	Notice string `yaml:"notice"`
	Work   string `yaml:"work"`
	For    string `yaml:"for"`
	On     string `yaml:"on"`
	Before *int   `yaml:"before"`
	After  *int   `yaml:"after"`
	At     string `yaml:"at"`
	SendBy string `yaml:"send_by"`
	Repeat struct {
		Every int `yaml:"every"`
		Times int `yaml:"times"`
	} `yaml:"repeat"`
	By      int    `yaml:"by"`
	Stop    string `yaml:"stop"`
	Service string `yaml:"service"`
	Off     bool   `yaml:"off"`

	line int
}

// UnmarshalYAML implements yaml.NodeUnmarshaler: it remembers the line.
func (w *written) UnmarshalYAML(node ast.Node) error {
	type plain written
	err := yaml.NodeToValue(node, (*plain)(w), yaml.Strict())
	w.line = node.GetToken().Position.Line
	return err
}

// repeats reports whether another rule has the same key as this one.
func (w *written) repeats(other written) bool {
	return w.Notice == other.Notice && w.Work == other.Work && w.For == other.For && w.On == other.On
}

var (
	atForm   = regexp.MustCompile(`^(\d\d):([0-5]\d)$`)
	spanForm = regexp.MustCompile(`^([1-9]\d{0,2})([dh])$`)
	services = map[string]directory.Service{"": "", "direct": directory.DirectPay, "collected": directory.CollectAndPay}
)

// Bounds that are far from any rule that makes sense, and the hours in which
// something may begin.
const (
	mostDays  = 180
	firstHour = 8
	lastHour  = 20
)

// rule reads a rule, and says what is wrong with it.
func (w *written) rule() (rule, []string) {
	var wrong []string
	check := func(ok bool, format string, values ...any) {
		if !ok {
			wrong = append(wrong, fmt.Sprintf(format, values...))
		}
	}
	r := rule{notice: w.Notice, work: w.Work, role: directory.Role(w.For), on: Kind(w.On), by: w.By,
		every: w.Repeat.Every, times: w.Repeat.Times, stops: w.Stop == "paid"}
	check((w.Notice == "") != (w.Work == ""), "a rule has a notice, or work for a person")
	check(ids[r.on] != "", "on: %q is nothing that happens", w.On)
	check(w.For == "" || w.Work == "" && (r.role == directory.Paying || r.role == directory.Receiving),
		"for: is paying parent or receiving parent, and not said of work")
	event := slices.Contains(events, r.on)
	check(w.For != "" || w.Work != "" || event, "for: says which parent it is for: time does not tell")
	check(w.Work == "" || !event, "work: is not given by what somebody does, who can give it")
	check(!event || w.Before == nil || r.on == ConversationEnding, "before: is of what can be seen coming")
	check((w.Before == nil) != (w.After == nil), "a rule has days before: or after:")
	if w.Before != nil {
		r.days = -*w.Before
	}
	if w.After != nil {
		r.days = *w.After
	}
	check(-mostDays <= r.days && r.days <= mostDays && (w.Before == nil || r.days < 0) && (w.After == nil || r.days >= 0),
		"before: and after: are up to %d days", mostDays)
	at := atForm.FindStringSubmatch(w.At)
	check(at != nil, `at: is a time like "10:00"`)
	if at != nil {
		r.at.hour, _ = strconv.Atoi(at[1])
		r.at.minute, _ = strconv.Atoi(at[2])
		check(firstHour <= r.at.hour && r.at.hour < lastHour, "at: is between %02d:00 and %02d:00", firstHour, lastHour)
	}
	within := spanForm.FindStringSubmatch(w.SendBy)
	check(within != nil, "send_by: is how long it makes sense, like 6h or 3d")
	if within != nil {
		n, _ := strconv.Atoi(within[1])
		if within[2] == "d" {
			r.within.days = n
		} else {
			r.within.hours = n
		}
	}
	check(r.times >= 0 && (r.times == 0) == (r.every == 0) && r.every >= 0, "repeat: has every: and times:, both more than nothing")
	check(0 <= w.By && w.By <= mostDays, "by: is up to %d days", mostDays)
	check(w.Stop == "" || w.Stop == "paid", "stop: is paid, or not there")
	check(w.Stop == "" || slices.Contains(unpaid, r.on), "stop: a payment stops only what is said of what is unpaid")
	service, known := services[w.Service]
	check(known, "service: is direct or collected")
	r.service = service
	return r, wrong
}
