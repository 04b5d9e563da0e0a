package gateway

import "slices"

// smallest is the least number that is published: a smaller one could be
// somebody.
const smallest = 5

// sum says that a cell is the sum of others, by their places in a release.
type sum struct {
	total int
	parts []int
}

// release is a set of numbers to publish, and how they add up. A number is part
// of one sum at most, so that what follows of the sums together is what follows
// of each in turn.
type release struct {
	values []int
	sums   []sum
}

// add puts a number in, and returns its place.
func (r *release) add(value int) int {
	r.values = append(r.values, value)
	return len(r.values) - 1
}

// suppressed tells which numbers are kept back: those under 5, and others with
// them until of no number that is kept back the rest tells more than a range of
// 5 that it lies in.
func (r *release) suppressed() []bool {
	hidden := make([]bool, len(r.values))
	for i, value := range r.values {
		hidden[i] = value < smallest
	}
	for {
		low, high := r.bounds(hidden)
		told := -1
		for i := range hidden {
			if hidden[i] && high[i]-low[i] < smallest {
				told = i
				break
			}
		}
		if told < 0 {
			return hidden
		}
		next := r.beside(told, hidden)
		if next < 0 {
			return hidden
		}
		hidden[next] = true
	}
}

// beside is the nearest published number that adds up with one that is kept
// back, directly or through others that are: the smallest part of a sum, and a
// total only where there is no part; -1 for none.
func (r *release) beside(cell int, hidden []bool) int {
	near, reached, total := []int{cell}, map[int]bool{cell: true}, -1
	for len(near) > 0 {
		part := -1
		var farther []int
		for _, s := range r.sums {
			if !slices.ContainsFunc(near, func(n int) bool { return n == s.total || slices.Contains(s.parts, n) }) {
				continue
			}
			for _, i := range append(s.parts[:len(s.parts):len(s.parts)], s.total) {
				switch {
				case hidden[i] && !reached[i]:
					reached[i] = true
					farther = append(farther, i)
				case hidden[i]:
				case i == s.total && total < 0:
					total = i
				case i != s.total && (part < 0 || r.values[i] < r.values[part]):
					part = i
				}
			}
		}
		if part >= 0 {
			return part
		}
		near = farther
	}
	return total
}

// unbounded is more than anything that is counted.
const unbounded = 1 << 40

// bounds are between what each number must lie, as whoever sees the others can
// reckon.
func (r *release) bounds(hidden []bool) (low, high []int) {
	low, high = slices.Clone(r.values), slices.Clone(r.values)
	for i := range hidden {
		if hidden[i] {
			low[i], high[i] = 0, unbounded
		}
	}
	for changed := true; changed; {
		changed = false
		narrow := func(i, from, to int) {
			if from > low[i] {
				low[i], changed = from, true
			}
			if to < high[i] {
				high[i], changed = to, true
			}
		}
		for _, s := range r.sums {
			from, to := 0, 0
			for _, part := range s.parts {
				from, to = from+low[part], min(to+high[part], unbounded)
			}
			narrow(s.total, from, to)
			for _, part := range s.parts {
				others := 0 // at most, of the other parts
				for _, other := range s.parts {
					if other != part {
						others = min(others+high[other], unbounded)
					}
				}
				narrow(part, low[s.total]-others, high[s.total]-(from-low[part]))
				from = 0
				for _, other := range s.parts {
					from += low[other]
				}
			}
		}
	}
	return low, high
}
