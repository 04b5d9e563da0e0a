package dialogs_test

import (
	"fmt"
	"os"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"parley/dialogs"
	"parley/dialogs/scripts"
)

// TestShippedDialogsOnEveryPath walks Parley's own dialogs, whole.
func TestShippedDialogsOnEveryPath(t *testing.T) {
	all, err := dialogs.Load(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	var paths atomic.Int64
	t.Run("dialogs", func(t *testing.T) {
		for _, d := range all {
			t.Run(d.Name, func(t *testing.T) {
				t.Parallel()
				explored, problems, err := d.Explore(dialogs.EveryPath)
				if err != nil {
					t.Error(err)
				}
				for _, p := range problems {
					t.Error(p)
				}
				if explored.Cut || len(explored.Missed) > 0 {
					t.Error(explored, explored.Missed)
				}
				paths.Add(int64(explored.Paths))
			})
		}
	})
	if n := paths.Load(); n < 10_000 {
		t.Errorf("%d paths in all: the dialogs have thousands each", n)
	}
}

func TestExploreIsTheSameEveryTime(t *testing.T) {
	all, err := dialogs.Load(os.DirFS("testdata/dialogs"))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		one, problems, err := d.Explore(5000)
		if err != nil || len(problems) > 0 {
			t.Error(problems, err)
		}
		other, _, _ := d.Explore(5000)
		if diff := cmp.Diff(one, other); diff != "" {
			t.Error(diff)
		}
	}
}

func TestExploreIsBounded(t *testing.T) {
	all, err := dialogs.Load(os.DirFS("testdata/dialogs"))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if explored, _, _ := d.Explore(20); !explored.Cut || explored.Turns > 200 {
			t.Error(explored)
		}
	}
}

// TestExploreCanAnswer gives it one question of each kind: it is not stuck at
// any, so that it reaches the end of every dialog that asks them.
func TestExploreCanAnswer(t *testing.T) {
	for _, answer := range []string{
		"yes or no", "number", "number -5 to 7", "nights", "money", "money per period", "date", "date, not after today", "date, after today",
		"text", "text up to 3 characters", "name", "address", "postcode", "phone", "email", "National Insurance number", "case reference",
		`file or "later"`, `date or "always"`, "many\n  choices: {a: pears, b: apples}",
	} {
		t.Run(answer, func(t *testing.T) {
			script := fmt.Sprintf("dialog: it\ntitle: It\nsteps:\n- ask: it\n  say: What?\n  answer: %s\n- say: Thank you.\n", answer)
			explored, problems := explore(t, script)
			if explored.Paths < 2 || len(problems) > 0 {
				t.Error(explored, problems)
			}
		})
	}
}

func explore(t *testing.T, script string) (dialogs.Explored, dialogs.Problems) {
	t.Helper()
	all, err := dialogs.Load(fstest.MapFS{"it/dialog.yaml": {Data: []byte(script)}})
	if err != nil {
		t.Fatal(err)
	}
	explored, problems, err := all[0].Explore(dialogs.EveryPath)
	if err != nil {
		t.Fatal(err)
	}
	return explored, problems
}
