package console

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every word is there in both languages, takes the same values in each, is kept
// by one group, and is said by some page or part of the code.
func TestWords(t *testing.T) {
	values, of := regexp.MustCompile(`%[a-z]`), map[string]string{}
	for group, its := range map[string]words{
		"frame": frameWords, "work": workWords, "case": caseWords, "conversation": conversationWords, "label": labelWords, "why": whyWords, "figures": figuresWords,
	} {
		for key, both := range its {
			if other := of[key]; other != "" {
				t.Errorf("%q is a word of %s and of %s", key, other, group)
			}
			of[key] = group
			if both[0] == "" || both[1] == "" {
				t.Errorf("%q is %q and %q", key, both[0], both[1])
			}
			if a, b := values.FindAllString(both[0], -1), values.FindAllString(both[1], -1); strings.Join(a, "") != strings.Join(b, "") {
				t.Errorf("%q takes %v in English and %v in Welsh", key, a, b)
			}
		}
	}
	source := sourceText(t)
	for _, found := range regexp.MustCompile(`say(?:\(| )"([^"]*)"`).FindAllStringSubmatch(source, -1) {
		if key := found[1]; of[key] == "" && !strings.HasSuffix(key, ".") {
			t.Errorf("%q is said and has no words", key)
		}
	}
	for key := range of {
		group, _, grouped := strings.Cut(key, ".")
		said := strings.Contains(source, `"`+key+`"`) || strings.HasSuffix(key, "-body") && of[strings.TrimSuffix(key, "-body")] != "" ||
			grouped && (strings.Contains(source, `"`+group+`."`) || strings.Contains(source, `named "`+group+`"`))
		if !said {
			t.Errorf("nothing says %q", key)
		}
	}
}

// sourceText is all pages and all code but the words themselves.
func sourceText(t *testing.T) string {
	t.Helper()
	pages, err := filepath.Glob("pages/*.html")
	if err != nil {
		t.Fatal(err)
	}
	code, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range append(pages, code...) {
		if strings.HasSuffix(name, "_test.go") || name == "doc.go" || strings.HasSuffix(name, "words.go") && name != "words.go" {
			continue
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(content)
	}
	return all.String()
}

// Whatever the gateway's kinds, states and events of work are, there are words
// for them.
func TestWordsOfWork(t *testing.T) {
	groups := map[string]string{"WorkItemKind": "kind.", "WorkState": "state.", "TaskEvent": "what.", "Skill": "skill."}
	for _, folder := range []string{"../../gateway", "../../gateway/directory"} {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(node ast.Node) bool {
				spec, ok := node.(*ast.ValueSpec)
				if !ok || len(spec.Values) != 1 {
					return true
				}
				named, _ := spec.Type.(*ast.Ident)
				value, _ := spec.Values[0].(*ast.BasicLit)
				if named == nil || value == nil || groups[named.Name] == "" {
					return true
				}
				if key := groups[named.Name] + strings.Trim(value.Value, `"`); allWords[key] == ([2]string{}) {
					t.Errorf("%s: there is no word %q", name, key)
				}
				return true
			})
		}
	}
}
