package store_test

import (
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// partsOfStatements are what statements are put together from beside literals and
// what the package declares: names of tables and columns out of its own lists,
// conditions that are written here, numbers of parameters. Nobody said any of it.
var partsOfStatements = strings.Fields(`table column key of condition conditions where order values quoted locking query &query i n
	c.table c.column d.table d.column k.table k.key k.of k.since k.ended`)

// TestStatementsHoldNoValues reads the package's source. Values go beside a
// statement, as its arguments: whoever puts one together from something new looks
// here what that may be.
func TestStatementsHoldNoValues(t *testing.T) {
	files, positions := sources(t)
	declared := declaredIn(files)
	for name, file := range files {
		for _, part := range statementParts(positions, file, declared) {
			if !slices.Contains(partsOfStatements, strings.ReplaceAll(part, " ", "")) {
				t.Errorf("%s: %s stands in a statement, where it should be an argument", name, part)
			}
		}
	}
}

func TestValuesInStatementsAreFound(t *testing.T) {
	for expression, want := range map[string]string{
		`"WHERE id = '" + string(id) + "'"`:             "string(id)",
		`"SELECT " + columns + " FROM t WHERE id = $1"`: "",
		`fmt.Sprintf("WHERE id = '%s'", q.Person)`:      "q.Person",
		`strings.ReplaceAll("id = '?'", "?", q.Person)`: "q.Person",
		`strings.Join([]string{"SELECT", one}, " ")`:    "one",
		`fmt.Sprintf("SELECT %s FROM people", columns)`: "",
		`fmt.Errorf("no person %s", id)`:                "",
		`"a note of " + person`:                         "",
		`"person = '" + person + "'"`:                   "person",
	} {
		positions := token.NewFileSet()
		file, err := parser.ParseFile(positions, "one.go", "package store\nvar x = "+expression, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(statementParts(positions, file, map[string]bool{"columns": true}), ", "); got != want {
			t.Errorf("%s: found %q, want %q", expression, got, want)
		}
	}
}

func sources(t *testing.T) (map[string]*ast.File, *token.FileSet) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files, positions := map[string]*ast.File{}, token.NewFileSet()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if files[name], err = parser.ParseFile(positions, name, nil, 0); err != nil {
			t.Fatal(err)
		}
	}
	if len(files) < 30 {
		t.Fatalf("only %d files: this test looks in the wrong place", len(files))
	}
	return files, positions
}

// declaredIn are the constants and variables of the package.
func declaredIn(files map[string]*ast.File) map[string]bool {
	declared := map[string]bool{}
	for _, file := range files {
		for _, d := range file.Decls {
			if general, ok := d.(*ast.GenDecl); ok {
				for _, spec := range general.Specs {
					if values, ok := spec.(*ast.ValueSpec); ok {
						for _, name := range values.Names {
							declared[name.Name] = true
						}
					}
				}
			}
		}
	}
	return declared
}

// sqlWords tell a text that is SQL, or the end of a comparison, from others.
var sqlWords = regexp.MustCompile(`\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|AND|OR|ORDER|LIMIT|OFFSET|VALUES|SET|IN|LIKE|JOIN|EXISTS)\b|[=<>] *'`)

// statementParts are what a file puts statements together from, other than
// literals and what is declared.
func statementParts(positions *token.FileSet, file *ast.File, declared map[string]bool) (parts []string) {
	var part func(ast.Expr)
	each := func(list []ast.Expr) {
		for _, e := range list {
			part(e)
		}
	}
	part = func(e ast.Expr) {
		switch e := e.(type) {
		case *ast.BasicLit:
			return
		case *ast.BinaryExpr:
			part(e.X)
			part(e.Y)
			return
		case *ast.CompositeLit:
			each(e.Elts)
			return
		case *ast.CallExpr:
			if isNumber(e) {
				return
			}
			if putsTogether(e) {
				each(e.Args)
				return
			}
		case *ast.Ident:
			if declared[e.Name] {
				return
			}
		}
		var text strings.Builder
		if err := printer.Fprint(&text, positions, e); err != nil {
			text.WriteString(err.Error())
		}
		parts = append(parts, text.String())
	}
	ast.Inspect(file, func(node ast.Node) bool {
		e, ok := node.(ast.Expr)
		whole := ok && putsTogether(e) && hasSQL(e)
		if whole {
			part(e)
		}
		return !whole
	})
	return parts
}

// putsTogether reports whether an expression makes a text of others. Errors are
// texts too, but no statements.
func putsTogether(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		return e.Op == token.ADD
	case *ast.CallExpr:
		function, ok := e.Fun.(*ast.SelectorExpr)
		if !ok {
			return false
		}
		of, ok := function.X.(*ast.Ident)
		return ok && (of.Name == "fmt" && function.Sel.Name != "Errorf" || of.Name == "strings")
	default:
		return false
	}
}

// isNumber reports whether a call counts something, or writes parameters: $1, $2.
func isNumber(call *ast.CallExpr) bool {
	switch function := call.Fun.(type) {
	case *ast.Ident:
		return function.Name == "len" || function.Name == "numbered"
	case *ast.SelectorExpr:
		return function.Sel.Name == "Itoa"
	default:
		return false
	}
}

func hasSQL(e ast.Expr) (has bool) {
	ast.Inspect(e, func(node ast.Node) bool {
		literal, ok := node.(*ast.BasicLit)
		has = has || ok && literal.Kind == token.STRING && sqlWords.MatchString(literal.Value)
		return !has
	})
	return has
}
