package answers

// oneSlip tells whether a text is a phrase with one typing slip in one of its
// longer words: a letter wrong, missing, added, or two exchanged; the space between two words
// counts as a letter. Slips that
// make a first letter wrong count only in words of five letters and more,
// because short words too often become another word that way.
func oneSlip(text, phrase string) bool {
	short, long := len(text), len(phrase)
	if short > long {
		short, long = long, short
	}
	if long-short > 1 || short < 3 || text == phrase {
		return false
	}
	at := 0
	for at < short && text[at] == phrase[at] {
		at++
	}
	if !differsOnce(text[at:], phrase[at:]) || !lettersAt(text, at) || !lettersAt(phrase, at) {
		return false
	}
	begin, end := wordAround(phrase, at)
	switch length := end - begin; {
	case length >= 5:
		return true
	case length == 4:
		return at > begin
	}
	return false
}

// differsOnce compares two texts whose first characters differ.
func differsOnce(a, b string) bool {
	switch {
	case len(a) == len(b)+1:
		return a[1:] == b
	case len(a)+1 == len(b):
		return a == b[1:]
	case a[1:] == b[1:]:
		return true
	}
	return len(a) > 1 && a[0] == b[1] && a[1] == b[0] && a[2:] == b[2:]
}

// lettersAt tells whether a slip at this place is among letters: one in a
// number or between words is another answer.
func lettersAt(text string, at int) bool {
	isLetter := func(i int) bool {
		return i < 0 || i >= len(text) || text[i] >= 'a' && text[i] <= 'z' || text[i] == ' ' || text[i] >= 0x80
	}
	return isLetter(at) && isLetter(at-1) && isLetter(at+1)
}

// wordAround is the word of a canonical text that holds a place, or that ends
// there.
func wordAround(text string, at int) (begin, end int) {
	begin = min(at, len(text))
	if begin > 0 && (begin == len(text) || text[begin] == ' ') {
		begin--
	}
	end = begin
	for begin > 0 && text[begin-1] != ' ' {
		begin--
	}
	for end < len(text) && text[end] != ' ' {
		end++
	}
	return begin, end
}
