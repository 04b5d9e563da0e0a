package letter

import (
	"codeberg.org/go-pdf/fpdf"
)

// The sheet, in millimetres.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	margin     = 20.0
	footLine   = pageHeight - 15.0
	bottom     = pageHeight - 24.0 // of what is said
	textWidth  = pageWidth - 2*margin

	// mostPages keeps a letter that fits in its envelope, and out of a printer
	// what can only be a mistake.
	mostPages = 40

	point = 25.4 / 72 // a point in millimetres

	// leading is the distance between lines, by the size of the letters.
	leading = 1.35
)

// The font's styles.
const (
	family  = "dejavu"
	regular = ""
	bold    = "B"
)

// print is how large a letter's words are, in points; small are those around
// what it says.
type print struct{ small, body, heading, title float64 }

// sheet is a letter as it is drawn, line by line and down the page.
type sheet struct {
	pdf   *fpdf.Fpdf
	print print
	y     float64 // the top of the next line
	full  bool    // it has too many pages: nothing more is drawn
}

// turn goes on to a new page.
func (s *sheet) turn() {
	if s.pdf.PageCount() == mostPages {
		s.full = true
		return
	}
	s.pdf.AddPage()
	s.y = margin
}

// room has the next height of millimetres on one page.
func (s *sheet) room(height float64) {
	if s.y+height > bottom {
		s.turn()
	}
}

func (s *sheet) font(style string, size float64) { s.pdf.SetFont(family, style, size) }

// lineHeight is how far down the next line of a size is.
func lineHeight(size float64) float64 { return size * point * leading }

// space leaves a part of a line free, but not at the top of a page.
func (s *sheet) space(lines float64) {
	if s.y > margin {
		s.y += lines * lineHeight(s.print.body)
	}
}

// write puts one line of words with their left, or with right set their right,
// end at x, in the line whose top is at y.
func (s *sheet) write(x, y, size float64, words string, right bool) {
	if right {
		x -= s.pdf.GetStringWidth(words)
	}
	s.pdf.Text(x, y+size*point, words)
}

// split breaks words into the lines that fit a width, in the font that is set.
func (s *sheet) split(words string, width float64) []string {
	cell := 2 * s.pdf.GetCellMargin() // which splitting takes off
	return s.pdf.SplitText(words, width+cell)
}
