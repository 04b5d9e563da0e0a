package letter

import (
	"strconv"

	"parley/templates/notices"
)

// block is how the lines of a block stand.
type block struct {
	indent float64 // millimetres
	size   float64 // points
	style  string
	mark   string // before the first line of a list's item
	bar    bool   // down the left
}

// Indents, in millimetres for a body of 12 points.
const (
	listIndent  = 8.0
	insetIndent = 7.0
	barWidth    = 1.0
)

// block draws one block of a document, with a gap after it.
func (s *sheet) block(b notices.Block) {
	scale := s.print.body / clearPrint.body
	in := block{size: s.print.body}
	switch b.Kind {
	case notices.Heading:
		s.space(0.4)
		in.size, in.style = s.print.heading, bold
		s.room(lineHeight(in.size) + 3*lineHeight(s.print.body)) // it stays with what it heads
	case notices.Inset:
		in.indent, in.bar = insetIndent*scale, true
	case notices.Figures:
		s.table(b.Rows)
	}
	for i, item := range b.Items {
		switch b.Kind {
		case notices.Bullets:
			in.indent, in.mark = listIndent*scale, "•"
		case notices.Numbers:
			in.indent, in.mark = listIndent*scale, strconv.Itoa(i+1)+"."
		}
		s.words(in, item)
	}
	s.space(0.6)
}

// words draws words in lines, over as many pages as they need. Two lines stay
// together where a paragraph begins.
func (s *sheet) words(in block, text string) {
	s.font(in.style, in.size)
	height := lineHeight(in.size)
	lines := s.split(text, textWidth-in.indent)
	s.room(float64(min(len(lines), 2)) * height)
	for i, line := range lines {
		s.room(height)
		if s.full {
			return
		}
		s.font(in.style, in.size)
		if i == 0 && in.mark != "" {
			s.write(margin+in.indent-in.size*point*0.6, s.y, in.size, in.mark, true)
		}
		if in.bar {
			s.pdf.SetFillColor(130, 130, 130)
			s.pdf.Rect(margin, s.y, barWidth, height, "F")
		}
		s.write(margin+in.indent, s.y, in.size, line, false)
		s.y += height
	}
}

// A table's figures have a column as wide as the widest of them, up to a part
// of the page, and a gap before it.
const (
	mostFigures = textWidth * 0.45
	columnGap   = 6.0
	rowPadding  = 1.2
)

// table draws rows of words and figures, with a rule under each. A row stays on
// one page where it can.
func (s *sheet) table(rows [][2]string) {
	s.font(regular, s.print.body)
	figures := 0.0
	for _, row := range rows {
		figures = max(figures, s.pdf.GetStringWidth(row[1]))
	}
	figures = min(figures+1, mostFigures)
	height := lineHeight(s.print.body)
	for _, row := range rows {
		s.font(regular, s.print.body)
		left, right := s.split(row[0], textWidth-figures-columnGap), s.split(row[1], figures)
		lines := max(len(left), len(right))
		if all := float64(lines)*height + 2*rowPadding; all < bottom-margin {
			s.room(all)
		}
		s.y += rowPadding
		for i := range lines {
			s.room(height)
			if s.full {
				return
			}
			s.font(regular, s.print.body)
			if i < len(left) {
				s.write(margin, s.y, s.print.body, left[i], false)
			}
			if i < len(right) {
				s.write(pageWidth-margin, s.y, s.print.body, right[i], true)
			}
			s.y += height
		}
		s.y += rowPadding
		s.pdf.SetDrawColor(160, 160, 160)
		s.pdf.SetLineWidth(0.2)
		s.pdf.Line(margin, s.y, pageWidth-margin, s.y)
	}
}
