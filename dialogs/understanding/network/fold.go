package network

import "strings"

// Folded is a text as the model and the lexicon see it: words of small letters
// and figures without accents, one space before each and one at the end. An
// apostrophe is left out ("don't" is "dont", "dwi'n" is "dwin"), and of a long
// number only its length is kept.
type Folded []byte

// Fold folds a text of any length and content onto the end of buffer. It
// appends to breaks where a clause may end: at each place in the folded text
// that had a stop, comma, colon, line end or bracket.
func Fold(buffer []byte, breaks []int, text string) (Folded, []int) {
	buffer = append(buffer, ' ')
	figures := 0 // how many the current run has
	for _, r := range text {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		switch {
		case r >= 'a' && r <= 'z':
			buffer, figures = append(buffer, byte(r)), 0
		case r >= '0' && r <= '9':
			buffer, figures = figure(buffer, byte(r), figures), figures+1
		case r == '\'' || r == '’' || r == '‘' || r == '`':
		case r > 127 && unaccented(r) != 0:
			buffer, figures = append(buffer, unaccented(r)), 0
		default:
			if strings.ContainsRune(".,;:!?\n()/-–—", r) && buffer[len(buffer)-1] != ' ' {
				breaks = append(breaks, len(buffer))
			}
			buffer, figures = space(buffer), 0
		}
	}
	return space(buffer), breaks
}

// space ends a word, if there is one.
func space(folded []byte) []byte {
	if folded[len(folded)-1] == ' ' {
		return folded
	}
	return append(folded, ' ')
}

// figure keeps figures of one or two, which may be an age or nights, and makes
// zeros of longer numbers.
func figure(folded []byte, f byte, before int) []byte {
	switch {
	case before == 2:
		end := len(folded)
		folded[end-2], folded[end-1] = '0', '0'
		return append(folded, '0')
	case before > 2:
		return append(folded, '0')
	default:
		return append(folded, f)
	}
}

// unaccented is the plain letter of one with an accent, of either case; 0 for
// any other character. Welsh is often typed without them.
func unaccented(r rune) byte {
	switch r {
	case 'à', 'á', 'â', 'ä', 'ã', 'À', 'Á', 'Â', 'Ä':
		return 'a'
	case 'è', 'é', 'ê', 'ë', 'È', 'É', 'Ê', 'Ë':
		return 'e'
	case 'ì', 'í', 'î', 'ï', 'Ì', 'Í', 'Î', 'Ï':
		return 'i'
	case 'ò', 'ó', 'ô', 'ö', 'Ò', 'Ó', 'Ô', 'Ö':
		return 'o'
	case 'ù', 'ú', 'û', 'ü', 'Ù', 'Ú', 'Û', 'Ü':
		return 'u'
	case 'ŵ', 'ẁ', 'ẃ', 'Ŵ':
		return 'w'
	case 'ŷ', 'ỳ', 'ý', 'ÿ', 'Ŷ':
		return 'y'
	case 'ñ':
		return 'n'
	case 'ç':
		return 'c'
	}
	return 0
}
