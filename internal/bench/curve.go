package main

import (
	"fmt"
	"html"
	"strings"
)

// The picture's size and margins, in its own units.
const (
	width, height           = 640, 280
	left, right, above, low = 70, 40, 44, 52
)

// draw makes the curve's picture (SVG 2): the points that were measured, at even
// distances across, from nought up.
func (c curve) draw(measured results) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" role="img">`+"\n", width, height)
	fmt.Fprintf(&b, "<title>%[1]s</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n<text x=\"%[2]d\" y=\"22\" font-weight=\"bold\">%[1]s</text>\n",
		html.EscapeString(c.title), left)
	fmt.Fprintf(&b, `<path d="M%d %dV%dH%d" fill="none" stroke="#505a5f"/>`+"\n", left, above, height-low, width-right)
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">%s</text>`+"\n", width-right, height-10, html.EscapeString(c.across))
	fmt.Fprintf(&b, `<text x="14" y="%d" transform="rotate(-90 14 %[1]d)" text-anchor="end">%s</text>`+"\n", above, html.EscapeString(c.up))
	most := 0.0
	values := make([]float64, len(c.points))
	for i, p := range c.points {
		values[i], _ = measured.of(figure{run: p.run, bench: p.bench, unit: p.unit})
		most = max(most, values[i])
	}
	if most == 0 {
		return b.String() + "</svg>\n"
	}
	var line, marks strings.Builder
	for i, value := range values {
		x := left + (width-left-right)*(2*i+1)/(2*len(values))
		y := float64(height-low) - value/most*float64(height-low-above-20)
		fmt.Fprintf(&line, "%d,%.0f ", x, y)
		fmt.Fprintf(&marks, `<circle cx="%d" cy="%.0f" r="4" fill="#1d70b8"/><text x="%[1]d" y="%.0[3]f" text-anchor="middle">%[4]s</text>`, x, y, y-10, inNumber(value))
		fmt.Fprintf(&marks, `<text x="%d" y="%d" text-anchor="middle">%s</text>`+"\n", x, height-low+18, inNumber(c.points[i].at))
	}
	fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="#1d70b8" stroke-width="2"/>`+"\n", strings.TrimSpace(line.String()))
	return b.String() + marks.String() + "</svg>\n"
}
