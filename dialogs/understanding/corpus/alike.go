package corpus

import (
	"fmt"
	"slices"
	"strings"

	"parley/dialogs/understanding/network"
)

// TooAlike is the share of three-letter runs from which two texts are counted
// as one; texts of one or two words are left out. Such a pair in two splits would measure memory, not understanding.
const TooAlike = 0.8

// Alike lists the texts of one list that are too like one of another, with
// their places; for one list with itself, each pair once.
func Alike(list, others []Text) []string {
	same := len(list) > 0 && len(others) > 0 && &list[0] == &others[0]
	having := map[uint32][]int{} // the others by their runs
	sizes := make([]int, len(others))
	for i, t := range others {
		runs := runsOf(t.Text)
		sizes[i] = len(runs)
		for _, run := range runs {
			having[run] = append(having[run], i)
		}
	}
	var found []string
	shared := make([]int, len(others))
	for i, t := range list {
		if strings.Count(t.Text, " ") < 2 { // what anybody would write
			continue
		}
		runs := runsOf(t.Text)
		clear(shared)
		for _, run := range runs {
			for _, j := range having[run] {
				if !same || j < i {
					shared[j]++
				}
			}
		}
		for j, n := range shared {
			if float64(n) >= TooAlike*float64(len(runs)+sizes[j]-n) {
				found = append(found, fmt.Sprintf("%s %q is too like %s %q", t.Place, t.Text, others[j].Place, others[j].Text))
			}
		}
	}
	return found
}

// runsOf are the runs of three characters of a text, each once.
func runsOf(text string) []uint32 {
	folded, _ := network.Fold(nil, nil, text)
	var runs []uint32
	for i := 0; i+3 <= len(folded); i++ {
		runs = append(runs, uint32(folded[i])<<16|uint32(folded[i+1])<<8|uint32(folded[i+2]))
	}
	slices.Sort(runs)
	return slices.Compact(runs)
}
