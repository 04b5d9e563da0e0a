package letter

import (
	"fmt"

	"parley/templates"
)

// The window of a DL envelope (110 by 220 mm) is 35 by 90 mm, 18 mm above the
// lower edge and 20 mm from the left one. A sheet that is folded in three is 99
// by 210 mm and moves in it by 11 mm up and down and 10 mm sideways. So what is
// 20 to 100 mm from the sheet's left and 57 to 81 mm from its top is always
// seen, and what is outside 10 to 110 and 46 to 92 mm never is. The address
// keeps to the one and everything else to the other.
const (
	windowLeft   = 20.0
	windowTop    = 57.0
	windowWidth  = 80.0
	windowHeight = 24.0

	senderLeft = 120.0 // of the sender, the date and the reference
	bodyTop    = 100.0
)

// An address is of a name and a place at least. Royal Mail has seven lines be
// enough for any in the United Kingdom.
const (
	fewestAddressLines = 2
	mostAddressLines   = 7

	addressLine = windowHeight / mostAddressLines

	largestAddress  = 9.5 // points; the lines of it must not touch
	smallestAddress = 8.0
)

// head draws what stands above the first words: the address in the window, and
// beside it who writes, when, and about which case.
func (s *sheet) head(l letter) error {
	if err := s.address(l.address); err != nil {
		return err
	}
	right := []string{l.language.Date(l.date.Year(), int(l.date.Month()), l.date.Day())}
	if l.reference != "" {
		right = append(right, wordsOf(l.language).reference+" "+l.reference)
	}
	size, y := s.print.small, margin
	for i, line := range append(append([]string{}, l.sender...), right...) {
		style := regular
		if i == 0 {
			style = bold
		}
		if i == len(l.sender) {
			y += lineHeight(size)
		}
		s.font(style, size)
		for _, part := range s.split(line, pageWidth-margin-senderLeft) {
			s.write(senderLeft, y, size, part, false)
			y += lineHeight(size)
		}
	}
	s.y = max(bodyTop, y+lineHeight(size))
	return nil
}

// address draws the address, in smaller print when a line is long.
func (s *sheet) address(lines []string) error {
	size := largestAddress
	for ; size >= smallestAddress; size -= 0.5 {
		if s.fits(lines, size) {
			break
		}
	}
	if size < smallestAddress {
		return errWideAddress
	}
	for i, line := range lines {
		s.write(windowLeft, windowTop+float64(i)*addressLine, size, line, false)
	}
	return nil
}

func (s *sheet) fits(lines []string, size float64) bool {
	s.font(regular, size)
	for _, line := range lines {
		if s.pdf.GetStringWidth(line) > windowWidth {
			return false
		}
	}
	return true
}

// feet number the pages, and name the case on each in case they part.
func (s *sheet) feet(l letter, pages int) {
	size := s.print.small
	for page := 1; page <= pages; page++ {
		s.pdf.SetPage(page)
		s.font(regular, size)
		s.write(margin, footLine, size, l.reference, false)
		s.write(pageWidth-margin, footLine, size, fmt.Sprintf(wordsOf(l.language).page, page, pages), true)
	}
}

// standing are the words that every letter has.
type standing struct{ reference, page string }

func wordsOf(language templates.Language) standing {
	if language == templates.Welsh {
		return standing{reference: "Ein cyfeirnod:", page: "Tudalen %d o %d"}
	}
	return standing{reference: "Our reference:", page: "Page %d of %d"}
}
