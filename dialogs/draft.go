package dialogs

import (
	"fmt"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"parley/dialogs/answers"
	"parley/templates"
)

// draft is a step as it is read, with the names and conditions that the linker
// resolves.
type draft struct {
	step
	when   expression
	sets   expression
	checks []ast.Node
	withs  []entry
	alsos  []entry
	takes  bool // it says what kind of answer it takes
	file   string
}

// expression is a condition or a value as it is written.
type expression struct {
	text string
	at   place
}

// kinds are the kinds of steps by the part that makes a step one, the first
// that it has: a step with "handoff" and "say" hands off.
var kinds = []struct {
	part string
	kind stepKind
	has  []string // the other parts that it may have, beside name and when
}{
	{"ask", askStep, []string{"say", "help", "label", "choices", "also", "answer", "private"}},
	{"check", checkStep, []string{"say"}},
	{"call", callStep, []string{"with", "save", "fails", "private"}},
	{"set", setStep, []string{"private"}},
	{"handoff", handoffStep, []string{"say", "private"}},
	{"say", sayStep, []string{"end", "next", "private"}},
	{"end", endStep, []string{"next"}},
}

// steps reads a list of steps.
func (r *scriptReader) steps(n ast.Node) {
	for _, item := range r.list(n) {
		entries := r.mapping(item)
		switch {
		case hasPart(entries, "each"):
			r.each(item, entries)
		case hasPart(entries, "run"):
			r.run(item, entries)
		default:
			r.step(item, entries)
		}
	}
}

func hasPart(entries []entry, key string) bool {
	return slices.ContainsFunc(entries, func(e entry) bool { return e.key == key })
}

// step reads one step.
func (r *scriptReader) step(n ast.Node, entries []entry) {
	d := &draft{file: r.file}
	d.at = position(n)
	d.each, d.item, d.part = r.inside.each, r.inside.item, r.inside.part
	r.kind(d, entries)
	for _, e := range entries {
		r.part(d, e)
	}
	r.finish(d)
	d.key = r.keyOf(d)
	if r.inside.part != "" {
		d.key = r.inside.part + "/" + d.key
	}
	if r.inside.when != "" {
		d.when = expression{both(r.inside.when, d.when.text), d.at}
	}
	switch taken := func(s step) bool { return s.key == d.key && (s.each == nil || s.of() == d.of()) }; {
	case slices.ContainsFunc(r.dialog.steps, taken):
		r.problem(d.at, "there is a step %q already: give this one a \"name:\" of its own", d.key)
	case d.key == "title" || d.key == "opening":
		r.problem(d.at, "a step cannot be called %q: the dialog has words of that name", d.key)
	}
	r.dialog.steps = append(r.dialog.steps, d.step)
	r.drafts = append(r.drafts, d)
}

// both is a condition that holds when two do; either may be empty.
func both(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return "(" + a + ") and (" + b + ")"
}

// kind is told by the parts that a step has; others than its kind may have are
// reported.
func (r *scriptReader) kind(d *draft, entries []entry) {
	for _, k := range kinds {
		if !hasPart(entries, k.part) {
			continue
		}
		d.kind = k.kind
		for _, e := range entries {
			if e.key != k.part && e.key != "name" && e.key != "when" && !slices.Contains(k.has, e.key) {
				r.problem(position(e.at), "a step with %q has nothing called %q", k.part, e.key)
			}
		}
		return
	}
	d.kind = endStep
	r.problem(d.at, "this step does nothing: give it say, ask, check, set, call, run, each, handoff or end")
}

func (r *scriptReader) part(d *draft, e entry) {
	switch e.key {
	case "ask", "save":
		d.name = r.giver(e)
	case "name":
		d.key = r.key(e)
	case "when":
		d.when = expression{r.text(e.value), position(e.value)}
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
			r.problem(position(e.value), "%v", err)
		}
		a.literals.at = position(e.value)
		d.answer, d.takes = a, true
	case "private":
		d.private = r.oneOf(e, "true", "false") == "true"
	case "check":
		d.checks = r.list(e.value)
	case "set":
		r.set(d, e)
	case "call":
		d.call = r.text(e.value)
	case "with":
		d.withs = r.mapping(e.value)
	case "fails":
		d.fails = r.oneOf(e, "skip", "handoff")
	case "handoff", "end":
		d.end = r.key(e)
	case "next":
		d.next, d.nextAt = r.key(e), position(e.value)
	}
}

// giver reads a name that conditions and placeholders can use.
func (r *scriptReader) giver(e entry) string {
	name := r.text(e.value)
	if name != "" && !namePattern.MatchString(name) {
		r.problem(position(e.value), "%q is not a name: use small letters, figures and _, like since or new_pay", name)
	}
	return name
}

func (r *scriptReader) choices(d *draft, e entry) {
	labels := map[string]string{}
	for _, c := range r.mapping(e.value) {
		d.choices.values = append(d.choices.values, c.key)
		labels[c.key] = r.text(c.value)
	}
	d.choices.add(templates.English, labels, position(e.at))
}

// add gives the choices their labels in a language.
func (c *choices) add(language templates.Language, labels map[string]string, at place) {
	list := make([]answers.Choice, len(c.values))
	for i, value := range c.values {
		list[i] = answers.Choice{Value: value, Label: labels[value]}
	}
	if c.by == nil {
		c.by = map[templates.Language]offered{}
	}
	c.by[language] = offered{list, at}
}

// also reads other words that mean a choice: "also: {up: [more, risen]}".
func (s *source) also(c *choices, language templates.Language, entries []entry) {
	list := c.by[language].list
	for _, e := range entries {
		i := slices.IndexFunc(list, func(c answers.Choice) bool { return c.Value == e.key })
		if i < 0 {
			s.problem(position(e.at), "%q is not a choice of this step", e.key)
			continue
		}
		for _, n := range s.list(e.value) {
			list[i].Also = append(list[i].Also, s.text(n))
		}
	}
}

func (r *scriptReader) set(d *draft, e entry) {
	entries := r.mapping(e.value)
	if len(entries) != 1 {
		r.problem(position(e.at), "set gives one name a value, like \"set: {low: pay.pence < 10000}\"")
		return
	}
	d.name = entries[0].key
	if !namePattern.MatchString(d.name) {
		r.problem(position(entries[0].at), "%q is not a name: use small letters, figures and _, like since or new_pay", d.name)
	}
	d.sets = expression{r.text(entries[0].value), position(entries[0].value)}
}

// finish checks that a step has what its kind needs.
func (r *scriptReader) finish(d *draft) {
	switch {
	case d.next != "" && d.end == "":
		r.problem(d.nextAt, "\"next\" says what comes after an end: add \"end:\"")
	case d.name == filesName:
		r.problem(d.at, "%q is what the files are called that nobody asked for: use another name", filesName)
	}
	switch d.kind {
	case askStep:
		d.private = d.private || d.answer.sensitive()
		r.also(&d.choices, templates.English, d.alsos)
		if d.say == nil {
			r.problem(d.at, "a question needs words: add \"say:\"")
			d.say = noWords()
		}
		switch offers := len(d.choices.values) > 0; {
		case offers && d.answer.kind == ManyValue:
		case offers && d.takes:
			r.problem(d.at, "a question has choices or an answer, not both, unless the answer is \"many\" of the choices")
		case offers:
			d.answer = answerType{kind: ChoiceValue}
		case d.answer.kind == ManyValue:
			r.problem(d.at, "many of what? Add \"choices:\"")
		case !d.takes:
			r.problem(d.at, "say what kind of answer this takes: add \"answer:\" or \"choices:\"")
			d.answer = answerType{kind: TextValue, from: 1, to: maxText}
		}
	case callStep:
		if d.fails == "" {
			r.found(lintFails, d.at, "say what happens when this call fails: add \"fails: skip\" or \"fails: handoff\"")
		}
	}
}

// keyOf names a step: as it says itself, after what it asks or saves, after
// the outcome it ends with, or say-1, say-2 in order.
func (r *scriptReader) keyOf(d *draft) string {
	switch {
	case d.key != "":
		return d.key
	case d.name != "":
		return d.name
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
