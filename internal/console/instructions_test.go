package console

import (
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"testing"

	"parley/gateway"
	"parley/gateway/gatewaytest"
	"parley/internal/servertest"
	"parley/templates"
)

// Each kind of work has an instruction, in both languages and of the same
// shape, short enough to read beside the work; its links lead somewhere.
func TestEachKindOfWorkHasAnInstruction(t *testing.T) {
	var expected []string
	names, err := instructed()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range names {
		if allWords["kind."+kind] == ([2]string{}) {
			t.Errorf("there is no word for %s", kind)
		}
		var shapes []string
		for _, language := range templates.Languages() {
			expected = append(expected, "instructions/"+kind+"."+string(language)+".md")
			i, err := readInstruction(language, kind)
			if err != nil {
				t.Errorf("%s in %s: %v", kind, language, err)
				continue
			}
			shape, length := "", 0
			for _, b := range i.blocks {
				shape += string(b.kind)
				for _, item := range b.items {
					shape += "."
					length += len(strings.Fields(item))
					for _, link := range linked.FindAllStringSubmatch(item, -1) {
						shape += link[2]
						if to := link[2]; !strings.HasPrefix(to, "/console/") && !slices.Contains(gateway.WorkItemKinds(), gateway.WorkItemKind(to)) {
							t.Errorf("%s in %s links to %q", kind, language, to)
						}
					}
				}
			}
			if shapes = append(shapes, shape); !strings.HasPrefix(shape, "p.h.ol") || length > 260 {
				t.Errorf("%s in %s begins %q and has %d words", kind, language, shape, length)
			}
		}
		if len(shapes) == 2 && shapes[0] != shapes[1] {
			t.Errorf("%s is %q in English and %q in Welsh", kind, shapes[0], shapes[1])
		}
	}
	files, err := fs.Glob(instructionFiles, "instructions/*.md")
	slices.Sort(expected)
	if err != nil || !slices.Equal(files, expected) {
		t.Errorf("the files are %v: %v", files, err)
	}
}

// Each instruction for a dialog is of one that there is, in both languages and of
// the same shape; its sections are for steps of that dialog.
func TestEachInstructionForADialogHasItsSteps(t *testing.T) {
	read := 0
	for _, d := range gatewaytest.Dialogs(t) {
		steps := map[string]bool{}
		for _, o := range d.Outline() {
			steps[o.Step] = true
		}
		var shapes []string
		for _, language := range templates.Languages() {
			i, err := readInstruction(language, "dialogs/"+d.Name)
			if err != nil {
				continue
			}
			read++
			shape := ""
			for _, b := range i.blocks {
				shape += string(b.kind) + strings.Repeat(".", len(b.items)) + strings.Join(b.anchors, ",")
				for _, step := range b.anchors {
					if !steps[step] {
						t.Errorf("%s in %s: there is no step %q", d.Name, language, step)
					}
				}
			}
			shapes = append(shapes, shape)
		}
		if len(shapes) == 1 || len(shapes) == 2 && shapes[0] != shapes[1] {
			t.Errorf("%s is %q", d.Name, shapes)
		}
	}
	if files, _ := fs.Glob(instructionFiles, "instructions/dialogs/*"); len(files) != read {
		t.Errorf("%d files of %d are of a dialog", read, len(files))
	}
}

// dialogInstructions is how many dialogs have an instruction.
func dialogInstructions(t *testing.T) int {
	files, err := fs.Glob(instructionFiles, "instructions/dialogs/*.en.md")
	if err != nil {
		t.Fatal(err)
	}
	return len(files)
}

// What is shown at a step is what is said of its dialog and of that step alone.
func TestInstructionAtAStep(t *testing.T) {
	c := &Console{}
	for _, at := range []struct{ dialog, step, has, without string }{
		{"income-change", "since", "not the day on which it was first paid", "Never have them texted"},
		{"income-change", "pay", "Tips, overtime", "first paid"},
		{"income-change", "told", "25% or more", "Tips, overtime"},
		{"welcome", "hello", "", "<"},
	} {
		got, err := c.instructionAt(templates.English, at.dialog, at.step)
		if err != nil || !strings.Contains(string(got), at.has) || strings.Contains(string(got), at.without) {
			t.Errorf("%s at %s: %s, %v", at.dialog, at.step, got, err)
		}
	}
}

func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"Words & <b>more</b>.", `<p class="govuk-body">Words &amp; &lt;b&gt;more&lt;/b&gt;.</p>` + "\n"},
		{"## Do", `<h3 class="govuk-heading-s">Do</h3>` + "\n"},
		{"## Do {#a b}", `<h3 class="govuk-heading-s" id="a">Do</h3>` + "\n"},
		{`## Do {#"}`, `<h3 class="govuk-heading-s">Do {#&#34;}</h3>` + "\n"},
		{"1. one\n2. two", `<ol class="govuk-list govuk-list--number govuk-list--spaced"><li id="step-1">one</li><li id="step-2">two</li></ol>` + "\n"},
		{"- see [danger](danger)", `<ul class="govuk-list govuk-list--bullet"><li>see <a class="govuk-link" href="/console/instructions/danger">danger</a></li></ul>` + "\n"},
		{"[here](/console/dialogs)", `<p class="govuk-body"><a class="govuk-link" href="/console/dialogs">here</a></p>` + "\n"},
		{"[x](javascript:alert)", `<p class="govuk-body">[x](javascript:alert)</p>` + "\n"},
		{`["><script>](danger)`, `<p class="govuk-body"><a class="govuk-link" href="/console/instructions/danger">&#34;&gt;&lt;script&gt;</a></p>` + "\n"},
	} {
		if got := string(writeMarkdown(readMarkdown(c.written), 3)); got != c.want {
			t.Errorf("%q is\n%s", c.written, got)
		}
	}
}

// Whatever is written, nothing of it becomes an element that Markdown does not
// make.
func FuzzMarkdown(f *testing.F) {
	f.Add("## a\n- b [c](d)\n1. <e>")
	f.Fuzz(func(t *testing.T, written string) {
		html := string(writeMarkdown(readMarkdown(written), 2))
		for _, tag := range []string{"<p ", "</p>", "<h2 ", "</h2>", "<ul ", "</ul>", "<ol ", "</ol>", "<li>", "<li ", "</li>", "<a ", "</a>"} {
			html = strings.ReplaceAll(html, tag, "")
		}
		if strings.Contains(html, "<") {
			t.Errorf("%q gives %q", written, html)
		}
	})
}

func TestFindingInstructions(t *testing.T) {
	h := newHouse(t)
	amara, bethan := h.signIn(t, "amara"), h.signIn(t, "bethan")
	names, err := instructed()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		tab   *tab
		words string
		want  int
	}{{amara, "", len(names) + dialogInstructions(t)}, {amara, "voicemail headphones", 1}, {amara, "VOICEMAIL", 3}, {amara, "no such words", 0}, {bethan, "chlustffonau", 1}, {bethan, "headphones", 0}} {
		got := c.tab.get("/console/instructions?words=" + strings.ReplaceAll(c.words, " ", "+"))
		if rows := strings.Count(got.body, `class="card"`); got.status != http.StatusOK || rows != c.want {
			t.Errorf("%q: %d with %d", c.words, got.status, rows)
		}
	}
	if got := amara.get("/console/instructions/nothing"); got.status != http.StatusNotFound {
		t.Errorf("one that is not there: %d", got.status)
	}
	h.work.holds(task("T1", gateway.VoicemailWork, "leeds-2", h.now))
	if got := amara.get("/console/tasks/T1"); !strings.Contains(got.body, "headphones") || !strings.Contains(got.body, "version ") {
		t.Errorf("the task shows none: %d", got.status)
	}
	closing := task("T2", gateway.ReportWork, "leeds-2", h.now)
	closing.Detail = "close-case"
	h.work.holds(closing)
	if got := amara.get("/console/tasks/T2"); !strings.Contains(got.body, "whether they are alone") {
		t.Errorf("what it is about has no instruction of its own: %d", got.status)
	}
}

func TestInstructionsInTheBrowser(t *testing.T) {
	h := newHouse(t)
	b := h.browse(t, "wren", 1280)
	for _, page := range []string{"instructions", "instructions?words=voicemail", "instructions/danger"} {
		b.Open(h.url + "/console/" + page)
		b.Accessible(strings.NewReplacer("/", " ", "?", " ").Replace(page))
	}
	narrow := h.browse(t, "bethan", servertest.NarrowPhone)
	narrow.Open(h.url + "/console/instructions/report")
	narrow.Accessible("instruction, narrow")
}
