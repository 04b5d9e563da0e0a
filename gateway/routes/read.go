package routes

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"parley/gateway/directory"
	"parley/gateway/rulefile"
	"parley/templates"
)

//go:embed routes.yaml
var shipped []byte

// tableFile and signpostsFile are what problems call the files that Parley comes with.
const (
	tableFile     = "gateway/routes/routes.yaml"
	signpostsFile = "gateway/routes/signposts.yaml"
)

// Shipped is the table that Parley comes with.
func Shipped() (*Table, error) { return Read(tableFile, shipped) }

// Read reads a table. The error joins a *rulefile.Problem for each row that cannot be
// read; whether it leads everybody somewhere that there is, Check tells.
func Read(file string, content []byte) (*Table, error) {
	var document struct {
		Cues    []written                                `yaml:"cues"`
		Intents []written                                `yaml:"intents"`
		Names   map[string]map[templates.Language]string `yaml:"names"`
	}
	if err := rulefile.Read(file, content, &document); err != nil {
		return nil, err
	}
	t := &Table{file: file, names: document.Names}
	var problems []error
	read := func(w *written, cue bool) row {
		for _, says := range w.wrong(cue) {
			problems = append(problems, &rulefile.Problem{File: file, Line: w.line, Message: says})
		}
		return w.row()
	}
	for i := range document.Cues {
		t.cues = append(t.cues, read(&document.Cues[i], true))
	}
	for i := range document.Intents {
		t.intents = append(t.intents, read(&document.Intents[i], false))
	}
	return t, errors.Join(problems...)
}

// written is a row as it is written.
type written struct {
	Intent   list `yaml:"intent"`
	Of       list `yaml:"of"`
	Words    list `yaml:"words"`
	Wish     list `yaml:"wish"`
	Pointer  list `yaml:"pointer"`
	Parent   list `yaml:"parent"`
	Identity list `yaml:"identity"`
	State    list `yaml:"state"`

	Dialog   string            `yaml:"dialog"`
	With     map[string]string `yaml:"with"`
	Work     string            `yaml:"work"`
	Detail   string            `yaml:"detail"`
	Signpost string            `yaml:"signpost"`

	line int
}

// UnmarshalYAML implements yaml.NodeUnmarshaler: it remembers the line.
func (w *written) UnmarshalYAML(node ast.Node) error {
	type plain written
	err := yaml.NodeToValue(node, (*plain)(w), yaml.Strict())
	w.line = node.GetToken().Position.Line
	return err
}

// list is several words, or one.
type list []string

// UnmarshalYAML implements yaml.NodeUnmarshaler.
func (l *list) UnmarshalYAML(node ast.Node) error {
	if _, ok := node.(*ast.SequenceNode); ok {
		return yaml.NodeToValue(node, (*[]string)(l))
	}
	*l = make(list, 1)
	return yaml.NodeToValue(node, &(*l)[0])
}

// What the columns can hold whose values are known here.
var (
	allWhose      = []string{unsaid, string(Own), string(Other)}
	allParents    = []string{"paying", "receiving", nobody, either}
	allIdentities = []string{directory.Unknown.String(), directory.Known.String(), directory.Confirmed.String(), directory.Checked.String()}
	allStates     = []string{string(Application), string(Open), string(Closed), string(Protected)}
)

func (w *written) wrong(cue bool) (says []string) {
	check := func(broken bool, what string) {
		if broken {
			says = append(says, what)
		}
	}
	told := len(w.Words) > 0 || len(w.Wish) > 0 || len(w.Pointer) > 0
	check(cue && !told, "a cue needs words, a wish or a pointer")
	check(!cue && told, "words, a wish or a pointer belong to the cues")
	check(!cue && len(w.Intent) == 0, "this row is of no intent")
	for column, unknown := range map[string][]string{
		"of": unknownIn(w.Of, allWhose), "parent": unknownIn(w.Parent, allParents), "identity": unknownIn(w.Identity, allIdentities), "state": unknownIn(w.State, allStates),
	} {
		check(len(unknown) > 0, fmt.Sprintf("%s has no %q", column, strings.Join(unknown, ", ")))
	}
	check(w.Dialog == "" && w.Work == "" && w.Signpost == "", "this row leads nowhere: it needs a dialog, work or a signpost")
	check(w.Dialog != "" && (w.Work != "" || w.Signpost != ""), "this row leads to a dialog and elsewhere")
	check(w.Work == "" != (w.Detail == ""), "work needs a detail, and a detail work")
	check(w.Dialog == "" && len(w.With) > 0, "only a dialog takes answers with it")
	check(w.Work != "" && !somebody(w.Parent), "there is no work for a person about nobody: parent: either, paying or receiving")
	// The state of a case is told to nobody who has not shown who they are.
	check(len(w.State) > 0 && w.Signpost != "" && (len(w.Identity) == 0 || slices.Contains(w.Identity, directory.Known.String())),
		"words by the state of the case need identity: [confirmed, checked]")
	slices.Sort(says)
	return says
}

func somebody(parents []string) bool { return len(parents) > 0 && !slices.Contains(parents, nobody) }

func unknownIn(column, all []string) []string {
	return slices.DeleteFunc(slices.Clone(column), func(value string) bool { return slices.Contains(all, value) })
}

func (w *written) row() row {
	r := row{
		line: w.line, intent: w.Intent, of: w.Of, wish: w.Wish, pointer: w.Pointer, parent: w.Parent, identity: w.Identity, state: w.State,
		to: Destination{Dialog: w.Dialog, With: w.With, Work: w.Work, Detail: w.Detail, Signpost: w.Signpost},
	}
	if slices.Contains(r.parent, either) {
		r.parent = append(slices.Clone(r.parent), "paying", "receiving")
	}
	for _, written := range w.Words {
		r.words = append(r.words, readPhrase(written))
	}
	return r
}
