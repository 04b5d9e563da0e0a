package store

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	dropPersonWords = `DELETE FROM person_words WHERE person = $1`

	// mostWords bounds how many words of a message can be found, and
	// mostSought how many are looked for at once.
	mostWords  = 48
	mostSought = 6
)

// wordRows are how many rows one INSERT of words has: few texts, so that they
// stay prepared. What is missing is filled with the last word again.
var wordRows = [...]int{4, 12, 24, mostWords}

// A wordIndex is the words of messages, or of people's names.
type wordIndex struct {
	table, of string
	inserts   [len(wordRows)]string // of as many rows as wordRows has
}

var (
	messageWords = newWordIndex("message_words", "message")
	personWords  = newWordIndex("person_words", "person")
)

func newWordIndex(table, of string) *wordIndex {
	x := &wordIndex{table: table, of: of}
	for i, n := range wordRows {
		x.inserts[i] = insertWords(table, of, n)
	}
	return x
}

// insertWords is the INSERT of n words of one message or person, $1.
func insertWords(table, of string, n int) string {
	values := make([]string, n)
	for i := range values {
		values[i] = "($" + strconv.Itoa(i+2) + ", $1)"
	}
	return "INSERT INTO " + table + " (token, " + of + ") VALUES " + strings.Join(values, ", ") + " ON CONFLICT DO NOTHING"
}

// addWords lets a text be found by its words.
func (s *Store) addWords(j *job, x *wordIndex, id, text string) {
	tokens := s.tokens(text, mostWords)
	if len(tokens) == 0 {
		return
	}
	fits := slices.IndexFunc(wordRows[:], func(n int) bool { return n >= len(tokens) })
	size := wordRows[fits]
	args := append(make([]any, 0, size+1), id)
	for i := range size {
		args = append(args, tokens[min(i, len(tokens)-1)])
	}
	j.add(x.inserts[fits], args...)
}

func (s *Store) addMessageWords(j *job, id gateway.MessageID, text string) {
	s.addWords(j, messageWords, string(id), text)
}

func (s *Store) addPersonWords(j *job, id directory.PersonID, name string) {
	j.add(dropPersonWords, string(id))
	s.addWords(j, personWords, string(id), name)
}

// tokens are the keyed hashes of a text's words, each once: without regard to
// case and accents, and none of a single letter.
func (s *Store) tokens(text string, most int) []int64 {
	var tokens []int64
	for word := range strings.FieldsFuncSeq(folded(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(word) < 2 {
			continue
		}
		token := s.codec.token(word)
		if !slices.Contains(tokens, token) {
			tokens = append(tokens, token)
		}
		if len(tokens) == most {
			break
		}
	}
	return tokens
}

// folded is a text without case, accents and apostrophes.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '\u2019':
			return -1
		default:
			return unicode.ToLower(r)
		}
	}, norm.NFD.String(text))
}

// token is the keyed hash of a word: 8 bytes, in which a million words seldom
// have a double.
func (c *codec) token(word string) int64 {
	sum := c.sum("word", word)
	return int64(binary.BigEndian.Uint64(sum[:]))
}

// mostLooked is through how many texts a search looks that have the rarest of
// its words: the latest.
const mostLooked = 5_000

// countQuery counts what has a token, as far as that matters.
func countQuery(table string) string {
	return fmt.Sprintf("SELECT COUNT(*) FROM (SELECT 1 FROM %s WHERE token = $1 LIMIT %d) has", table, mostLooked)
}

// soughtQuery finds what has all of n tokens, $1 and up, the latest first. The
// rows of the first come in order, and each of them is looked up for the others.
func soughtQuery(table, of string, n int) string {
	var query strings.Builder
	fmt.Fprintf(&query, "SELECT w1.%[1]s FROM (SELECT %[1]s FROM %[2]s WHERE token = $1 ORDER BY %[1]s DESC LIMIT %[3]d) w1", of, table, mostLooked)
	for i := 2; i <= n; i++ {
		fmt.Fprintf(&query, " JOIN %[2]s w%[3]d ON w%[3]d.token = $%[3]d AND w%[3]d.%[1]s = w1.%[1]s", of, table, i)
	}
	fmt.Fprintf(&query, " ORDER BY w1.%s DESC LIMIT $%d", of, n+1)
	return query.String()
}

// sought returns the ids that have all of some words.
func (s *Store) sought(ctx context.Context, x *wordIndex, words []string, limit int) (ids []string, err error) {
	tokens := s.tokens(strings.Join(words, " "), mostSought)
	if len(tokens) == 0 {
		return nil, nil
	}
	if tokens, err = s.rarestFirst(ctx, x.table, tokens); err != nil {
		return nil, err
	}
	args := make([]any, 0, len(tokens)+1)
	for _, t := range tokens {
		args = append(args, t)
	}
	err = s.engine.read(ctx, statement{sql: soughtQuery(x.table, x.of, len(tokens)), args: append(args, limit), each: func(r row) error {
		var id string
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	}})
	return ids, err
}

// rarestFirst orders tokens so that there is least to look through.
func (s *Store) rarestFirst(ctx context.Context, table string, tokens []int64) ([]int64, error) {
	if len(tokens) == 1 {
		return tokens, nil
	}
	counts := make(map[int64]int, len(tokens))
	reads := make([]statement, len(tokens))
	for i, t := range tokens {
		reads[i] = statement{sql: countQuery(table), args: []any{t}, each: func(r row) error {
			var n int
			err := r.Scan(&n)
			counts[t] = n
			return err
		}}
	}
	if err := s.engine.read(ctx, reads...); err != nil {
		return nil, err
	}
	slices.SortStableFunc(tokens, func(a, b int64) int { return cmp.Compare(counts[a], counts[b]) })
	return tokens, nil
}
