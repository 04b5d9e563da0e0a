package main

import (
	"bufio"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"slices"
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

// secretName is what secrets that a stranger can send are called, and what is
// worked out to compare them with. The length of time that == takes tells how
// much of one was right.
var secretName = regexp.MustCompile(`(?i)(^|[a-z])(secret|token|signature|password|passphrase|pin|mac|nonce|sealed|addressHash|lookupMark)$`)

// notSecret are where something else bears such a name.
var notSecret = map[string]string{
	"dialogs/":                         "tokens of the script's grammar",
	"templates/":                       "tokens of placeholders",
	"internal/simulator/":              "the far side, in the demo only",
	"internal/servertest/":             "tests",
	"gateway/calculation/reader.go":    "tokens of JSON",
	"internal/console/conversation.go": "tokens of JSON",
	"channels/email/pagetext.go":       "tokens of HTML",
	"internal/income/tokens.go":        "our own token, by its pointer",
}

// TestSecretsAreComparedInConstantTime reads the product's source: what is called
// a secret is compared with nothing but constants by ==, != and the like of them.
func TestSecretsAreComparedInConstantTime(t *testing.T) {
	eachSource(t, func(path string, source []byte) {
		if strings.HasSuffix(path, "_test.go") || isNotSecret(path) {
			return
		}
		for _, line := range secretsCompared(t, path, source) {
			t.Errorf("%s: a secret is compared in a time that tells of it", line)
		}
	})
	for expression, want := range map[string]int{
		`token == sent`: 1, `sent != c.token`: 1, `token != ""`: 0, `sum == [32]byte(c.token[:])`: 1,
		`bytes.Equal(claimed, mac.Sum(nil))`: 1, `bytes.Equal(seal, mac(key, id)[:8])`: 1, `string(token) == formToken(secret)`: 1,
		`strings.EqualFold(r.FormValue("token"), sent)`: 1, `r.FormValue("state") != kept`: 1, `r.FormValue("language") == kept`: 0,
		`hmac.Equal(claimed, mac.Sum(nil))`: 0, `bytes.Equal(raw, clean)`: 0, `slices.Equal(token, sent)`: 1,
	} {
		if found := secretsCompared(t, "one.go", []byte("package p\nvar x = "+expression)); len(found) != want {
			t.Errorf("%s: %d comparisons are found, want %d", expression, len(found), want)
		}
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
	// What makes codes and hashes has no other use for the likes of bytes.Equal.
	makes := slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool {
		return i.Path.Value == `"crypto/hmac"` || i.Path.Value == `"golang.org/x/crypto/argon2"`
	})
	ast.Inspect(file, func(node ast.Node) bool {
		one, other := compared(node)
		_, called := node.(*ast.CallExpr)
		if one != nil && (called && makes || isSecret(one) && !isConstant(other) || isSecret(other) && !isConstant(one)) {
			lines = append(lines, files.Position(node.Pos()).String())
		}
		return true
	})
	return lines
}

// compared are the two sides of a comparison that ends with the first
// difference; nil when a node is none.
func compared(node ast.Node) (one, other ast.Expr) {
	switch node := node.(type) {
	case *ast.BinaryExpr:
		if node.Op == token.EQL || node.Op == token.NEQ {
			return node.X, node.Y
		}
	case *ast.CallExpr:
		function, ok := node.Fun.(*ast.SelectorExpr)
		if !ok || len(node.Args) != 2 {
			return nil, nil
		}
		of, ok := function.X.(*ast.Ident)
		ends := regexp.MustCompile(`^(bytes|strings|slices|reflect)\.(Equal|EqualFold|Compare|DeepEqual)$`)
		if ok && ends.MatchString(of.Name+"."+function.Sel.Name) {
			return node.Args[0], node.Args[1]
		}
	}
	return nil, nil
}

// isSecret looks at what a value is called through conversions and slices of it,
// and at the function or the field of a form that it comes from.
func isSecret(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return secretName.MatchString(e.Name)
	case *ast.SelectorExpr:
		return secretName.MatchString(e.Sel.Name)
	case *ast.SliceExpr:
		return isSecret(e.X)
	case *ast.CallExpr:
		if function, ok := e.Fun.(*ast.SelectorExpr); ok && (function.Sel.Name == "Sum" || function.Sel.Name == "FormValue" && isSecretField(e)) {
			return true
		}
		return isSecret(e.Fun) || isConversion(e.Fun) && isSecret(e.Args[0])
	default:
		return false
	}
}

// isSecretField reports whether a form is asked for a secret.
func isSecretField(call *ast.CallExpr) bool {
	field, ok := call.Args[0].(*ast.BasicLit)
	if !ok {
		return false
	}
	name := strings.Trim(field.Value, `"`)
	return secretName.MatchString(name) || name == "state" || name == "seal"
}

func isConversion(function ast.Expr) bool {
	switch function := function.(type) {
	case *ast.ArrayType:
		return true
	case *ast.Ident:
		return function.Name == "string"
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
