package dialogs_test

import (
	"regexp"
	"strings"
	"testing"

	"parley/dialogs"
	"parley/dialogs/scripts"
)

func TestADrawingShowsEveryWay(t *testing.T) {
	picture := groupDialog(t).Draw()
	for _, want := range []string{
		"flowchart TD\n",
		`start(["Nights"])`,
		`[/"<b>told</b><br/>Has anything changed?"/]`,
		`["runs safe"]`,
		`["for each child of how_many"]`,
		`["for each kid on the case"]`,
		`{"told"}`,
		`{"told and identity == #quot;confirmed#quot; and not discreet"}`,
		`check your answers`,
		`(["told-us"])`,
		"-->|otherwise|",
	} {
		if !strings.Contains(picture, want) {
			t.Errorf("%s is missing in\n%s", want, picture)
		}
	}
	if n := strings.Count(picture, "<b>first_name</b>"); n != 1 {
		t.Errorf("a repeated step is drawn %d times", n)
	}
}

func TestADrawingShowsWhatComesNext(t *testing.T) {
	if picture := load(t, "welcome").Draw(); !strings.Contains(picture, `(["chosen<br/>next: income-change"])`) {
		t.Errorf("what comes next is missing in\n%s", picture)
	}
}

// TestDrawingsHangTogether looks at the drawing of every shipped dialog: each
// node that an arrow names is drawn, and each step has an arrow to it.
func TestDrawingsHangTogether(t *testing.T) {
	all, err := dialogs.Load(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	node := regexp.MustCompile(`(?m)^  (\w+)[\[{(]`)
	arrow := regexp.MustCompile(`(?m)^  (\w+) -->(?:\|\w+\|)? (\w+)`)
	for _, d := range all {
		picture := d.Draw()
		drawn, reached := map[string]bool{}, map[string]bool{"start": true}
		for _, m := range node.FindAllStringSubmatch(picture, -1) {
			drawn[m[1]] = true
		}
		for _, m := range arrow.FindAllStringSubmatch(picture, -1) {
			reached[m[2]] = true
			if !drawn[m[1]] || !drawn[m[2]] && !strings.Contains(picture, " "+m[2]+"([") {
				t.Errorf("%s: the arrow %q leads from or to nothing", d.Name, m[0])
			}
		}
		for name := range drawn {
			if !reached[name] {
				t.Errorf("%s: nothing leads to %s", d.Name, name)
			}
		}
	}
}
