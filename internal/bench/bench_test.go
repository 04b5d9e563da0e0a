package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const printed = `goos: linux
pkg: parley/dialogs
BenchmarkTurn/choice-2         	   72184	      8012 ns/op	    5432 B/op	      80 allocs/op
BenchmarkTurn/money            	  145000	      4100 ns/op
BenchmarkWebhook/postgres/delivered-2 	 10000	 32.5 p99-ms	 1012 messages/s	 0 ns/op
--- FAIL: BenchmarkOther
ok  	parley/dialogs	9.876s
`

func TestWhatGoTestPrintsIsRead(t *testing.T) {
	got := results{}
	got.read("turn", printed)
	want := results{
		{"turn", "BenchmarkTurn/choice", "ns/op"}: 8012, {"turn", "BenchmarkTurn/choice", "each/s"}: 1e9 / 8012.,
		{"turn", "BenchmarkTurn/choice", "B/op"}: 5432, {"turn", "BenchmarkTurn/choice", "allocs/op"}: 80,
		{"turn", "BenchmarkTurn/money", "ns/op"}: 4100, {"turn", "BenchmarkTurn/money", "each/s"}: 1e9 / 4100.,
		{"turn", "BenchmarkWebhook/postgres/delivered", "p99-ms"}:     32.5,
		{"turn", "BenchmarkWebhook/postgres/delivered", "messages/s"}: 1012,
		{"turn", "BenchmarkWebhook/postgres/delivered", "ns/op"}:      0,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
}

func TestTheWorstOfSeveralIsTold(t *testing.T) {
	measured := results{{"r", "B/a", "u"}: 3, {"r", "B/b", "u"}: 7, {"r", "Best", "u"}: 100, {"s", "B/c", "u"}: 0}
	for more, want := range map[bool]float64{false: 7, true: 3} {
		if got, ok := measured.of(figure{run: "r", bench: "B", unit: "u", more: more}); got != want || !ok {
			t.Errorf("more is better %v: %v", more, got)
		}
	}
	if _, ok := measured.of(figure{run: "r", bench: "C", unit: "u"}); ok {
		t.Error("what was not measured is told")
	}
}

func TestTableTellsHeadroomAndCost(t *testing.T) {
	measured := results{}
	measured.read("turn", printed)
	measured.read("webhooks", strings.ReplaceAll(printed, "1012 messages/s", "500 messages/s"))
	table := config{on: "22 November 2026", price: 0.04}.table(measured)
	for _, want := range []string{
		"Measured with nothing else running: 22 November 2026; ",
		"| a turn of the engine, state read and written | 8 µs | 25 µs | 3.1× | turn |",
		"| webhook to reply delivered, PostgreSQL and Redis | 500 a second | 600 a second | 0.8×, **falls short** | webhooks |",
		"| a calculation | not measured | 4 µs | | calculation |",
		"1,000,000 ÷ 500 a second",
		"- campaign: `go test -run xxx -bench '^BenchmarkCampaign$' -benchtime 20000x .`",
	} {
		if !strings.Contains(table, want) {
			t.Errorf("%q is not in\n%s", want, table)
		}
	}
}

func TestFiguresAsPeopleReadThem(t *testing.T) {
	for _, c := range []struct {
		value      float64
		unit, want string
	}{
		{812, "ns/op", "812 ns"}, {8012, "ns/op", "8 µs"}, {4_120_000, "ns/op", "4.1 ms"}, {78, "allocs/op", "78"},
		{1012.4, "messages/s", "1,012 a second"}, {1_234_567, "each/s", "1,234,567 a second"}, {32.4, "p99-ms", "32 ms"}, {57, "peak-heap-MB", "57 MB"},
	} {
		if got := inWords(c.value, c.unit); got != c.want {
			t.Errorf("%v %s is told as %q, want %q", c.value, c.unit, got, c.want)
		}
	}
}

func TestOnlyTheTablesPlaceIsRewritten(t *testing.T) {
	document := filepath.Join(t.TempDir(), "benchmarks.md")
	content := "# Benchmarks\n" + tableBegins + "old\n" + tableEnds + "The end.\n"
	if err := os.WriteFile(document, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := rewrite(document, "new\n"); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(document)
	if want := strings.ReplaceAll(content, "old", "new"); err != nil || string(got) != want {
		t.Errorf("%q, %v", got, err)
	}
	if err := os.WriteFile(document, []byte("# Benchmarks\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := rewrite(document, "new\n"); err == nil {
		t.Error("a document without a place is rewritten")
	}
}

func TestCurveHasItsPoints(t *testing.T) {
	c := curve{title: "Cost < gain", across: "cases", up: "µs", points: []point{{1_000, "r", "B", "u"}, {5_000, "s", "B", "u"}}}
	picture := c.draw(results{{"r", "B", "u"}: 200, {"s", "B", "u"}: 100})
	for _, want := range []string{"Cost &lt; gain", ">1,000<", ">5,000<", ">200<", ">100<", `points="202,64 467,146"`} {
		if !strings.Contains(picture, want) {
			t.Errorf("%q is not in\n%s", want, picture)
		}
	}
	if picture := c.draw(results{}); strings.Contains(picture, "NaN") || !strings.HasSuffix(picture, "</svg>\n") {
		t.Errorf("nothing measured is drawn as\n%s", picture)
	}
}

// TestEveryFigureHasARunAndABenchmark looks them up in the source.
func TestEveryFigureHasARunAndABenchmark(t *testing.T) {
	needed := map[string][]string{}
	for _, f := range figures {
		needed[f.run] = append(needed[f.run], f.bench)
	}
	for _, c := range curves {
		for _, p := range c.points {
			needed[p.run] = append(needed[p.run], p.bench)
		}
	}
	for _, r := range runs {
		sources, err := filepath.Glob(filepath.Join("../..", r.in, "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, source := range sources {
			content, err := os.ReadFile(source)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(content)
		}
		for _, bench := range needed[r.name] {
			name, _, _ := strings.Cut(bench, "/")
			if !strings.Contains(all.String(), "func "+name+"(") || !regexp.MustCompile(strings.Split(r.bench, "/")[0]).MatchString(name) {
				t.Errorf("run %s: there is no %s in %s", r.name, name, r.in)
			}
		}
		if len(needed[r.name]) == 0 {
			t.Errorf("nothing is told of run %s", r.name)
		}
		delete(needed, r.name)
	}
	for name := range needed {
		t.Errorf("there is no run %s", name)
	}
	if !slices.IsSortedFunc(curves[0].points, func(a, b point) int { return int(a.at - b.at) }) {
		t.Error("a curve runs backwards")
	}
}
