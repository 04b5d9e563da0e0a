package answers

import "unicode"

// fold brings one character of what people type to the few that the readers
// know: lower-case letters without accents, ASCII digits, and marks of one
// form. It returns the character and its class.
func fold(r rune) (rune, class) {
	if r >= '！' && r <= '～' { // full-width forms of ASCII
		r -= '！' - '!'
	}
	if r < unicode.MaxASCII {
		return foldASCII(r)
	}
	switch r {
	case '\u00a0', '\u2007', '\u202f', '\u3000':
		return ' ', space
	case '’', '‘', '‛', 'ʼ', '´', '′':
		return r, nothing
	case '“', '”', '„', '«', '»', '″':
		return ' ', space
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return '-', mark
	case '￡':
		return '£', mark
	case '…':
		return '.', mark
	case '👍', '👎', '✅', '✔', '☑', '❌', '✖', '🚫', '🤷', '🤔', '❓': // these say something
		return r, mark
	case unicode.ReplacementChar:
		return r, mark
	}
	return foldRare(r)
}

func foldASCII(r rune) (rune, class) {
	switch {
	case r >= 'a' && r <= 'z':
		return r, letter
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A', letter
	case r >= '0' && r <= '9':
		return r, digit
	case r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '"' || r == '(' || r == ')' || r == '*' || r == '_':
		return ' ', space
	case r == '\'' || r == '`':
		return r, nothing
	case r < ' ':
		return unicode.ReplacementChar, mark
	default:
		return r, mark
	}
}

// foldRare folds what few messages hold.
func foldRare(r rune) (rune, class) {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return r, nothing // combining accents, zero-width and direction characters
	case unicode.IsLetter(r):
		return unaccented(unicode.ToLower(r)), letter
	case unicode.IsSpace(r), unicode.In(r, unicode.So, unicode.Sk):
		return ' ', space // emoji
	default:
		return r, mark
	}
}

// unaccented is the letter that most people type for an accented one. Welsh
// writes âêîôûŵŷ and their acute, grave and diaeresis fellows.
func unaccented(r rune) rune {
	switch r {
	case 'à', 'á', 'â', 'ã', 'ä', 'å':
		return 'a'
	case 'è', 'é', 'ê', 'ë':
		return 'e'
	case 'ì', 'í', 'î', 'ï':
		return 'i'
	case 'ò', 'ó', 'ô', 'õ', 'ö':
		return 'o'
	case 'ù', 'ú', 'û', 'ü':
		return 'u'
	case 'ŵ', 'ẁ', 'ẃ', 'ẅ':
		return 'w'
	case 'ŷ', 'ỳ', 'ý', 'ÿ':
		return 'y'
	default:
		return r
	}
}
