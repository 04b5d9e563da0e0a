package notices

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"parley/gateway/rulefile"
	"parley/templates"
)

// Problem is something wrong with a notice, where it stands.
type Problem struct {
	Lint    string // a stable name of what was looked for
	File    string
	Line    int
	Message string // a sentence for its author, with the fix where there is one
}

// String is "file:line: message".
func (p Problem) String() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message) }

// Problems is all that is wrong, as an error.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].String()
	}
	return strings.Join(lines, "\n")
}

// definitionFile says what a notice is; its words are in en.md and cy.md.
const definitionFile = "notice.yaml"

// definition is notice.yaml.
type definition struct {
	Notice    string        `yaml:"notice"`
	Title     string        `yaml:"title"`
	For       string        `yaml:"for"`
	Statutory bool          `yaml:"statutory"`
	Priority  string        `yaml:"priority"`
	Dialog    string        `yaml:"dialog"`
	ByPerson  bool          `yaml:"by_person"`
	Discloses []string      `yaml:"discloses"`
	Data      yaml.MapSlice `yaml:"data"` // name: kind
}

var errNoNotices = errors.New("there are no notices here: a notice is a folder that holds " + definitionFile)

// Load reads and checks every notice in a folder of notices, in the order of
// their names. The error is Problems when the notices are at fault.
func Load(folder fs.FS) ([]*Notice, error) {
	files, err := fs.Glob(folder, "*/"+definitionFile)
	if err != nil {
		return nil, fmt.Errorf("looking for notices: %w", err)
	}
	if len(files) == 0 {
		return nil, errNoNotices
	}
	var list []*Notice
	var problems Problems
	for _, file := range files {
		l := loader{folder: folder, dir: path.Dir(file)}
		list = append(list, l.load())
		problems = append(problems, l.problems...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return list, nil
}

// loader reads one notice.
type loader struct {
	folder   fs.FS
	dir      string
	lines    []string // of notice.yaml
	problems Problems
}

func (l *loader) problem(lint, file string, line int, format string, values ...any) {
	l.problems = append(l.problems, Problem{Lint: lint, File: path.Join(l.dir, file), Line: line, Message: fmt.Sprintf(format, values...)})
}

func (l *loader) load() *Notice {
	n := l.definition()
	if len(l.problems) > 0 {
		return n
	}
	uses := map[templates.Language][]bool{}
	n.forms = map[templates.Language]*forms{}
	for _, language := range templates.Languages() {
		file := string(language) + ".md"
		content, err := fs.ReadFile(l.folder, path.Join(l.dir, file))
		if err != nil {
			l.problem("language", file, 1, "this file is missing: every notice is in English and Welsh")
			continue
		}
		before := len(l.problems)
		r := &formReader{loader: l, notice: n, file: file, uses: make([]bool, len(n.Fields)), lines: map[Form]int{}}
		n.forms[language] = r.read(string(content))
		if len(l.problems) == before {
			uses[language] = r.uses
			lint{formReader: r, language: language, forms: n.forms[language]}.all()
		}
	}
	if len(uses) == len(templates.Languages()) {
		l.compare(n, uses)
	}
	return n
}

// Whom a notice may be for.
const (
	payingParent    = "paying parent"
	receivingParent = "receiving parent"
)

var fieldName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

var (
	kinds      = []Kind{TextKind, WordsKind, MoneyKind, DateKind, NumberKind, FlagKind, ListKind, TableKind}
	priorities = []string{"alert", "reminder", "bulk"}
	audiences  = []string{"", payingParent, receivingParent}
)

// definition reads notice.yaml.
func (l *loader) definition() *Notice {
	content, err := fs.ReadFile(l.folder, path.Join(l.dir, definitionFile))
	if err != nil {
		l.problem("definition", definitionFile, 1, "this file cannot be read")
		return &Notice{}
	}
	l.lines = strings.Split(string(content), "\n")
	var d definition
	if err := rulefile.Read(definitionFile, content, &d); err != nil {
		line, message := 1, err.Error()
		if at, ok := errors.AsType[*rulefile.Problem](err); ok {
			line, message = at.Line, at.Message
		}
		l.problem("definition", definitionFile, line, "%s", message)
		return &Notice{}
	}
	n := &Notice{
		Name: d.Notice, Title: d.Title, For: d.For, Statutory: d.Statutory, Priority: d.Priority, Dialog: d.Dialog,
		ByPerson: d.ByPerson, Discloses: d.Discloses,
	}
	switch {
	case d.Notice != path.Base(l.dir):
		l.problem("definition", definitionFile, l.lineOf("notice"), "the notice is called %q and its folder %q: give them one name", d.Notice, path.Base(l.dir))
	case d.Title == "":
		l.problem("definition", definitionFile, l.lineOf("title"), "a notice has a title")
	case !slices.Contains(audiences, d.For):
		l.problem("definition", definitionFile, l.lineOf("for"), "for: is paying parent or receiving parent, or is left out for either")
	case !slices.Contains(priorities, d.Priority):
		l.problem("definition", definitionFile, l.lineOf("priority"), "priority: is %s", strings.Join(priorities, ", "))
	}
	for _, item := range d.Data {
		l.field(n, fmt.Sprint(item.Key), fmt.Sprint(item.Value))
	}
	l.disclosed(n)
	return n
}

// lineOf is the line of notice.yaml that gives a name its value, or the first.
func (l *loader) lineOf(name string) int {
	i := slices.IndexFunc(l.lines, func(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), name+":") })
	return max(i, 0) + 1
}

func (l *loader) field(n *Notice, name, kind string) {
	switch {
	case !fieldName.MatchString(name):
		l.problem("definition", definitionFile, l.lineOf(name), "%q is not a name: use small letters, figures and _", name)
	case !slices.Contains(kinds, Kind(kind)):
		l.problem("definition", definitionFile, l.lineOf(name), "%s is of no kind %q: use text, words, money, date, number, flag, list or table", name, kind)
	default:
		if _, ok := n.field(name); ok {
			l.problem("definition", definitionFile, l.lineOf(name), "%s is there twice", name)
		}
		n.Fields = append(n.Fields, Field{Name: name, Kind: Kind(kind)})
	}
}

// compare reports data that nothing says, and that one language says and the
// other does not.
func (l *loader) compare(n *Notice, uses map[templates.Language][]bool) {
	for i, f := range n.Fields {
		en, cy := uses[templates.English][i], uses[templates.Welsh][i]
		switch {
		case !en && !cy:
			l.problem("unused", definitionFile, l.lineOf(f.Name), "%s is said nowhere: take it out of the data", f.Name)
		case en != cy:
			l.problem("language", definitionFile, l.lineOf(f.Name), "%s is said in one language and not in the other", f.Name)
		}
	}
}
