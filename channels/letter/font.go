package letter

import (
	_ "embed" // for the fonts
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// DejaVu Sans Condensed has the letters of Welsh and of nearly every name in
// use in the United Kingdom. fonts/LICENSE.txt is its licence.
var (
	//go:embed fonts/DejaVuSansCondensed.ttf
	regularFile []byte
	//go:embed fonts/DejaVuSansCondensed-Bold.ttf
	boldFile []byte
)

// fonts are the two weights, and what can be printed in both.
type fonts struct {
	printable [lastPrintable + 1]bool
}

// lastPrintable is the last character that the PDF writer takes.
const lastPrintable = 0xFFFF

func readFonts() (*fonts, error) {
	f := &fonts{}
	for i, file := range [][]byte{regularFile, boldFile} {
		font, err := sfnt.Parse(file)
		if err != nil {
			return nil, fmt.Errorf("reading font %d: %w", i, err)
		}
		var buffer sfnt.Buffer
		for r := ' '; r <= lastPrintable; r++ {
			glyph, err := font.GlyphIndex(&buffer, r)
			f.printable[r] = err == nil && glyph != 0 && (i == 0 || f.printable[r])
		}
	}
	return f, nil
}

// have reports whether all of a cleaned text can be printed.
func (f *fonts) have(text string) bool {
	for _, r := range text {
		if r != '\n' && (r > lastPrintable || !f.printable[r]) {
			return false
		}
	}
	return true
}

// clean puts a text in the form in which it is printed: composed letters
// (Unicode NFC), lines that end alike, and nothing that does not show.
func clean(text string) string {
	text = norm.NFC.String(strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n"))
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\u2028', r == '\u2029':
			return '\n'
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
			return -1
		}
		return r
	}, text)
	return norm.NFC.String(strings.TrimSpace(text))
}
