package main

import (
	"bufio"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every row of the threats names what is tested, and every test that it names is
// there.
func TestEveryThreatHasItsTest(t *testing.T) {
	tests := testsOfTheTree(t)
	file, err := os.Open("docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	named := regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9_]+)`")
	rows := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "| threat") || strings.HasPrefix(line, "|---") {
			continue
		}
		rows++
		names := named.FindAllStringSubmatch(line, -1)
		if len(names) == 0 {
			t.Errorf("no test answers: %s", line)
		}
		for _, name := range names {
			if !tests[name[1]] {
				t.Errorf("there is no %s, which answers: %s", name[1], line)
			}
		}
	}
	if rows < 30 {
		t.Errorf("the table has %d rows: this test looks in the wrong place", rows)
	}
}

// testsOfTheTree are the names of all tests.
func testsOfTheTree(t *testing.T) map[string]bool {
	t.Helper()
	tests := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	eachSource(t, func(path string, source []byte) {
		if strings.HasSuffix(path, "_test.go") {
			for _, found := range declared.FindAllSubmatch(source, -1) {
				tests[string(found[1])] = true
			}
		}
	})
	return tests
}

func eachSource(t *testing.T, each func(path string, source []byte)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".") && path != "."):
			return fs.SkipDir
		case !strings.HasSuffix(path, ".go"):
			return nil
		}
		source, err := os.ReadFile(path)
		if err == nil {
			each(path, source)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// secretName is what secrets that a stranger can send are called. The length of
// time that == takes tells how much of one was right.
var secretName = regexp.MustCompile(`(?i)(^|[a-z])(secret|token|signature|password|pin|mac|nonce)$`)

// notSecret are where something else bears such a name.
var notSecret = map[string]string{
	"dialogs/":                         "tokens of the script's grammar",
	"templates/":                       "tokens of placeholders",
	"internal/simulator/":              "the far side, in the demo only",
	"internal/servertest/":             "tests",
	"gateway/directory/":               "a PIN of a record that comes in: empty or not",
	"gateway/calculation/reader.go":    "tokens of JSON",
	"internal/console/conversation.go": "tokens of JSON",
	"channels/email/pagetext.go":       "tokens of HTML",
	"internal/income/tokens.go":        "our own token, by its pointer",
}

// TestSecretsAreComparedInConstantTime reads the product's source: what is called
// a secret is compared with nothing but constants by == and !=.
func TestSecretsAreComparedInConstantTime(t *testing.T) {
	eachSource(t, func(path string, source []byte) {
		if strings.HasSuffix(path, "_test.go") || isNotSecret(path) {
			return
		}
		for _, line := range secretsCompared(t, path, source) {
			t.Errorf("%s: a secret is compared by == or !=", line)
		}
	})
	wrong := "package p\nfunc f(token, sent string) bool { return token == sent }"
	right := "package p\nfunc f(token string) bool { return token != \"\" }"
	if len(secretsCompared(t, "wrong.go", []byte(wrong))) != 1 || len(secretsCompared(t, "right.go", []byte(right))) != 0 {
		t.Error("the comparisons are not found")
	}
}

func isNotSecret(path string) bool {
	for where := range notSecret {
		if strings.HasPrefix(path, where) {
			return true
		}
	}
	return false
}

func secretsCompared(t *testing.T, path string, source []byte) (lines []string) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(node ast.Node) bool {
		compared, ok := node.(*ast.BinaryExpr)
		if !ok || compared.Op != token.EQL && compared.Op != token.NEQ {
			return true
		}
		if isSecret(compared.X) && !isConstant(compared.Y) || isSecret(compared.Y) && !isConstant(compared.X) {
			lines = append(lines, files.Position(compared.Pos()).String())
		}
		return true
	})
	return lines
}

func isSecret(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return secretName.MatchString(e.Name)
	case *ast.SelectorExpr:
		return secretName.MatchString(e.Sel.Name)
	default:
		return false
	}
}

func isConstant(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		return e.Name == "nil"
	default:
		return false
	}
}
