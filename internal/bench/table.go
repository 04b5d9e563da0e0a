package main

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
)

// table is the part of the document that is measured.
func (c config) table(measured results) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nMeasured with nothing else running: %s; %s.\n\n", c.on, machine())
	b.WriteString("| | measured | wanted | headroom | run |\n|---|---|---|---|---|\n")
	for _, f := range figures {
		value, ok := measured.of(f)
		if !ok {
			fmt.Fprintf(&b, "| %s | not measured | %s | | %s |\n", f.what, inWords(f.wanted, f.unit), f.run)
			continue
		}
		headroom := f.wanted / value
		if f.more {
			headroom = value / f.wanted
		}
		note := ""
		if headroom < 1 {
			note = ", **falls short**"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %.1f×%s | %s |\n", f.what, inWords(value, f.unit), inWords(f.wanted, f.unit), headroom, note, f.run)
	}
	c.addCost(&b, measured)
	for _, curve := range curves {
		fmt.Fprintf(&b, "\n![%s](images/%s)\n", curve.title, curve.file)
	}
	b.WriteString("\nThe runs, each to be repeated alone:\n\n")
	for _, r := range runs {
		fmt.Fprintf(&b, "- %s: `%s`\n", r.name, r.command())
	}
	b.WriteString("\n")
	return b.String()
}

// addCost works out what a million messages cost: all cores are busy while they
// are measured, with the carrier's emulator and the senders of webhooks too.
func (c config) addCost(b *strings.Builder, measured results) {
	rate, ok := measured.of(figure{run: "webhooks", bench: "BenchmarkWebhook/postgres/delivered", unit: "messages/s", more: true})
	if !ok {
		return
	}
	cores := runtime.NumCPU()
	hours := 1e6 / rate / 3600 * float64(cores)
	fmt.Fprintf(b, "\nA million messages in, each with its turn, its reply and two status callbacks, take 1,000,000 ÷ %s a second × %d cores = "+
		"%.2f core-hours: £%.2f at £%.2f a core-hour, PostgreSQL, Redis and the emulated carrier's own work included, "+
		"what a carrier asks for a text not.\n", inNumber(rate), cores, hours, hours*c.price, c.price)
}

// inWords is a figure with its unit, as people read it.
func inWords(value float64, unit string) string {
	switch {
	case unit == "ns/op" && value < 1e3:
		return inNumber(value) + " ns"
	case unit == "ns/op" && value < 1e6:
		return inNumber(value/1e3) + " µs"
	case unit == "ns/op":
		return inNumber(value/1e6) + " ms"
	case unit == "allocs/op":
		return inNumber(value)
	case strings.HasSuffix(unit, "/s"):
		return inNumber(value) + " a second"
	case strings.HasSuffix(unit, "-ms"):
		return inNumber(value) + " ms"
	default:
		return inNumber(value) + " MB"
	}
}

// inNumber has one decimal below ten, and commas between thousands.
func inNumber(value float64) string {
	if value < 10 {
		return strings.TrimSuffix(strconv.FormatFloat(value, 'f', 1, 64), ".0")
	}
	digits := strconv.FormatFloat(value, 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
