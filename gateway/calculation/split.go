package calculation

import "math/bits"

// Split divides an amount in proportion to weights, to the penny: each part is
// its share rounded down, and the pennies left go one each to the largest
// remainders, the first of equals first. The parts add up to the amount.
// Without weights the first part is all of it. Amount and weights are nought
// or more, and so is their sum.
func Split(amount Money, weights []Money) []Money {
	parts := make([]Money, len(weights))
	if len(parts) == 0 {
		return parts
	}
	var all Money
	for _, weight := range weights {
		all += weight
	}
	if all == 0 {
		parts[0] = amount
		return parts
	}
	left := amount
	remainders := make([]uint64, len(weights))
	for i, weight := range weights {
		high, low := bits.Mul64(uint64(amount), uint64(weight))
		part, remainder := bits.Div64(high, low, uint64(all)) // fits: weight ≤ all
		parts[i], remainders[i] = Money(part), remainder
		left -= parts[i]
	}
	for ; left > 0; left-- {
		largest := 0
		for i := range remainders {
			if remainders[i] > remainders[largest] {
				largest = i
			}
		}
		parts[largest]++
		remainders[largest] = 0
	}
	return parts
}
