package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A tree is the source of a module, without its tests.
type tree struct {
	positions *token.FileSet
	packages  map[string][]*ast.File // by folder; "." is the root
}

// parseTree reads every package of a module. Folders that Go leaves out, and
// modules of their own, are left out.
func parseTree(root fs.FS) (tree, error) {
	t := tree{token.NewFileSet(), map[string][]*ast.File{}}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return enter(root, name)
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(t.positions, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		t.packages[path.Dir(name)] = append(t.packages[path.Dir(name)], file)
		return nil
	})
	return t, err
}

// enter answers fs.SkipDir for a folder that holds no packages of the module.
func enter(root fs.FS, folder string) error {
	if folder == "." {
		return nil
	}
	name := path.Base(folder)
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "node_modules" {
		return fs.SkipDir
	}
	switch _, err := fs.Stat(root, folder+"/go.mod"); {
	case err == nil:
		return fs.SkipDir
	case errors.Is(err, fs.ErrNotExist):
		return nil
	default:
		return err
	}
}

// imports calls yield for every import of the tree: from a folder, of a path.
func (t tree) imports(yield func(folder, path string, at token.Position)) {
	for folder, files := range t.packages {
		for _, file := range files {
			for _, spec := range file.Imports {
				imported, _ := strconv.Unquote(spec.Path.Value) // the parser has checked it
				yield(folder, imported, t.positions.Position(spec.Pos()))
			}
		}
	}
}

// roomOf returns the row of the plan that holds a folder, and what its room is
// called. The longest path wins, and among those the one with the most names.
// ok is false where the plan has no room.
func roomOf(folder string) (row room, name string, ok bool) {
	elements := strings.Split(folder, "/")
	longest, mostNamed := 0, 0
	for _, candidate := range rooms {
		pattern := strings.Split(candidate.path, "/")
		named, holds := match(pattern, elements)
		if holds && (len(pattern) > longest || len(pattern) == longest && named > mostNamed) {
			longest, mostNamed = len(pattern), named
			row, name, ok = candidate, strings.Join(elements[:len(pattern)], "/"), true
		}
	}
	return row, name, ok
}

// match says whether a pattern holds a folder, and how many elements it names.
func match(pattern, folder []string) (named int, holds bool) {
	if len(pattern) > len(folder) {
		return 0, false
	}
	for i, element := range pattern {
		switch element {
		case folder[i]:
			named++
		case "*":
		default:
			return 0, false
		}
	}
	return named, true
}

// arrowFindings lists the packages outside any room and the imports between
// rooms that the plan does not have.
func arrowFindings(t tree) []string {
	var findings []string
	for folder, files := range t.packages {
		if _, _, ok := roomOf(folder); !ok {
			findings = append(findings, finding(t.positions.Position(files[0].Package), "no room is planned here"))
		}
	}
	t.imports(func(folder, imported string, at token.Position) {
		target, ours := strings.CutPrefix(imported, "parley/")
		row, from, ok := roomOf(folder)
		if !ours || !ok {
			return
		}
		_, to, _ := roomOf(target)
		if from != to && !slices.Contains(row.uses, to) && !slices.Contains(row.uses, "*") {
			findings = append(findings, finding(at, "%s may not use %s: %s", from, to, row.reason))
		}
	})
	return sorted(findings)
}

// libraryFindings lists the imports of libraries outside their rooms.
func libraryFindings(t tree) []string {
	var findings []string
	t.imports(func(folder, imported string, at token.Position) {
		_, from, _ := roomOf(folder)
		for _, library := range libraries {
			if under(imported, library.path) && !slices.Contains(library.rooms, from) {
				findings = append(findings, finding(at, "%s may not use %s: %s", from, library.path, library.reason))
			}
		}
	})
	return sorted(findings)
}

// quietFindings lists what quiet rooms import of the outside.
func quietFindings(t tree) []string {
	var findings []string
	t.imports(func(folder, imported string, at token.Position) {
		_, from, _ := roomOf(folder)
		for _, quiet := range quietRooms {
			if from == quiet.path && slices.Contains(quiet.unused, imported) {
				findings = append(findings, finding(at, "%s may not use %s: %s", from, imported, quiet.reason))
			}
		}
	})
	return sorted(findings)
}

// under says whether an import path is a package or lies under it.
func under(imported, path string) bool {
	return imported == path || strings.HasPrefix(imported, path+"/")
}

// finding is one thing that is wrong, at a place that an editor can open.
func finding(at token.Position, format string, args ...any) string {
	return fmt.Sprintf("%s:%d: %s", at.Filename, at.Line, fmt.Sprintf(format, args...))
}

func sorted(findings []string) []string {
	slices.Sort(findings)
	return findings
}
