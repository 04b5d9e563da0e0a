package dialogs

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"parley/dialogs/answers"
	"parley/templates"
)

// scriptReader reads a script into a Dialog whose names are not linked yet.
type scriptReader struct {
	source
	dialog *Dialog
	drafts []*draft
	says   int // say steps without a name, so far
}

var namePattern = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func (r *scriptReader) read(content []byte) {
	d := r.dialog
	d.Languages = []templates.Language{templates.English}
	d.Identity = "known"
	d.Retries = Retries{Limit: 3, Then: "handoff"}
	d.Expire = Expiry{After: 14 * 24 * time.Hour, Then: "handoff"}
	for _, e := range r.parse(content) {
		switch e.key {
		case "dialog":
			d.Name = r.text(e.value)
		case "title":
			d.title = words{templates.English: r.words(e.value)}
		case "for":
			d.For = r.oneOf(e, "paying parent", "receiving parent", "anyone")
			if d.For == "anyone" {
				d.For = ""
			}
		case "languages":
			r.languages(e)
		case "identity":
			d.Identity = r.oneOf(e, "unknown", "known", "confirmed", "checked")
		case "nudge":
			for _, n := range r.list(e.value) {
				d.Nudges = append(d.Nudges, r.duration(n))
			}
		case "expire":
			r.expire(e)
		case "retries":
			r.retries(e)
		case "opening":
			d.opening = words{templates.English: r.words(e.value)}
		case "steps":
			for _, n := range r.list(e.value) {
				r.step(n)
			}
		default:
			r.problem(e.at, fmt.Sprintf("a dialog has nothing called %q", e.key))
		}
	}
	r.complete()
}

func (r *scriptReader) complete() {
	if r.dialog.Name == "" {
		r.add(1, 1, "the dialog has no name: begin with \"dialog: its-name\"")
	}
	if r.dialog.title == nil {
		r.add(1, 1, "the dialog has no title")
		r.dialog.title = words{templates.English: variants{forDefault: {text: &templates.Text{}}}}
	}
	switch n := len(r.dialog.steps); {
	case n == 0:
		r.add(1, 1, "the dialog has no steps")
	case n > maxSteps:
		r.add(1, 1, fmt.Sprintf("the dialog has %d steps and may have %d: split it", n, maxSteps))
	}
}

func (r *scriptReader) oneOf(e entry, allowed ...string) string {
	text := r.text(e.value)
	if !slices.Contains(allowed, text) {
		r.problem(e.value, fmt.Sprintf("%s cannot be %q: use %s", e.key, text, strings.Join(allowed, ", ")))
		return allowed[0]
	}
	return text
}

func (r *scriptReader) languages(e entry) {
	r.dialog.Languages = nil
	for _, n := range r.list(e.value) {
		l := templates.Language(r.text(n))
		if !slices.Contains(templates.Languages(), l) {
			r.problem(n, fmt.Sprintf("Parley does not speak %q", string(l)))
			continue
		}
		r.dialog.Languages = append(r.dialog.Languages, l)
	}
}

// duration reads "2d", "12h" or "30m".
func (r *scriptReader) duration(n ast.Node) time.Duration {
	text := r.text(n)
	units := map[string]time.Duration{"d": 24 * time.Hour, "h": time.Hour, "m": time.Minute}
	if text != "" {
		count, err := strconv.Atoi(text[:len(text)-1])
		if unit, ok := units[text[len(text)-1:]]; ok && err == nil && count > 0 {
			return time.Duration(count) * unit
		}
	}
	r.problem(n, fmt.Sprintf("%q is not a length of time: write 2d, 12h or 30m", text))
	return 24 * time.Hour
}

func (r *scriptReader) expire(e entry) {
	for _, part := range r.mapping(e.value) {
		switch part.key {
		case "after":
			r.dialog.Expire.After = r.duration(part.value)
		case "then":
			r.dialog.Expire.Then = r.oneOf(part, "handoff", "end")
		default:
			r.problem(part.at, "expire has \"after\" and \"then\" only")
		}
	}
}

func (r *scriptReader) retries(e entry) {
	for _, part := range r.mapping(e.value) {
		switch part.key {
		case "limit":
			limit, err := strconv.Atoi(r.text(part.value))
			if err != nil || limit < 1 || limit > 10 {
				r.problem(part.value, "the limit is a number from 1 to 10")
				limit = 3
			}
			r.dialog.Retries.Limit = limit
		case "then":
			r.dialog.Retries.Then = r.oneOf(part, "handoff", "end")
		default:
			r.problem(part.at, "retries has \"limit\" and \"then\" only")
		}
	}
}

// draft is a step as it is read, with the names and conditions that the linker
// resolves.
type draft struct {
	step
	name      string // that the step asks for or sets
	when      string
	whenAt    place
	sets      string
	setsAt    place
	checks    []ast.Node
	withs     []entry
	alsos     []entry
	answerSet bool
}

func (r *scriptReader) step(n ast.Node) {
	entries := r.mapping(n)
	d := &draft{}
	d.at = position(n)
	d.kind = r.kind(n, entries)
	for _, e := range entries {
		r.part(d, e)
	}
	r.finish(d, n)
	d.step.key = r.key(d)
	if slices.ContainsFunc(r.dialog.steps, func(s step) bool { return s.key == d.step.key }) {
		r.problem(n, fmt.Sprintf("there is a step %q already: give this one a \"name:\" of its own", d.step.key))
	}
	r.dialog.steps = append(r.dialog.steps, d.step)
	r.drafts = append(r.drafts, d)
}

// kind is told by the first of these that the step has.
func (r *scriptReader) kind(n ast.Node, entries []entry) stepKind {
	for _, k := range []struct {
		key  string
		kind stepKind
	}{{"ask", askStep}, {"check", checkStep}, {"call", callStep}, {"set", setStep}, {"handoff", handoffStep}, {"say", sayStep}, {"end", endStep}} {
		if slices.ContainsFunc(entries, func(e entry) bool { return e.key == k.key }) {
			return k.kind
		}
	}
	r.problem(n, "this step does nothing: give it say, ask, check, set, call, handoff or end")
	return endStep
}

func (r *scriptReader) part(d *draft, e entry) {
	switch e.key {
	case "ask":
		d.name = r.name(e)
	case "name":
		d.key = r.text(e.value)
	case "when":
		d.when, d.whenAt = r.text(e.value), position(e.value)
	case "say":
		d.say = words{templates.English: r.words(e.value)}
	case "help":
		d.help = words{templates.English: r.words(e.value)}
	case "label":
		d.label = words{templates.English: r.words(e.value)}
	case "choices":
		r.choices(d, e)
	case "also":
		d.alsos = r.mapping(e.value)
	case "answer":
		a, err := parseAnswer(r.text(e.value))
		if err != nil {
			r.problem(e.value, err.Error())
		}
		d.answer, d.answerSet = a, true
	case "private":
		d.private = r.text(e.value) == "true"
	case "check":
		d.checks = r.list(e.value)
	case "set":
		r.set(d, e)
	case "call":
		d.call = r.text(e.value)
	case "with":
		d.withs = r.mapping(e.value)
	case "save":
		d.save = r.name(e)
	case "fails":
		d.fails = r.oneOf(e, "skip", "handoff")
	case "handoff", "end":
		d.end = r.text(e.value)
	default:
		r.problem(e.at, fmt.Sprintf("a step has nothing called %q", e.key))
	}
}

// name reads a name that conditions and placeholders can use.
func (r *scriptReader) name(e entry) string {
	name := r.text(e.value)
	if !namePattern.MatchString(name) {
		r.problem(e.value, fmt.Sprintf("%q is not a name: use small letters, figures and _, like since or new_pay", name))
	}
	return name
}

func (r *scriptReader) choices(d *draft, e entry) {
	labels := map[string]string{}
	for _, c := range r.mapping(e.value) {
		d.choices.values = append(d.choices.values, c.key)
		labels[c.key] = r.text(c.value)
	}
	d.choices.add(templates.English, labels)
}

// add gives the choices their labels in a language.
func (c *choices) add(language templates.Language, labels map[string]string) {
	list := make([]answers.Choice, len(c.values))
	for i, value := range c.values {
		list[i] = answers.Choice{Value: value, Label: labels[value]}
	}
	if c.by == nil {
		c.by = map[templates.Language][]answers.Choice{}
	}
	c.by[language] = list
}

// also reads other words that mean a choice: "also: {up: [more, risen]}".
func (s *source) also(c *choices, language templates.Language, entries []entry) {
	for _, e := range entries {
		i := slices.Index(c.values, e.key)
		if i < 0 || c.by[language] == nil {
			s.problem(e.at, fmt.Sprintf("%q is not a choice of this step", e.key))
			continue
		}
		for _, n := range s.list(e.value) {
			c.by[language][i].Also = append(c.by[language][i].Also, s.text(n))
		}
	}
}

func (r *scriptReader) set(d *draft, e entry) {
	entries := r.mapping(e.value)
	if len(entries) != 1 {
		r.problem(e.at, "set gives one name a value, like \"set: {low: pay.pence < 10000}\"")
		return
	}
	d.name = entries[0].key
	d.sets, d.setsAt = r.text(entries[0].value), position(entries[0].value)
}

// finish checks that a step has what its kind needs.
func (r *scriptReader) finish(d *draft, n ast.Node) {
	switch d.kind {
	case askStep:
		r.also(&d.choices, templates.English, d.alsos)
		if d.say == nil {
			r.problem(n, "a question needs words: add \"say:\"")
			d.say = words{templates.English: variants{forDefault: {text: &templates.Text{}}}}
		}
		switch hasChoices := len(d.choices.values) > 0; {
		case hasChoices && d.answerSet:
			r.problem(n, "a question has choices or an answer, not both")
		case hasChoices:
			d.answer = answerType{kind: ChoiceValue}
		case !d.answerSet:
			r.problem(n, "say what kind of answer this takes: add \"answer:\" or \"choices:\"")
			d.answer = answerType{kind: TextValue, from: 1, to: maxText, ranged: true}
		}
	case callStep:
		if d.fails == "" {
			r.problem(n, "say what happens when this call fails: add \"fails: skip\" or \"fails: handoff\"")
		}
	}
}

// key names a step: as it says itself, after what it asks or saves, after the
// outcome it ends with, or say-1, say-2 in order.
func (r *scriptReader) key(d *draft) string {
	switch {
	case d.key != "":
		return d.key
	case d.name != "":
		return d.name
	case d.kind == callStep && d.save != "":
		return d.save
	case d.kind == callStep:
		return d.call
	case d.kind == checkStep:
		return "check"
	case d.end != "":
		return d.end
	}
	r.says++
	return fmt.Sprintf("say-%d", r.says)
}
