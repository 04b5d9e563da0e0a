package dialogs_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"parley/dialogs"
	"parley/dialogs/scripts"
)

// TestShippedFilesKeepToTheirSchemas puts every script and every file of words
// to the schema that editors check them with.
func TestShippedFilesKeepToTheirSchemas(t *testing.T) {
	for pattern, schema := range map[string]*jsonschema.Schema{
		"*/dialog.yaml": validator(t, dialogs.ScriptSchema()), "*/cy.yaml": validator(t, dialogs.WordsSchema()),
	} {
		names, err := fs.Glob(scripts.FS, pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(names, err)
		}
		for _, name := range names {
			content, err := fs.ReadFile(scripts.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(document(t, string(content))); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestSchemasRefuse changes one thing in a file that keeps to its schema.
func TestSchemasRefuse(t *testing.T) {
	files := rent(t)
	script, words := validator(t, dialogs.ScriptSchema()), validator(t, dialogs.WordsSchema())
	for name, b := range map[string]broken{
		"a part that no dialog has":         {old: "for: paying parent", new: "for: paying parent\ncolour: blue"},
		"a dialog without a name":           {old: "dialog: rent\n", new: ""},
		"a dialog without steps":            {old: "steps:", new: "intents:"},
		"somebody it cannot be for":         {old: "paying parent", new: "children"},
		"a language that we do not speak":   {old: "[en, cy]", new: "[en, fr]"},
		"a length of time in words":         {old: "after: 3d", new: "after: three days"},
		"too many retries":                  {old: "limit: 2", new: "limit: 11"},
		"a step that does nothing":          {old: "- handoff: moved", new: "- when: always"},
		"a part of another kind of step":    {old: "- handoff: moved", new: "- handoff: moved\n  fails: skip"},
		"a kind of answer that is not read": {old: `date or "always"`, new: "day"},
		"a call that there is not":          {old: "call: report", new: "call: rapport"},
		"what no call takes":                {old: "{kind: home}", new: "{sort: home}"},
		"an end to a failing call":          {old: "fails: skip", new: "fails: retry"},
		"words for no channel":              {old: "    voice: What is the rent?", new: "    fax: What is the rent?"},
		"words for some channels only":      {old: "    default: How much is the rent, and how often?\n", new: ""},
		"a name that cannot be one":         {old: "- ask: since", new: "- ask: since-when"},
		"a part that no words have":         {file: "cy.yaml", old: "  words: {always: erioed}", new: "  words: {always: erioed}\n  when: nawr"},
		"words that are a list":             {file: "cy.yaml", old: "say: Ers pryd?", new: "say: [Ers pryd?]"},
	} {
		t.Run(name, func(t *testing.T) {
			file, schema := "dialog.yaml", script
			if b.file != "" {
				file, schema = b.file, words
			}
			if err := schema.Validate(document(t, files[file])); err != nil {
				t.Fatalf("before the change: %v", err)
			}
			changed := strings.Replace(files[file], b.old, b.new, 1)
			if changed == files[file] {
				t.Fatalf("there is no %q in %s", b.old, file)
			}
			if schema.Validate(document(t, changed)) == nil {
				t.Error("it is taken")
			}
		})
	}
}

// TestSchemasKnowWhatIsRead compares the parts that the schemas have with those
// that the readers have a case for.
func TestSchemasKnowWhatIsRead(t *testing.T) {
	script := dialogs.ScriptSchema()
	parts := map[string]bool{}
	for _, kind := range script.Defs["step"].AnyOf {
		for part, schema := range kind.Properties {
			parts[part] = true
			if schema == nil {
				t.Errorf("nothing is said of %q", part)
			}
		}
	}
	ofSteps := slices.Concat(cases(t, "draft.go", "part"), cases(t, "group.go", "run"), cases(t, "group.go", "each"))
	question := dialogs.WordsSchema().AdditionalProperties.(*dialogs.Schema).AnyOf[1]
	for what, c := range map[string]struct{ read, known []string }{
		"a script": {cases(t, "read.go", "read"), slices.Collect(maps.Keys(script.Properties))},
		"a step":   {ofSteps, slices.Collect(maps.Keys(parts))},
		"words":    {append(cases(t, "translation.go", "part"), "also"), slices.Collect(maps.Keys(question.Properties))},
	} {
		slices.Sort(c.read)
		slices.Sort(c.known)
		if diff := cmp.Diff(slices.Compact(c.read), c.known); diff != "" {
			t.Errorf("%s (-read +in the schema):\n%s", what, diff)
		}
	}
}

// TestSchemaKnowsEveryAnswer takes what the reader says can be written after
// "answer:" when it cannot read what is.
func TestSchemaKnowsEveryAnswer(t *testing.T) {
	found := check(t, map[string]string{"dialog.yaml": "dialog: rent\ntitle: Any\nsteps:\n- ask: it\n  say: What?\n  answer: colour\n"})
	_, list, ok := strings.Cut(strings.Join(found, ""), ": use ")
	if !ok {
		t.Fatal(found)
	}
	schema := validator(t, dialogs.ScriptSchema())
	for _, answer := range strings.Split(strings.ReplaceAll(list, " or file", ", file or \"later\""), ", ") {
		if err := schema.Validate(document(t, "dialog: it\ntitle: It\nsteps:\n- ask: it\n  say: What?\n  answer: "+answer+"\n")); err != nil {
			t.Errorf("%s: %v", answer, err)
		}
	}
}

// cases are the texts of the first switch in a method of a file.
func cases(t *testing.T, file, method string) []string {
	t.Helper()
	source, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, declaration := range source.Decls {
		if f, ok := declaration.(*ast.FuncDecl); ok && f.Name.Name == method {
			ast.Inspect(f, func(n ast.Node) bool {
				clause, ok := n.(*ast.CaseClause)
				if !ok {
					return true
				}
				for _, e := range clause.List {
					if text, ok := e.(*ast.BasicLit); ok && text.Kind == token.STRING {
						part, _ := strconv.Unquote(text.Value)
						list = append(list, part)
					}
				}
				return true
			})
		}
	}
	if len(list) == 0 {
		t.Fatalf("%s has no cases in %s", method, file)
	}
	return list
}

func validator(t *testing.T, schema *dialogs.Schema) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", asJSON(t, schema)); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// document is YAML as a validator sees it.
func document(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return asJSON(t, v)
}

func asJSON(t *testing.T, v any) any {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	read, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return read
}
