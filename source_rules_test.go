package main

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strings"
)

// A sourceRule holds for every file of the product outside the exempt rooms.
type sourceRule struct {
	reason string
	exempt []string
	broken func(file *ast.File) []token.Pos
}

// suites are test code that is not in test files.
var suites = []string{"gateway/gatewaytest", "channels/channeltest", "internal/servertest"}

var sourceRules = []sourceRule{
	{"the clock is injected: no time.Now below main", append([]string{".", "internal/telemetry"}, suites...),
		uses("time", "Now", "Since", "Until")},
	{"no init: main wires by hand, in an order one can read", nil, initFunctions},
	{"logs go through the logger that main made, which redacts; the global one does not", []string{"internal/telemetry"},
		either(uses("log", ""), uses("log/slog", "Default", "Debug", "DebugContext", "Info", "InfoContext",
			"Warn", "WarnContext", "Error", "ErrorContext", "Log", "LogAttrs", "SetDefault"))},
	{"work to do is an issue, not a comment", nil, leftToDo},
	{"an error is a value: no panic", nil, panics},
}

// sourceFindings lists what breaks the source rules; packages and files whose
// names would fit anything; files longer than one noun can need; and packages
// that do not say what they are.
func sourceFindings(t tree) []string {
	const mostLines = 400
	vague := regexp.MustCompile(`^(utils?|utilities|common|helpers?|models?|types?|misc|shared|base|stuff)$`)
	var findings []string
	for folder, files := range t.packages {
		_, from, _ := roomOf(folder)
		for _, file := range files {
			for _, rule := range sourceRules {
				if slices.Contains(rule.exempt, from) {
					continue
				}
				for _, at := range rule.broken(file) {
					findings = append(findings, finding(t.positions.Position(at), "%s", rule.reason))
				}
			}
			if begin := t.positions.Position(file.Package); vague.MatchString(file.Name.Name) ||
				vague.MatchString(strings.TrimSuffix(path.Base(begin.Filename), ".go")) {
				findings = append(findings, finding(begin, "a name says what is inside"))
			}
			end := t.positions.Position(file.FileEnd - 1) // the last line's own end
			if end.Line > mostLines && !ast.IsGenerated(file) {
				findings = append(findings, finding(end, "longer than %d lines: one noun a file", mostLines))
			}
		}
		if !slices.ContainsFunc(files, saysWhatItIs) {
			findings = append(findings, finding(t.positions.Position(files[0].Package), "no package comment says what this is"))
		}
	}
	return sorted(findings)
}

// uses finds the named functions of a package; the name "" stands for all.
func uses(imported string, names ...string) func(*ast.File) []token.Pos {
	return func(file *ast.File) (found []token.Pos) {
		local := localName(file, imported)
		if local == "" {
			return nil
		}
		ast.Inspect(file, func(node ast.Node) bool {
			selector, ok := node.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			of, ok := selector.X.(*ast.Ident)
			if ok && of.Name == local && (names[0] == "" || slices.Contains(names, selector.Sel.Name)) {
				found = append(found, selector.Pos())
			}
			return true
		})
		return found
	}
}

// either finds what one of two rules finds.
func either(one, other func(*ast.File) []token.Pos) func(*ast.File) []token.Pos {
	return func(file *ast.File) []token.Pos { return append(one(file), other(file)...) }
}

// localName is what a file calls a package that it imports, "" if it does not.
func localName(file *ast.File, imported string) string {
	for _, spec := range file.Imports {
		switch {
		case spec.Path.Value != `"`+imported+`"`:
		case spec.Name != nil:
			return spec.Name.Name
		default:
			return path.Base(imported)
		}
	}
	return ""
}

func initFunctions(file *ast.File) (found []token.Pos) {
	for _, declaration := range file.Decls {
		if f, ok := declaration.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			found = append(found, f.Pos())
		}
	}
	return found
}

// panics finds calls of panic, other than with http.ErrAbortHandler, which is
// net/http's way to break off an answer.
func panics(file *ast.File) (found []token.Pos) {
	ast.Inspect(file, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok {
			return true
		}
		function, ok := call.Fun.(*ast.Ident)
		if !ok || function.Name != "panic" {
			return true
		}
		if value, ok := call.Args[0].(*ast.SelectorExpr); !ok || value.Sel.Name != "ErrAbortHandler" {
			found = append(found, call.Pos())
		}
		return true
	})
	return found
}

var toDo = regexp.MustCompile(`\b(TODO|FIXME|XXX|HACK)\b`)

func leftToDo(file *ast.File) (found []token.Pos) {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if toDo.MatchString(comment.Text) {
				found = append(found, comment.Pos())
			}
		}
	}
	return found
}

// saysWhatItIs says whether a file holds its package's comment. That of main
// is about the command.
func saysWhatItIs(file *ast.File) bool {
	return file.Doc != nil && (file.Name.Name == "main" || strings.HasPrefix(file.Doc.Text(), "Package "+file.Name.Name+" "))
}
