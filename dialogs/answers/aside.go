package answers

// aside is what people write beside a value.
type aside uint8

const (
	noAside  aside = iota
	passing        // thanks, a full stop
	hedging        // "about", "I think", a question mark: the value is to be confirmed
	doubting       // "I don't know"
)

// aside reads what stands beside a value at a token, and how many tokens it
// takes.
func (s *sentence) aside(at int) (aside, int) {
	if s.word(at) == "?" {
		return hedging, 1
	}
	if n := s.padding(at); n > 0 {
		return passing, n
	}
	unsure, ofDoubt := longest(s, at, 5, doubt)
	hedge, ofHedge := longest(s, at, 4, hedges)
	switch {
	case unsure && (ofDoubt > ofHedge || ofDoubt == len(s.tokens)): // "maybe" alone, and not "maybe 400"
		return doubting, ofDoubt
	case hedge:
		return hedging, ofHedge
	}
	return noAside, 0
}

// padding measures the words at a token that mean nothing in any answer:
// greetings, thanks, kisses, and the marks that end a clause. It returns how
// many tokens to pass over.
func (s *sentence) padding(at int) int {
	if s.is(at, mark) {
		switch s.word(at) {
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
