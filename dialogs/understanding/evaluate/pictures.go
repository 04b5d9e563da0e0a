package main

import (
	"fmt"
	"strings"

	"parley/dialogs/understanding"
)

// picture begins an SVG that reads on light and on dark pages.
func picture(wide, high int, title string) *strings.Builder {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="10" role="img"><title>%s</title><rect width="100%%" height="100%%" fill="#fff"/>`+"\n", wide, high, title)
	return &b
}

// confusion draws which intents are taken for which: a row is what texts are
// about, a column what they were read as.
func confusion(m measured) string {
	const cell, left, top = 16, 150, 150
	names := understanding.Intents()
	counts := map[[2]string]int{}
	totals := map[string]int{}
	for _, o := range m.cases {
		counts[[2]string{o.Intents[0], o.Reading.Intent}]++
		totals[o.Intents[0]]++
	}
	b := picture(left+cell*len(names)+10, top+cell*len(names)+10, "What texts of the test split are about (rows) and what they were read as (columns)")
	for i, name := range names {
		fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="end">%s</text><text transform="translate(%d %d) rotate(-90)">%s</text>`+"\n",
			left-4, top+cell*i+12, name, left+cell*i+12, top-4, name)
		for j, as := range names {
			n := counts[[2]string{name, as}]
			if n == 0 {
				continue
			}
			colour := "#1d70b8"
			if i != j {
				colour = "#d4351c"
			}
			fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s" fill-opacity="%.2f"/><text x="%d" y="%d" text-anchor="middle" font-size="8">%d</text>`+"\n",
				left+cell*j, top+cell*i, cell-1, cell-1, colour, 0.15+0.85*share(n, totals[name]), left+cell*j+cell/2, top+cell*i+11, n)
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// point of a curve, both 0 to 1.
type point struct{ x, y float64 }

// curve draws points in a square, with a diagonal if that is where they belong.
func curve(title, across, up string, diagonal bool, lines map[string][]point) string {
	const side, edge = 300, 40
	b := picture(side+2*edge, side+2*edge, title)
	fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#505a5f"/>`+"\n", edge, edge, side, side)
	if diagonal {
		fmt.Fprintf(b, `<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#b1b4b6"/>`+"\n", edge, edge+side, edge+side, edge)
	}
	colours := map[string]string{"en": "#1d70b8", "cy": "#d4351c"}
	for _, name := range []string{"en", "cy"} {
		var at []string
		for _, p := range lines[name] {
			x, y := edge+p.x*side, edge+side-p.y*side
			at = append(at, fmt.Sprintf("%.1f,%.1f", x, y))
			fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`+"\n", x, y, colours[name])
		}
		fmt.Fprintf(b, `<polyline points="%s" fill="none" stroke="%s"/>`+"\n", strings.Join(at, " "), colours[name])
	}
	for i := range 5 {
		fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">%.2f</text><text x="%d" y="%d" text-anchor="end">%.2f</text>`+"\n",
			edge+side*i/4, edge+side+14, float64(i)/4, edge-4, edge+side-side*i/4+4, float64(i)/4)
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">%s</text><text x="%d" y="%d">%s. Blue: English, red: Welsh</text></svg>`+"\n",
		edge+side/2, edge+side+30, across, edge, edge-8, up)
	return b.String()
}
