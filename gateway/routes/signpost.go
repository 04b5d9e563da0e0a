package routes

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/rulefile"
	"parley/templates"
)

//go:embed signposts.yaml
var shippedSignposts []byte

// Signpost is words about who helps with what the service does not, or about
// what needs no dialog. They tell of no record, and may be read by anybody.
type Signpost struct {
	Name     string           `yaml:"signpost"`
	ReviewBy calculation.Date `yaml:"review-by"` // the day by which somebody looks whether it is still so
	Source   string           `yaml:"source"`    // where it can be looked up
	Words    `yaml:",inline"`
	Nations  map[directory.Nation]Words `yaml:"nations"` // where it is otherwise

	line int
}

// Words are words in each language.
type Words struct {
	English string `yaml:"en"`
	Welsh   string `yaml:"cy"`
}

// UnmarshalYAML implements yaml.NodeUnmarshaler: it remembers the line.
func (s *Signpost) UnmarshalYAML(node ast.Node) error {
	type plain Signpost
	err := yaml.NodeToValue(node, (*plain)(s), yaml.Strict())
	s.line = node.GetToken().Position.Line
	return err
}

// Signposts are all of them. They do not change and are safe for concurrent use.
type Signposts struct {
	list []Signpost
	file string
}

// ShippedSignposts are those that Parley comes with.
func ShippedSignposts() (*Signposts, error) { return ReadSignposts(signpostsFile, shippedSignposts) }

// ReadSignposts reads and checks signposts. The error joins a *rulefile.Problem for each
// thing that is wrong with them.
func ReadSignposts(file string, content []byte) (*Signposts, error) {
	var document struct {
		Signposts []Signpost `yaml:"signposts"`
	}
	if err := rulefile.Read(file, content, &document); err != nil {
		return nil, err
	}
	s := &Signposts{list: document.Signposts, file: file}
	var problems []error
	for i, p := range s.list {
		for _, says := range p.wrong(s.list[:i]) {
			problems = append(problems, &rulefile.Problem{File: file, Line: p.line, Message: says})
		}
	}
	return s, errors.Join(problems...)
}

// longest is how many parts of a text message a signpost takes at most in
// English; in Welsh, whose letters take more room, twice as many.
const longest = 3

func (s *Signpost) wrong(before []Signpost) (says []string) {
	check := func(broken bool, format string, values ...any) {
		if broken {
			says = append(says, fmt.Sprintf("%q ", s.Name)+fmt.Sprintf(format, values...))
		}
	}
	check(s.Name == "", "has no name")
	check(slices.ContainsFunc(before, func(b Signpost) bool { return b.Name == s.Name }), "is there twice")
	check(s.ReviewBy == 0, "does not say when it is to be reviewed")
	check(s.Source == "", "does not say where it can be looked up")
	for nation, words := range s.everywhere() {
		check(nation != "" && !slices.Contains(allNations, nation), "has words for %q, which is no nation", nation)
		for language, text := range words.by() {
			sms := templates.PrepareSMS(text)
			most := longest
			if language == templates.Welsh {
				most *= 2
			}
			check(text == "", "has no words in %s", language)
			check(sms.Segments > most, "takes %d parts of a text message in %s", sms.Segments, language)
			check(language == templates.English && sms.Encoding != templates.GSM7, "has a character that makes an English text message Unicode")
			check(templates.Telltale(text) != "", "has %q, which a bystander could read", templates.Telltale(text))
		}
	}
	slices.Sort(says)
	return says
}

// allNations are those that can have words of their own; England and whoever is
// not known to be elsewhere have the signpost's.
var allNations = []directory.Nation{directory.Wales, directory.Scotland, directory.NorthernIreland}

func (s *Signpost) everywhere() map[directory.Nation]Words {
	all := map[directory.Nation]Words{"": s.Words}
	for nation, words := range s.Nations {
		all[nation] = words
	}
	return all
}

func (w Words) by() map[templates.Language]string {
	return map[templates.Language]string{templates.English: w.English, templates.Welsh: w.Welsh}
}

// Say is the words of a signpost for somebody in a nation, empty: not known.
func (s *Signposts) Say(name string, nation directory.Nation, language templates.Language) (string, bool) {
	i := slices.IndexFunc(s.list, func(p Signpost) bool { return p.Name == name })
	if i < 0 {
		return "", false
	}
	words, ok := s.list[i].Nations[nation]
	if !ok {
		words = s.list[i].Words
	}
	return words.by()[language], true
}

func (s *Signposts) has(name string) bool {
	_, ok := s.Say(name, "", templates.English)
	return ok
}

// Overdue lists the signposts that should have been reviewed before a day.
func (s *Signposts) Overdue(today calculation.Date) []*rulefile.Problem {
	var late []*rulefile.Problem
	for _, p := range s.list {
		if p.ReviewBy < today {
			late = append(late, &rulefile.Problem{File: s.file, Line: p.line, Message: fmt.Sprintf("%s was to be reviewed by %s: look at %s", p.Name, p.ReviewBy, p.Source)})
		}
	}
	return late
}
