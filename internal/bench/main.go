// Command bench runs Parley's benchmarks and writes what they measured into
// docs/benchmarks.md: each figure beside what is wanted of it, what a million
// messages cost, and how costs grow, as curves in docs/images. make bench runs
// it. Nothing else should run on the machine meanwhile.
//
// What is measured, and what is wanted of it, stands in figures.go; the
// benchmarks themselves lie beside what they measure.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

func main() {
	c := config{out: os.Stdout}
	flag.StringVar(&c.on, "on", "", "the day, and the commit, to write beside the figures")
	only := flag.String("only", "", "a regular expression of runs: only these, and nothing is written")
	flag.StringVar(&c.document, "document", "docs/benchmarks.md", "where the table is")
	flag.StringVar(&c.images, "images", "docs/images", "where the curves go")
	price := flag.Float64("core-hour", 0.04, "pounds for an hour of one core")
	flag.Parse()
	c.price = *price
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var err error
	if c.only, err = regexp.Compile(*only); err == nil {
		c.partly = *only != ""
		err = c.run(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// config is what the command line asks for.
type config struct {
	on, document, images string
	only                 *regexp.Regexp
	partly               bool
	price                float64 // pounds
	out                  io.Writer
}

// run measures, and writes what came of it even where a benchmark failed.
func (c config) run(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "parley-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	measured := results{}
	var failed error
	for _, r := range runs {
		if !c.only.MatchString(r.name) {
			continue
		}
		fmt.Fprintf(c.out, "%s: %s\n", r.name, r.command())
		output, err := r.measure(ctx, folder)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w\n%s", r.name, err, output))
		}
		measured.read(r.name, output)
	}
	table := c.table(measured)
	if c.partly {
		fmt.Fprint(c.out, table)
		return failed
	}
	if err := rewrite(c.document, table); err != nil {
		return errors.Join(failed, err)
	}
	for _, curve := range curves {
		if err := os.WriteFile(filepath.Join(c.images, curve.file), []byte(curve.draw(measured)), 0o644); err != nil {
			return errors.Join(failed, err)
		}
	}
	return failed
}

// command is what one types to repeat a run.
func (r run) command() string {
	return fmt.Sprintf("go test -run xxx -bench '%s' -benchtime %s %s", r.bench, r.time, r.in)
}

// measure runs the tests' program of the package, which is built into the folder
// once for all runs.
func (r run) measure(ctx context.Context, folder string) (string, error) {
	program := filepath.Join(folder, strings.ReplaceAll(r.in, "/", "-")+".test")
	if _, err := os.Stat(program); err != nil {
		if output, err := exec.CommandContext(ctx, "go", "test", "-c", "-o", program, r.in).CombinedOutput(); err != nil {
			return string(output), err
		}
	}
	command := exec.CommandContext(ctx, program, "-test.run=xxx", "-test.bench="+r.bench, "-test.benchtime="+r.time, "-test.benchmem", "-test.timeout=10m")
	command.Dir = r.in
	output, err := command.CombinedOutput()
	return string(output), err
}

// The table stands between these lines of the document.
const (
	tableBegins = "<!-- what make bench measured -->\n"
	tableEnds   = "<!-- end of what make bench measured -->\n"
)

// rewrite puts a table in the place of the one before.
func rewrite(document, table string) error {
	content, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	before, rest, begins := strings.Cut(string(content), tableBegins)
	_, after, ends := strings.Cut(rest, tableEnds)
	if !begins || !ends {
		return fmt.Errorf("%s has no place for the table: %q and %q", document, tableBegins, tableEnds)
	}
	return os.WriteFile(document, []byte(before+tableBegins+table+tableEnds+after), 0o644)
}

// machine is what was measured on.
func machine() string {
	return fmt.Sprintf("%d cores, %s/%s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
}
