package dialogs

import (
	"errors"
	"maps"
	"slices"

	"github.com/expr-lang/expr/types"

	"parley/templates"
)

// linker resolves the names of a dialog from the top, so that a step reads
// only what stands above it: it compiles conditions, binds checks and calls to
// the steps they name, and finds what each step reads.
type linker struct {
	source
	dialog *Dialog
	scope  scope
}

// around are the names that every dialog may read.
func around() types.Map {
	return types.Map{
		"identity": types.String,
		"channel":  types.String,
		"language": types.String,
		"discreet": types.Bool,
		"role":     types.String,
		"nation":   types.String,
		"today":    types.String, // 2026-11-22
		knownNames: types.TypeOf(map[string]bool{}),
	}
}

func (l *linker) link(drafts []*draft) {
	l.scope = scope{
		types: around(), around: around(), later: map[string]bool{},
		values: map[string][]string{
			"identity": identities(), "channel": Channels(), "language": {"en", "cy"},
			"role": roles(), "nation": nations(),
		},
	}
	for _, d := range drafts {
		l.scope.later[d.name] = d.name != ""
	}
	facts := around()
	var at item
	for i, d := range drafts {
		s := &l.dialog.steps[i]
		l.file = d.file
		if s.of() != at {
			l.leave(at)
			at = s.of()
			l.enter(at)
		}
		kind := l.resolve(s, d)
		l.placeholders(s)
		s.reads = l.reads(s)
		l.declare(i, s, kind)
		maps.Copy(facts, l.scope.types)
	}
	l.dialog.facts = zeroFacts(facts)
	l.file = l.dialog.files[0].Name
	l.privacy()
}

// enter gives the steps of an each their variable to read.
func (l *linker) enter(at item) {
	e := at.each
	if e == nil {
		return
	}
	if at.number == 1 {
		l.over(e)
	}
	l.scope.types[e.variable] = e.fields()
}

// over checks what an each repeats for.
func (l *linker) over(e *each) {
	if _, taken := l.scope.types[e.variable]; taken {
		l.problem(e.at, "the name %q is used already", e.variable)
	}
	if e.ofRecord() {
		return
	}
	i, ok := l.dialog.question(e.over)
	if a := l.dialog.steps[i].answer; !ok || a.kind != NumberValue || !a.ranged || a.from < 0 || a.to > maxItems {
		l.problem(e.at, "%q is not the answer to a question above that takes a number 1 to %d at most", e.over, maxItems)
	}
}

// leave takes the variable of an each, and the names that its steps gave, from
// the steps below.
func (l *linker) leave(at item) {
	if at.each == nil {
		return
	}
	delete(l.scope.types, at.each.variable)
	for name, list := range l.dialog.repeated {
		if l.dialog.steps[list[0]].each == at.each {
			delete(l.scope.types, name)
		}
	}
}

// resolve compiles what a step says in expressions and binds what it names. It
// returns the type of the value that the step gives.
func (l *linker) resolve(s *step, d *draft) types.Type {
	if d.when.text != "" {
		var err error
		if s.when, err = l.scope.compile(d.when.text); err != nil {
			l.condition(d.when.at, err)
			s.when = &condition{}
		}
	}
	switch s.kind {
	case askStep:
		return s.answer.kind.fact()
	case setStep:
		if d.sets == (expression{}) { // and that is reported
			return types.Any
		}
		set, kind, err := l.scope.compileValue(d.sets.text)
		if err != nil {
			l.condition(d.sets.at, err)
		}
		s.set = set
		return kind
	case checkStep:
		for _, n := range d.checks {
			name := l.text(n)
			if i, ok := l.dialog.question(name); ok {
				s.check = append(s.check, i)
			} else if list := l.dialog.repeated[name]; len(list) > 0 {
				s.check = append(s.check, list...)
			} else {
				l.found(lintUnset, position(n), "no question above is called %q", name)
			}
		}
	case callStep:
		return l.call(s, d)
	}
	return nil
}

// condition reports an expression that does not compile.
func (l *linker) condition(at place, err error) {
	lint := lintCondition
	var wrong *conditionError
	if errors.As(err, &wrong) {
		lint = wrong.lint
	}
	l.found(lint, at, "%v", err)
}

// declare gives the steps below a name to read.
func (l *linker) declare(i int, s *step, kind types.Type) {
	l.scope.later[s.name] = false
	if s.name == "" || kind == nil {
		s.name = ""
		return
	}
	if _, taken := l.scope.types[s.name]; taken {
		l.problem(s.at, "the name %q is used already", s.name)
		return
	}
	l.scope.types[s.name] = kind
	if s.each != nil {
		l.dialog.repeated[s.name] = append(l.dialog.repeated[s.name], i)
	} else {
		l.dialog.givers[s.name] = i
	}
	switch {
	case s.answer.kind == ChoiceValue:
		l.scope.values[s.name] = s.choices.values
	case s.answer.kind == FileValue:
		l.scope.values[s.name] = append([]string{fileFact}, s.answer.literals.words...)
	}
}

// call links a call step with what it passes on, and returns its result's type.
func (l *linker) call(s *step, d *draft) types.Type {
	call, ok := signatureOf(s.call)
	if !ok {
		l.problem(d.at, "there is no call %q: there are %s", s.call, templates.English.List(callNames()))
		return nil
	}
	s.writes = call.writes
	for _, e := range d.withs {
		p := slices.IndexFunc(call.params, func(p param) bool { return p.name == e.key })
		if p < 0 {
			l.problem(position(e.at), "the call %q takes no %q", s.call, e.key)
			continue
		}
		b := binding{param: e.key, words: l.text(e.value)}
		if p := call.params[p]; p.kind == NoValue || l.passesOn(s, &b, p, position(e.value)) {
			s.with = append(s.with, b)
		}
	}
	for _, p := range call.params {
		if !p.optional && !slices.ContainsFunc(d.withs, func(e entry) bool { return e.key == p.name }) {
			l.problem(d.at, "the call %q needs %q under \"with:\"", s.call, p.name)
		}
	}
	return groupType(call.example)
}

// passesOn finds the answer, or the answers of a step that is repeated, that a
// binding passes on.
func (l *linker) passesOn(s *step, b *binding, p param, at place) bool {
	if i, ok := l.dialog.giver(b.words, s); ok && !p.list {
		b.steps = []int{i}
	} else if p.list {
		b.steps, b.list = l.dialog.repeated[b.words], true
	}
	if len(b.steps) == 0 || l.dialog.steps[b.steps[0]].kind != askStep || l.dialog.steps[b.steps[0]].answer.kind != p.kind {
		l.found(lintType, at, "%q is not an answer from above that can be given as %q", b.words, b.param)
		return false
	}
	if !p.optional && !p.list && !l.certain(b.words, s) {
		l.found(lintNoValue, at, "%q may have no value here: give this call the \"when:\" of the question", b.words)
	}
	return true
}

func groupType(v Value) types.Type {
	if v.Kind != GroupValue {
		return v.Kind.fact()
	}
	group := types.Map{}
	for _, f := range v.Fields {
		group[f.Name] = groupType(f.Value)
	}
	return group
}

// zeroFacts gives each name the zero of its type, so that a condition about a
// name without a value is false rather than an error.
func zeroFacts(names types.Map) map[string]any {
	facts := make(map[string]any, len(names))
	for name, t := range names {
		facts[name] = zeroFact(t)
	}
	return facts
}

func zeroFact(t types.Type) any {
	if group, ok := t.(types.Map); ok {
		return zeroFacts(group)
	}
	switch t {
	case types.Array(types.String):
		return []string(nil)
	case types.Bool:
		return false
	case types.Int:
		return 0
	case types.Float64:
		return 0.0
	default:
		return ""
	}
}
