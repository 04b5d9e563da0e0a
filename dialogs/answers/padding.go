package answers

// padding measures the words at a token that mean nothing in any answer:
// greetings, thanks, kisses, and the marks that end a clause. It returns how
// many tokens to pass over.
func (s *sentence) padding(at int) int {
	if s.is(at, mark) {
		switch s.at(at) {
		case ",", "!", ";", ":":
			return 1
		case ".":
			if s.is(at-1, letter) || !s.glued(at+1) || !s.is(at+1, digit) { // a full stop, and not ".5"
				return 1
			}
		case "-":
			if !s.glued(at+1) || s.is(at+1, letter) { // a dash, and not a minus
				return 1
			}
		}
		return 0
	}
	polite, n := longest(s, at, 4, courtesy)
	if !polite {
		return 0
	}
	return n
}

// within is the part of the sentence without the words that people put around
// an answer: those that introduce it, and padding on both sides.
func (s *sentence) within(introduces func(phrase string) bool) (from, to int) {
	to = len(s.tokens)
	for from < to {
		n := s.padding(from)
		if n == 0 {
			_, n = longest(s, from, 5, introduces)
		}
		if n == 0 {
			break
		}
		from += n
	}
	for from < to {
		n := s.trailing(to)
		if n == 0 {
			break
		}
		to -= n
	}
	return from, to
}

// trailing measures the padding that ends before a token.
func (s *sentence) trailing(to int) int {
	for n := min(4, to); n > 0; n-- {
		if courtesy(s.phrase(to-n, n)) {
			return n
		}
	}
	if s.is(to-1, mark) && s.padding(to-1) == 1 {
		return 1
	}
	return 0
}

// courtesy knows what people say around an answer.
func courtesy(phrase string) bool {
	switch phrase {
	case "please", "pls", "plz", "plse", "pleas", "thanks", "thank you", "thankyou", "thank u", "thanx", "thx", "tnx", "ty", "ta",
		"many thanks", "cheers", "x", "xx", "xxx", "hi", "hello", "hiya", "hey", "hi there", "good morning", "morning", "good afternoon",
		"afternoon", "good evening", "evening", "mate", "love", "sir", "madam", "miss", "sorry", "soz", "um", "umm", "er", "erm", "uh",
		"oh", "ah", "well", "so", "regards", "kind regards", "many thanks again", "thanks again", "thanks very much", "thank you very much",
		"diolch", "diolch yn fawr", "diolch i chi", "diolch yn fawr iawn", "os gwelwch yn dda", "os gweli din dda", "os gweli di n dda", "plis", "sori", "helo", "shwmae",
		"smae", "haia", "bore da", "prynhawn da", "noswaith dda", "wel", "cofion", "hwyl":
		return true
	}
	return false
}
