package chaos

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Print writes what was done to the gateway and what was found, as a table for
// people; of each count the first findings.
func Print(out io.Writer, strikes map[Fault]int, findings []Finding) error {
	const few = 5
	counts, details := map[Count]int{}, map[Count][]string{}
	for _, f := range findings {
		if counts[f.Count]++; counts[f.Count] <= few {
			details[f.Count] = append(details[f.Count], f.Detail)
		}
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "fault\ttimes")
	for _, f := range Faults() {
		fmt.Fprintf(table, "%s\t%d\n", f, strikes[f])
	}
	fmt.Fprintln(table, "\t\nwhat must not happen\ttimes")
	for _, c := range Counts() {
		fmt.Fprintf(table, "%s\t%d\n", c, counts[c])
		for _, detail := range details[c] {
			fmt.Fprintf(table, "\t%s\n", strings.TrimSpace(detail))
		}
	}
	return table.Flush()
}
