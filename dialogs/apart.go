package dialogs

import (
	"slices"
	"strings"
)

// bounds are words that make of a day after them the end of something, or
// another day.
var bounds = strings.Fields("until till til before after by for not never tan cyn ar erbyn hyd wedi nid")

// longestApart is how many words a clause may have to be cut: each place to cut
// is read twice, and who writes that much without a mark tells a story.
const longestApart = 24

// apart cuts clauses of which one part answers one question and the rest
// another, with no word or mark between: "I lost my job last Friday".
func (t *turn) apart(list []string, asked []int) []string {
	var cut []string
	for _, clause := range list {
		cut = append(cut, t.twoOf(clause, asked)...)
	}
	return cut
}

// twoOf are the two parts of such a clause, or the clause.
func (t *turn) twoOf(clause string, asked []int) []string {
	if strings.Count(clause, " ") >= longestApart {
		return []string{clause}
	}
	for i, mark := range clause {
		if mark != ' ' || bounded(clause[:i]) {
			continue
		}
		before := t.answersAlone(clause[:i], asked)
		if before < 0 {
			continue
		}
		if after := t.answersAlone(clause[i+1:], asked); after >= 0 && after != before {
			return []string{clause[:i], clause[i+1:]}
		}
	}
	return []string{clause}
}

// bounded reports whether words before a cut change what comes after.
func bounded(before string) bool {
	return slices.ContainsFunc(strings.Fields(plain(before)), func(word string) bool { return slices.Contains(bounds, word) })
}

// answersAlone is the one question that a part of a clause answers by itself; -1
// when there is none, or several. A bare amount or number of nights does not: in
// "went down £50" it is the change and not the pay.
func (t *turn) answersAlone(part string, asked []int) int {
	found := -1
	for _, i := range asked {
		s := &t.dialog.steps[i]
		if _, err := t.readClause(s, part); err != nil {
			continue
		}
		if found >= 0 || s.answer.kind == MoneyValue || s.answer.kind == NightsValue {
			return -1
		}
		found = i
	}
	return found
}
