package console

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"parley/dialogs"
	"parley/templates"
)

// Whatever the gate, an address or a work item of the gateway gives as its
// reason in the gateway's own source, there are words for it.
func TestWordsOfReasons(t *testing.T) {
	found := 0
	wanted := func(file string, node ast.Expr) {
		literal, ok := node.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return
		}
		reason, err := strconv.Unquote(literal.Value)
		if err != nil || reason == "" {
			return
		}
		found++
		if allWords["why."+reason] == ([2]string{}) && allWords["why."+reasonBefore(reason)] == ([2]string{}) {
			t.Errorf("%s: there are no words for %q", file, reason)
		}
	}
	for _, folder := range []string{"../../gateway", "../../gateway/directory"} {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if ok, _ := filepath.Match("*_test.go", filepath.Base(name)); ok {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(node ast.Node) bool {
				switch n := node.(type) {
				case *ast.CallExpr:
					if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "refuse" || f.Name == "elsewhere") {
						wanted(name, n.Args[0])
					}
				case *ast.CompositeLit:
					if kind, ok := n.Type.(*ast.Ident); !ok || kind.Name != "WorkItem" && kind.Name != "Decision" && kind.Name != "Coming" {
						return true
					}
					for _, element := range n.Elts {
						pair, ok := element.(*ast.KeyValueExpr)
						if !ok {
							continue
						}
						switch key := pair.Key.(*ast.Ident).Name; {
						case key == "Detail":
							wanted(name, pair.Value)
						case key == "Reasons":
							if list, ok := pair.Value.(*ast.CompositeLit); ok {
								for _, one := range list.Elts {
									wanted(name, one)
								}
							}
						}
					}
				case *ast.ValueSpec:
					if kind, ok := n.Type.(*ast.Ident); ok && kind.Name == "Reason" {
						for _, value := range n.Values {
							wanted(name, value)
						}
					}
				}
				return true
			})
		}
	}
	if found < 30 {
		t.Errorf("only %d reasons were found in the source", found)
	}
}

// reasonBefore is what comes before the value that a reason ends in.
func reasonBefore(reason string) string {
	for len(reason) > 0 && slices.Contains([]byte{' ', ':'}, reason[len(reason)-1]) {
		reason = reason[:len(reason)-1]
	}
	return reason
}

// Everything that the audit calls something has words.
func TestWordsOfTheAudit(t *testing.T) {
	h := newHouse(t)
	for _, one := range h.routes() {
		if one.audited != "" && allWords["did."+one.audited] == ([2]string{}) {
			t.Errorf("%s: there are no words for %q", one.pattern, one.audited)
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			pair, ok := node.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			key, _ := pair.Key.(*ast.Ident)
			value, _ := pair.Value.(*ast.BasicLit)
			if key == nil || value == nil || key.Name != "Action" {
				return true
			}
			if action, err := strconv.Unquote(value.Value); err != nil || allWords["did."+action] == ([2]string{}) {
				t.Errorf("%s: there are no words for %s", name, value.Value)
			}
			return true
		})
	}
}

// A reason is said in the page's language as far as there are words; what is of
// somebody else stays as it is, and is marked as English.
func TestReasonsInBothLanguages(t *testing.T) {
	h := newHouse(t)
	h.config.Conversation.Dialogs = func() []*dialogs.Dialog { return nil }
	for _, c := range []struct{ reason, en, cy string }{
		{"needs an interpreter", "They need an interpreter", "Mae angen cyfieithydd arnynt"},
		{"held: a specialist must release it", "Held for danger: a specialist must release it", "Wedi&#39;i atal oherwydd perygl: rhaid i arbenigwr ei ryddhau"},
		{"sms: has said STOP on this channel; email: not one of the person's safe channels", "Text message: They have said STOP on this channel; Email: Not one of their safe channels",
			"Neges destun: Maent wedi dweud STOP ar y sianel hon; E-bost: Nid yw&#39;n un o&#39;u sianeli diogel"},
		{"marked by noor: abuse", "Marked by Noor Hassan: Abuse", "Nodwyd gan Noor Hassan: Cam-drin"},
		{"not looked at in time: threat", "Not looked at in time: Threat", "Heb edrych arno mewn pryd: Bygythiad"},
		{"The <b>number</b> is barred", "The &lt;b&gt;number&lt;/b&gt; is barred", `<span lang="en">The &lt;b&gt;number&lt;/b&gt; is barred</span>`},
	} {
		if got := string(h.why(templates.English, c.reason)); got != c.en {
			t.Errorf("%q is %q in English", c.reason, got)
		}
		if got := string(h.why(templates.Welsh, c.reason)); got != c.cy {
			t.Errorf("%q is %q in Welsh", c.reason, got)
		}
	}
}
