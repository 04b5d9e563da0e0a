package answers

// offered reads the number that a choice was offered under: "1", "one", "1st",
// "the second", "yr ail". It returns how many tokens it took.
func (s *sentence) offered(at int) (number, n int) {
	number, n = s.offeredNumber(at)
	if n == 0 {
		return 0, 0
	}
	switch s.word(at + n) {
	case "one", "1", "un", "option", "answer", "choice", "opsiwn", "dewis":
		if s.tokens[at].class == letter || s.glued(at+1) { // "the second one", "1st option"
			n++
		}
	}
	return number, n
}

func (s *sentence) offeredNumber(at int) (number, n int) {
	if number, length, ok := s.digits(at); ok {
		if length > 2 || number == 0 {
			return 0, 0
		}
		if s.glued(at+1) && ordinalSuffix(s.word(at+1)) {
			return number, 2
		}
		return number, 1
	}
	if number, n = s.ordinal(at); n > 0 {
		return number, n
	}
	if number, n = s.numeral(at); number > 0 {
		return number, n
	}
	return 0, 0
}

// choiceLead knows what people write before a choice.
func choiceLead(phrase string) bool {
	switch phrase {
	case "option", "number", "num", "no .", "#", "answer", "my answer is", "the answer is", "choice", "its",
		"it is", "it", "is", "the", "a", "an", "i choose", "i pick", "id say", "ill go for", "ill have", "reply",
		// Welsh.
		"opsiwn", "rhif", "ateb", "dewis", "fy newis yw", "yr ateb yw", "y", "yr", "maen", "mae n", "mae":
		return true
	}
	return false
}
