package dialogs

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/expr-lang/expr/types"

	"parley/templates"
)

// linker resolves the names of a dialog: it compiles conditions, binds checks
// and calls to the steps they name, and finds what each step reads.
type linker struct {
	source
	dialog *Dialog
	types  types.Map
	owner  map[string]int // the step that gives a name its value
}

// The names that every dialog may read.
func (l *linker) builtins() types.Map {
	return types.Map{
		"identity": types.String, // "unknown", "known", "confirmed", "checked"
		"channel":  types.String,
		"language": types.String,
		"discreet": types.Bool,
		"today":    types.String, // 2026-11-22
		knownNames: types.TypeOf(map[string]bool{}),
	}
}

func (l *linker) link(drafts []*draft) {
	l.types, l.owner = l.builtins(), map[string]int{}
	l.dialog.names = make([]string, len(drafts))
	for i, d := range drafts {
		l.declare(i, d)
	}
	for i, d := range drafts {
		l.resolve(&l.dialog.steps[i], d)
	}
	l.dialog.facts = zeroFacts(l.types)
	l.privacy()
}

// declare notes the name that a step gives a value to.
func (l *linker) declare(i int, d *draft) {
	name, kind := d.name, types.Type(nil)
	switch d.kind {
	case askStep:
		kind = d.answer.fact()
		l.dialog.asks[name] = i
	case setStep:
		kind = types.Any
		l.dialog.asks[name] = i
	case callStep:
		s, ok := signature(d.call)
		if !ok {
			l.add(d.at.line, d.at.column, fmt.Sprintf("there is no call %q: there are %s", d.call, callNames()))
			return
		}
		if d.save == "" {
			return
		}
		name, kind = d.save, groupType(s.Example)
		l.dialog.results[name] = i
	default:
		return
	}
	if _, taken := l.types[name]; taken {
		l.add(d.at.line, d.at.column, fmt.Sprintf("the name %q is used already", name))
		return
	}
	l.types[name], l.owner[name], l.dialog.names[i] = kind, i, name
}

func callNames() string {
	var names []string
	for _, s := range Signatures() {
		names = append(names, s.Name)
	}
	return strings.Join(names, " and ")
}

func groupType(v Value) types.Type {
	switch v.Kind {
	case GroupValue:
		group := types.Map{}
		for _, f := range v.Fields {
			group[f.Name] = groupType(f.Value)
		}
		return group
	default:
		return answerType{kind: v.Kind}.fact()
	}
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
	case types.Bool:
		return false
	case types.Int:
		return 0
	default:
		return ""
	}
}

func (l *linker) resolve(s *step, d *draft) {
	if d.when != "" {
		s.when = l.condition(d.when, d.whenAt, true)
	}
	if d.kind == setStep {
		s.set = l.condition(d.sets, d.setsAt, false)
	}
	for _, n := range d.checks {
		name := l.text(n)
		i, ok := l.dialog.asks[name]
		if !ok {
			l.problem(n, fmt.Sprintf("no question is called %q", name))
			continue
		}
		s.check = append(s.check, i)
	}
	l.bind(s, d)
	s.reads = l.reads(s)
}

func (l *linker) condition(text string, at place, yesNo bool) *condition {
	c, err := compileCondition(text, l.types, yesNo)
	if err != nil {
		l.add(at.line, at.column, err.Error())
	}
	return c
}

// bind links what a call step passes on.
func (l *linker) bind(s *step, d *draft) {
	signature, ok := signature(d.call)
	if !ok {
		return
	}
	for _, e := range d.withs {
		p := slices.IndexFunc(signature.Params, func(p Param) bool { return p.Name == e.key })
		if p < 0 {
			l.problem(e.at, fmt.Sprintf("the call %q takes no %q", d.call, e.key))
			continue
		}
		b := binding{param: e.key, step: -1, words: l.text(e.value)}
		if signature.Params[p].Kind != NoValue {
			i, ok := l.dialog.asks[b.words]
			if !ok || l.dialog.steps[i].answer.kind != signature.Params[p].Kind {
				l.problem(e.value, fmt.Sprintf("%q is not an answer that can be given as %q", b.words, e.key))
				continue
			}
			b.step = i
		}
		s.with = append(s.with, b)
	}
	for _, p := range signature.Params {
		if !slices.ContainsFunc(d.withs, func(e entry) bool { return e.key == p.Name }) {
			l.add(d.at.line, d.at.column, fmt.Sprintf("the call %q needs %q under \"with:\"", d.call, p.Name))
		}
	}
}

// reads lists the steps whose answers or results a step's condition, words,
// value or call read.
func (l *linker) reads(s *step) []int {
	var names []string
	if s.when != nil {
		names = append(names, s.when.names...)
	}
	if s.set != nil {
		names = append(names, s.set.names...)
	}
	names = append(names, l.placeholders(s)...)
	reads := slices.Clone(s.check)
	for _, name := range names {
		if i, ok := l.owner[name]; ok {
			reads = append(reads, i)
		}
	}
	for _, b := range s.with {
		if b.step >= 0 {
			reads = append(reads, b.step)
		}
	}
	slices.Sort(reads)
	return slices.Compact(reads)
}

// placeholders checks every placeholder of a step's words and returns the
// names they begin with.
func (l *linker) placeholders(s *step) []string {
	var roots []string
	english := s.say[templates.English]
	for language, v := range s.say {
		for channel, p := range v {
			for _, name := range p.text.Names() {
				root, field, dotted := strings.Cut(name, ".")
				if !l.hasField(root, field, dotted) {
					l.wrongPlaceholder(language, p, name)
					continue
				}
				roots = append(roots, root)
			}
			if e, ok := english[channel]; ok && language != templates.English && !slices.Equal(sortedNames(e), sortedNames(p)) {
				l.add(s.at.line, s.at.column, fmt.Sprintf("the words in %s for %q hold other placeholders than the English", languageName(language), s.key))
			}
		}
	}
	slices.Sort(roots)
	return slices.Compact(roots)
}

func sortedNames(p phrase) []string { return slices.Sorted(slices.Values(p.text.Names())) }

func (l *linker) hasField(root, field string, dotted bool) bool {
	t, ok := l.types[root]
	if _, owned := l.owner[root]; !ok || !owned {
		return false
	}
	group, isGroup := t.(types.Map)
	if !dotted {
		_, money := group["pence"]
		return !isGroup || money
	}
	_, ok = group[field]
	return ok
}

func (l *linker) wrongPlaceholder(language templates.Language, p phrase, name string) {
	file := l.file
	if language != templates.English {
		file = strings.TrimSuffix(file, scriptFile) + string(language) + ".yaml"
	}
	*l.problems = append(*l.problems, Problem{File: file, Line: p.at.line, Column: p.at.column,
		Message: fmt.Sprintf("nothing called ((%s)) is known here: there are %s", name, strings.Join(slices.Sorted(maps.Keys(l.owner)), ", "))})
}

// privacy finds what is computed from private answers, which is private too,
// and the words that hold it.
func (l *linker) privacy() {
	private := map[int]bool{}
	for i := range l.dialog.steps {
		s := &l.dialog.steps[i]
		computed := slices.ContainsFunc(s.reads, func(i int) bool { return private[i] })
		called, _ := signature(s.call)
		switch s.kind {
		case askStep:
			private[i] = s.private
		case setStep:
			private[i] = s.private || computed
		case callStep:
			private[i] = s.private || called.Private || (computed && !called.Writes)
		}
		s.quotes = s.private && s.kind != askStep || s.kind == checkStep || l.quotesPrivate(s, private)
	}
}

func (l *linker) quotesPrivate(s *step, private map[int]bool) bool {
	return slices.ContainsFunc(s.say.names(), func(name string) bool {
		root, _, _ := strings.Cut(name, ".")
		i, ok := l.owner[root]
		return ok && private[i]
	})
}
