package calculation

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Money is never a floating-point number: no such type, literal or function
// anywhere in the package.
func TestNoFloatingPoint(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) < 10 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	fileSet := token.NewFileSet()
	for _, name := range names {
		file, err := parser.ParseFile(fileSet, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, imported := range file.Imports {
			if imported.Path.Value == `"math"` && !strings.HasSuffix(name, "_test.go") {
				t.Errorf("%s imports math", name)
			}
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if found := floating(node); found != "" {
				t.Errorf("%v: %s", fileSet.Position(node.Pos()), found)
			}
			return true
		})
	}
}

func floating(node ast.Node) string {
	switch node := node.(type) {
	case *ast.BasicLit:
		if node.Kind == token.FLOAT {
			return node.Value
		}
	case *ast.Ident:
		if slices.Contains([]string{"float32", "float64", "ParseFloat", "FormatFloat", "AppendFloat", "Float64"}, node.Name) {
			return node.Name
		}
	}
	return ""
}
