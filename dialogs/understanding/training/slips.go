package training

import "math/rand/v2"

// slips is a text as typed in haste on a telephone: about one letter in twenty
// is left out, doubled, swapped with the next or its neighbour on the keyboard.
func slips(text string, chance *rand.Rand) string {
	const often = 0.05
	letters := []rune(text)
	var out []rune
	for i := 0; i < len(letters); i++ {
		r := letters[i]
		if chance.Float64() >= often {
			out = append(out, r)
			continue
		}
		switch chance.IntN(4) {
		case 0: // left out
		case 1:
			out = append(out, r, r)
		case 2:
			if i+1 < len(letters) {
				out = append(out, letters[i+1])
				i++
			}
			out = append(out, r)
		default:
			out = append(out, beside(r, chance))
		}
	}
	return string(out)
}

// beside is a key next to that of a small letter.
func beside(r rune, chance *rand.Rand) rune {
	for _, row := range []string{"qwertyuiop", "asdfghjkl", "zxcvbnm"} {
		for i := range row {
			if rune(row[i]) != r {
				continue
			}
			at := i + 1 - 2*chance.IntN(2)
			return rune(row[min(max(at, 0), len(row)-1)])
		}
	}
	return r
}
