package notices_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"parley/templates"
	"parley/templates/notices"
)

var update = flag.Bool("update", false, "write what the lints find into the samples")

func own(t testing.TB, name string) *notices.Notice {
	t.Helper()
	all, err := notices.Load(notices.FS)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(n *notices.Notice) bool { return n.Name == name })
	if i < 0 {
		t.Fatalf("there is no notice %s", name)
	}
	return all[i]
}

func due() notices.Data {
	return notices.Data{
		"name": notices.Text("Sam Example"), "amount": notices.Money(178_50), "due": notices.Day(2026, 12, 15),
		"direct": notices.Flag(false), "collected": notices.Flag(true),
	}
}

func ExampleNotice_Render() {
	all, err := notices.Load(notices.FS)
	if err != nil {
		fmt.Println(err)
		return
	}
	i := slices.IndexFunc(all, func(n *notices.Notice) bool { return n.Name == "payment-due" })
	r, err := all[i].Render(notices.Email, templates.English, due())
	fmt.Println(r.Subject)
	fmt.Println(r.Text, err)
	// Output:
	// Your child maintenance payment is due on 15 December 2026
	// Dear Sam Example
	//
	// Your child maintenance payment of £178.50 is due on 15 December 2026.
	//
	// You pay us. Pay it the way your payment plan says.
	//
	// If you cannot pay, reply to this email and tell us. It is best to tell us before the payment is due. <nil>
}

// load makes a notice of its words, in both languages the same.
func load(t *testing.T, data, words string) (*notices.Notice, error) {
	t.Helper()
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	all, err := notices.Load(fstest.MapFS{
		"n/notice.yaml": file("notice: n\ntitle: N\npriority: bulk\ndata: {" + data + "}\n"),
		"n/en.md":       file(words), "n/cy.md": file(words),
	})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

func TestNamesAreComparedAsPeopleWriteThem(t *testing.T) {
	n, err := load(t, "due_date: date, first_name: text, late: flag, who: list",
		"# Subject\nS\n# SMS\n((First Name)): ((Due-Date)) ((WHO))((LATE??, late)) (((first_name)))\n# Email\nE\n# Letter\nL\n# Discreet\nD\n")
	if err != nil {
		t.Fatal(err)
	}
	got, err := n.Render(notices.SMS, templates.English, notices.Data{
		"Due date": notices.Day(2026, 1, 2), "FIRSTNAME": notices.Text("Jo ((who)) **x** ((late??y))"), "late": notices.Flag(true),
		"who": notices.List("a", "b", "c"), "extra": notices.Number(1),
	})
	if want := "Jo ((who)) **x** ((late??y)): 2 January 2026 a, b and c, late (Jo ((who)) **x** ((late??y)))"; err != nil || got.Text != want {
		t.Errorf("got  %q, %v\nwant %q", got.Text, err, want)
	}
}

func TestFaultsOfTheCaller(t *testing.T) {
	n := own(t, "payment-due")
	missing := due()
	delete(missing, "due")
	other := due()
	other["due"] = notices.Text("tomorrow")
	for _, c := range []struct {
		form     notices.Form
		language templates.Language
		data     notices.Data
		want     error
	}{
		{notices.SMS, "en", missing, notices.ErrMissing},
		{notices.SMS, "en", other, notices.ErrWrongKind},
		{notices.SMS, "fr", due(), notices.ErrNoLanguage},
		{"fax", "en", due(), notices.ErrNotThisForm},
	} {
		if _, err := n.Render(c.form, c.language, c.data); !errors.Is(err, c.want) {
			t.Errorf("%s %s: %v, want %v", c.form, c.language, err, c.want)
		}
	}
}

func TestMarkdownIsReadBeforeValues(t *testing.T) {
	n, err := load(t, "name: text, steps: table, late: flag", strings.Join([]string{
		"# Subject", "S", "# SMS", "((name))", "# Email", "## Hello ((name))", "", "One line", "and its end.", "", "- first ((name))",
		"- second", "  goes on", "", "1. one", "2. two", "((late??gone))", "", "((late??not said))", "", "^ mind this", "", "((steps))",
		"# Letter", "L", "# Discreet", "D", "",
	}, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := n.Render(notices.Email, templates.Welsh, notices.Data{
		"name": notices.Text("<b>## x</b>\n- y"), "late": notices.Flag(false),
		"steps": notices.Table(notices.Row{English: "Pay", Welsh: "Tâl", Figure: "£1"}, notices.Row{English: "Rate", Welsh: "Cyfradd"}),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := notices.Document{
		{Kind: notices.Heading, Items: []string{"Hello <b>## x</b>\n- y"}},
		{Kind: notices.Paragraph, Items: []string{"One line and its end."}},
		{Kind: notices.Bullets, Items: []string{"first <b>## x</b>\n- y", "second goes on"}},
		{Kind: notices.Numbers, Items: []string{"one", "two"}},
		{Kind: notices.Inset, Items: []string{"mind this"}},
		{Kind: notices.Figures, Rows: [][2]string{{"Tâl", "£1"}, {"Cyfradd", ""}}},
	}
	if diff := cmp.Diff(want, got.Document); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if html := got.Document.HTML(); strings.Contains(html, "<b>") || !strings.Contains(html, "<h2>Hello &lt;b&gt;") ||
		!strings.Contains(html, "<tr><td>Tâl</td><td>£1</td></tr>") {
		t.Errorf("HTML: %s", html)
	}
}

// Every lint has a sample that it finds and one that it lets pass.
func TestLints(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no samples", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			folder, want := fstest.MapFS{}, ""
			for _, f := range txtar.Parse(content).Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				folder[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			_, err = notices.Load(folder)
			got := ""
			if problems, ok := errors.AsType[notices.Problems](err); ok {
				for _, p := range problems {
					got += "[" + p.Lint + "] " + p.String() + "\n"
				}
			} else if err != nil {
				t.Fatal(err)
			}
			if *update {
				before, _, _ := strings.Cut(string(content), "-- want --\n")
				if err := os.WriteFile(file, []byte(before+"-- want --\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" && !*update {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Whatever a value holds, it comes out as it went in, and as nothing else.
func TestAValueIsWordsAndNothingMore(t *testing.T) {
	n, err := load(t, "name: text", "# Subject\nS\n# SMS\n<((name))>\n# Email\n<((name))>\n# Letter\nL\n# Discreet\nD\n")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"((name))", "# SMS", "((late??x))", "<script>", "- a\n- b"})).Draw(t, "value")
		sms, err := n.Render(notices.SMS, templates.English, notices.Data{"name": notices.Text(value)})
		if err != nil || sms.Text != "<"+value+">" {
			t.Fatalf("%q, %v", sms.Text, err)
		}
		email, err := n.Render(notices.Email, templates.English, notices.Data{"name": notices.Text(value)})
		if err != nil || len(email.Document) != 1 || email.Document[0].Kind != notices.Paragraph || strings.Contains(email.Document.HTML(), "<script") {
			t.Fatalf("%+v, %v", email, err)
		}
	})
}

func TestDataComesBackFromJSON(t *testing.T) {
	data := due()
	data["rows"] = notices.Table(notices.Row{English: "a", Welsh: "b", Figure: "£1"})
	data["list"] = notices.List("x", "y")
	data["words"] = notices.Words("one", "un")
	data["count"] = notices.Number(-3)
	b, err := json.Marshal(data)
	if err != nil {
		t.Fatal(err)
	}
	var back notices.Data
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(data, back, cmp.AllowUnexported(notices.Value{})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func FuzzNotice(f *testing.F) {
	f.Add("# Subject\nS\n# SMS\n((name))\n# Email\n- ((name))\n# Letter\n((late??x))\n# Discreet\nD\n")
	f.Fuzz(func(t *testing.T, words string) {
		n, err := load(t, "name: text, late: flag", words)
		if err != nil {
			return
		}
		for _, form := range []notices.Form{notices.SMS, notices.Email, notices.Letter, notices.Discreet} {
			if _, err := n.Render(form, templates.Welsh, notices.Data{"name": notices.Text("x"), "late": notices.Flag(true)}); err != nil {
				t.Error(err)
			}
		}
	})
}

func BenchmarkRender(b *testing.B) {
	reminder, decision := own(b, "payment-due"), own(b, "decision-letter")
	for _, c := range []struct {
		notice *notices.Notice
		form   notices.Form
		data   notices.Data
	}{
		{reminder, notices.SMS, due()}, {reminder, notices.Email, due()}, {reminder, notices.Discreet, due()},
		{decision, notices.Letter, decision.MadeUp()}, // the longest
	} {
		b.Run(c.notice.Name+"/"+string(c.form), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.notice.Render(c.form, templates.English, c.data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
