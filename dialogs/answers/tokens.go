package answers

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxInput is the longest text, in bytes without outer white space, that is
// looked at for a value. People who write more tell a story.
const maxInput = 400

// class is what a character is, and then what a token is made of.
type class uint8

const (
	nothing class = iota // left out without parting what stands around it
	space
	letter
	digit
	mark
)

// token is a run of letters, a run of digits, or one mark, in its sentence's
// text.
type token struct {
	start, end uint16
	class      class
	glued      bool // nothing stood between it and the token before
}

// sentence is a text made ready for reading. Its text is folded, with one
// space between any two tokens: "£1.2K p/m" becomes "£ 1 . 2 k p / m". So a
// phrase of several tokens is a piece of the text, and looking it up allocates
// nothing.
type sentence struct {
	text   string
	tokens []token
}

// scan makes a sentence of a text, which may be anything at all.
func scan(text string) (sentence, Code) {
	text = trim(text)
	if len(text) > maxInput {
		return sentence{}, TooLong
	}
	var buffer [256]byte
	b := buffer[:0]
	tokens := make([]token, 0, 16)
	last := space
	for _, r := range text {
		folded, class := fold(r)
		if class == nothing {
			continue
		}
		if class != space {
			if class != last || class == mark || parts(b, tokens, folded) {
				if len(tokens) > 0 {
					b = append(b, ' ')
				}
				tokens = append(tokens, token{start: uint16(len(b)), class: class, glued: last != space})
			}
			b = utf8.AppendRune(b, folded)
			tokens[len(tokens)-1].end = uint16(len(b))
		}
		last = class
	}
	if len(tokens) == 0 {
		return sentence{}, Empty
	}
	return sentence{string(b), tokens}, ""
}

// parts tells whether a letter begins a new word though it follows a letter:
// the "p" of "18kpa" and the "i" of "18kish".
func parts(b []byte, tokens []token, next rune) bool {
	last := tokens[len(tokens)-1]
	return (next == 'p' || next == 'i') && last.glued && string(b[last.start:last.end]) == "k" &&
		len(tokens) > 1 && tokens[len(tokens)-2].class == digit
}

// word is the text of a token, "" before the first and after the last.
func (s *sentence) word(i int) string { return s.phrase(i, 1) }

// phrase is the text of n tokens, "" when there are not so many.
func (s *sentence) phrase(i, n int) string {
	if i < 0 || i+n > len(s.tokens) {
		return ""
	}
	return s.text[s.tokens[i].start:s.tokens[i+n-1].end]
}

// is tells whether the token is of the class.
func (s *sentence) is(i int, c class) bool {
	return i >= 0 && i < len(s.tokens) && s.tokens[i].class == c
}

// glued tells whether the token follows the one before without a space.
func (s *sentence) glued(i int) bool {
	return i > 0 && i < len(s.tokens) && s.tokens[i].glued
}

// digits is the value of a token of digits and how many there are; false for
// another token, or for more than nine digits.
func (s *sentence) digits(i int) (value, length int, ok bool) {
	if !s.is(i, digit) {
		return 0, 0, false
	}
	text := s.word(i)
	if len(text) > 9 {
		return 0, len(text), false
	}
	for _, c := range []byte(text) {
		value = value*10 + int(c-'0')
	}
	return value, len(text), true
}

// longest looks up the phrases of at most n tokens that begin at a token, the
// longest first. It returns what the first one found means and its length, 0
// when none means anything.
func longest[T comparable](s *sentence, at, n int, meaning func(phrase string) T) (T, int) {
	var unknown T
	for n = min(n, len(s.tokens)-at); n > 0; n-- {
		if m := meaning(s.phrase(at, n)); m != unknown {
			return m, n
		}
	}
	return unknown, 0
}

// trim cuts off outer white space, zero-width characters included.
func trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
	})
}
