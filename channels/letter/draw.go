package letter

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"parley/templates"
	"parley/templates/notices"
)

// letter is what is drawn.
type letter struct {
	language  templates.Language
	sender    []string
	address   []string
	reference string
	date      time.Time // Europe/London
	title     string
	body      notices.Document
	large     bool
}

// Why a letter cannot be drawn.
var (
	errWideAddress = errors.New("a line of the address is too wide")
	errManyPages   = errors.New("the letter is too long")
)

// addressLines are the lines of an address that are not empty.
func addressLines(address string) []string {
	var lines []string
	for line := range strings.SplitSeq(clean(address), "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// fault is why a letter is not drawn at all; nil when it may be.
func (f *fonts) fault(l letter) error {
	var words []string
	for _, b := range l.body {
		words = append(words, b.Items...)
		for _, row := range b.Rows {
			words = append(words, row[:]...)
		}
	}
	said := strings.Join(words, "\n")
	switch {
	case len(l.address) < fewestAddressLines || len(l.address) > mostAddressLines:
		return refused("address", fmt.Sprintf("The address does not have %d to %d lines", fewestAddressLines, mostAddressLines), nil)
	case !f.have(strings.Join(l.address, "\n")):
		return refused("address", "The address has characters that cannot be printed", nil)
	case strings.TrimSpace(said) == "":
		return refused("empty", "The letter says nothing", nil)
	case !f.have(l.title + "\n" + said + "\n" + l.reference):
		return refused("characters", "The letter has characters that cannot be printed", nil)
	}
	return nil
}

// Sizes of print, in points.
var (
	clearPrint = print{small: 11, body: 12, heading: 13, title: 15}
	largePrint = print{small: 16, body: 18, heading: 19, title: 22}
)

// draw makes a PDF of a letter. The same letter is always the same file.
func (f *fonts) draw(l letter) (file []byte, pages int, err error) {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCreationDate(l.date)
	pdf.SetModificationDate(l.date)
	pdf.SetCatalogSort(true)
	pdf.SetProducer("Parley", true)
	pdf.SetLang(string(l.language) + "-GB")
	pdf.AddUTF8FontFromBytes(family, regular, regularFile)
	pdf.AddUTF8FontFromBytes(family, bold, boldFile)
	s := &sheet{pdf: pdf, print: clearPrint}
	if l.large {
		s.print = largePrint
	}
	s.turn()
	if err := s.head(l); err != nil {
		return nil, 0, err
	}
	if l.title != "" {
		s.words(block{indent: 0, size: s.print.title, style: bold}, l.title)
		s.space(1)
	}
	for _, b := range l.body {
		s.block(b)
	}
	pages = pdf.PageCount()
	if s.full {
		return nil, pages, errManyPages
	}
	s.feet(l, pages)
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return nil, 0, fmt.Errorf("writing the PDF: %w", err)
	}
	return out.Bytes(), pages, nil
}
