package console

import (
	"fmt"
	"html/template"
	"strings"

	"parley/dialogs"
)

// The drawing of a dialog, in CSS pixels: steps from the top in one column, a
// way past those under a condition on its left.
const (
	drawWide  = 320
	drawLeft  = 34 // of the column
	drawPast  = 12 // of the way past
	drawStep  = 40 // the height of a step
	drawSays  = 30 // of a condition
	drawSpace = 16 // between two
	drawMost  = 36 // letters in a line
)

// drawing writes one.
type drawing struct {
	strings.Builder
	top  int // where the next thing begins
	past int // where the way past the steps under a condition begins; 0: none is open
	tall int
}

// drawSteps draws a dialog. All that it shows is in the list of steps too.
func drawSteps(r *request, steps []stepView) *drawing {
	d := &drawing{top: 4}
	when := ""
	for _, s := range steps {
		if s.Kind == dialogs.OutlineSet {
			continue
		}
		if s.When != when {
			d.join()
			if when = s.When; when != "" {
				d.condition(when)
			}
		}
		d.step(s)
	}
	d.join()
	d.box("draw__end", drawSays, 15, r.say("catalogue.ends"))
	d.tall = d.top
	return d
}

// SVG is the drawing under a title.
func (d *drawing) SVG(title string) template.HTML {
	return template.HTML(fmt.Sprintf(`<svg class="draw" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-labelledby="drawn"><title id="drawn">%s</title>%s</svg>`,
		drawWide, d.tall, drawWide, d.tall, template.HTMLEscapeString(title), d.String())) //nolint:gosec // all words in it are escaped
}

// box draws a thing with its words, and the way down from it.
func (d *drawing) box(class string, tall, round int, words string) {
	if d.top > 4 {
		fmt.Fprintf(d, `<path class="draw__way" d="M%d %dv%d"/>`, drawWide/2, d.top-drawSpace, drawSpace)
	}
	fmt.Fprintf(d, `<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="%d"/><text class="draw__words" x="%d" y="%d">%s</text>`,
		class, drawLeft, d.top, drawWide-drawLeft-2, tall, round, drawLeft+12, d.top+tall/2+5, template.HTMLEscapeString(short(words)))
	d.top += tall + drawSpace
}

func (d *drawing) condition(when string) {
	d.box("draw__when", drawSays, 15, when)
	d.past = d.top - drawSpace - drawSays/2
}

// join ends the way past the steps under a condition.
func (d *drawing) join() {
	if d.past > 0 {
		fmt.Fprintf(d, `<path class="draw__way draw__way--past" d="M%d %dH%dV%dH%d"/>`, drawLeft, d.past, drawPast, d.top-drawSpace/2, drawWide/2)
		d.past = 0
	}
}

func (d *drawing) step(s stepView) {
	words := s.Step
	if s.End != "" {
		words += " → " + s.End
	}
	top := d.top
	d.box("draw__step draw__step--"+string(s.Kind), drawStep, 3, words)
	if s.Answered+s.Left > 0 {
		fmt.Fprintf(d, `<text class="draw__count" x="%d" y="%d" text-anchor="end">%d</text>`, drawWide-14, top+drawStep/2+5, s.Answered)
	}
}

// short is a text that fits a line of the drawing.
func short(text string) string {
	letters := []rune(text)
	if len(letters) <= drawMost {
		return text
	}
	return string(letters[:drawMost-1]) + "…"
}
