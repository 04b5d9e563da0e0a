package dialogs_test

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"parley/dialogs"
)

// TestLints checks the samples of testdata/lints, one archive for each lint
// and named as it is: the dialogs under fails have just the problems that want
// lists, the first of them the lint's own; those under passes have none.
func TestLints(t *testing.T) {
	for _, lint := range dialogs.Lints() {
		t.Run(lint.Name, func(t *testing.T) {
			archive, err := txtar.ParseFile(filepath.Join("testdata/lints", lint.Name+".txtar"))
			if err != nil {
				t.Fatal("every lint has a sample:", err)
			}
			sample, err := txtar.FS(archive)
			if err != nil {
				t.Fatal(err)
			}
			want, err := fs.ReadFile(sample, "want")
			if err != nil {
				t.Fatal(err)
			}
			fails := findings(t, sample, "fails")
			if diff := cmp.Diff(strings.TrimSpace(string(want)), fails.Error()); diff != "" {
				t.Errorf("fails (-want +got):\n%s", diff)
			}
			if !slices.ContainsFunc(fails, func(p dialogs.Problem) bool { return p.Lint == lint.Name }) {
				t.Errorf("it fails otherwise: %+v", fails)
			}
			if passes := findings(t, sample, "passes"); len(passes) > 0 {
				t.Errorf("what should pass has problems:\n%v", passes)
			}
		})
	}
}

// findings are what checking and exploring the dialogs of one folder of a
// sample finds.
func findings(t *testing.T, sample fs.FS, folder string) dialogs.Problems {
	t.Helper()
	in, err := fs.Sub(sample, folder)
	if err != nil {
		t.Fatal(err)
	}
	problems, err := dialogs.Check(in)
	if err != nil {
		t.Fatal(err)
	}
	all, err := dialogs.Load(in)
	if err != nil { // and Check has said so
		return problems
	}
	for _, d := range all {
		_, found, err := d.Explore(1000)
		if err != nil {
			t.Fatal(err)
		}
		problems = append(problems, found...)
	}
	return problems
}

func TestEverySampleIsOfALint(t *testing.T) {
	samples, err := filepath.Glob("testdata/lints/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, sample := range samples {
		name := strings.TrimSuffix(filepath.Base(sample), ".txtar")
		if !slices.ContainsFunc(dialogs.Lints(), func(l dialogs.Lint) bool { return l.Name == name }) {
			t.Errorf("%s is a sample of no lint", sample)
		}
	}
}
