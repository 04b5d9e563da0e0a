package understanding

import (
	"bytes"

	"parley/dialogs/understanding/network"
)

const (
	clauseWords = 3 // that a clause needs to be about something
	mostClauses = 8 // the last takes the rest
)

// joints are words that may begin another clause.
var joints = [][]byte{[]byte(" and "), []byte(" but "), []byte(" also "), []byte(" plus "), []byte(" so "), []byte(" ond "), []byte(" hefyd "), []byte(" ac ")}

// clauses cuts a folded text at its breaks and before joining words, so that each
// part has words enough, and appends the parts to list. Each begins and ends with
// a space.
func clauses(list [][]byte, folded network.Folded, breaks []int) [][]byte {
	before := len(list)
	from, words := 0, 0
	for at := 1; at < len(folded); at++ {
		if folded[at] != ' ' {
			continue
		}
		words++
		for len(breaks) > 0 && breaks[0] < at {
			breaks = breaks[1:]
		}
		if words < clauseWords || len(list)-before == mostClauses-1 || !(len(breaks) > 0 && breaks[0] == at || joined(folded[at:])) ||
			bytes.Count(folded[at:], []byte(" ")) <= clauseWords {
			continue
		}
		list = append(list, folded[from:at+1])
		from, words = at, 0
	}
	return append(list, folded[from:])
}

func joined(rest []byte) bool {
	for _, joint := range joints {
		if bytes.HasPrefix(rest, joint) {
			return true
		}
	}
	return false
}
