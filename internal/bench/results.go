package main

import (
	"regexp"
	"strconv"
	"strings"
)

// results are what was measured, by run, benchmark and unit.
type results map[measurement]float64

type measurement struct{ run, bench, unit string }

// processors is what go test adds to a benchmark's name.
var processors = regexp.MustCompile(`-\d+$`)

// read takes in what a run has printed (https://go.dev/design/14313-benchmark-format).
// A benchmark that prints its rate by the time of each has "each/s" too.
func (r results) read(run, output string) {
	for line := range strings.Lines(output) {
		fields := strings.Fields(line)
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		bench := processors.ReplaceAllString(fields[0], "")
		for i := 2; i+1 < len(fields); i += 2 {
			value, err := strconv.ParseFloat(fields[i], 64)
			if err != nil {
				break
			}
			r[measurement{run, bench, fields[i+1]}] = value
			if fields[i+1] == "ns/op" && value > 0 {
				r[measurement{run, bench, "each/s"}] = 1e9 / value
			}
		}
	}
}

// of finds a figure: of several benchmarks whose names it begins, the worst.
func (r results) of(f figure) (worst float64, found bool) {
	for m, value := range r {
		if m.run != f.run || m.unit != f.unit || m.bench != f.bench && !strings.HasPrefix(m.bench, f.bench+"/") {
			continue
		}
		if !found || value > worst != f.more {
			worst, found = value, true
		}
	}
	return worst, found
}
