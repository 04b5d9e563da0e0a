package console

import (
	"fmt"
	"html/template"
	"strings"
)

const (
	barRow  = 46 // of a chart, in CSS pixels
	barText = 17 // down to the line of its words
	barDown = 25
	barTall = 12
)

// Chart is the table's shares as bars: an SVG as wide as the page, whose words
// stay as large as other words. All of it is in the table too.
func (t figureTable) Chart(title string) template.HTML {
	var b strings.Builder
	id, escaped := "chart-"+t.ID, template.HTMLEscapeString
	fmt.Fprintf(&b, `<svg class="chart" width="100%%" height="%d" role="img" aria-labelledby="%s"><title id="%s">%s</title>`, len(t.Rows)*barRow, id, id, escaped(title))
	for i, row := range t.Rows {
		top := i * barRow
		fmt.Fprintf(&b, `<text class="chart__name" x="0" y="%d">%s</text><text class="chart__figure" x="100%%" y="%d" text-anchor="end">%s</text>`,
			top+barText, escaped(row.Name), top+barText, escaped(row.Shown))
		fmt.Fprintf(&b, `<rect class="chart__ground" x="0" y="%d" width="100%%" height="%d"/><rect class="chart__bar" x="0" y="%d" width="%.2f%%" height="%d"/>`,
			top+barDown, barTall, top+barDown, 100*row.Share, barTall)
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // all words in it are escaped
}
