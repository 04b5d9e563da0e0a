package network

// vocabulary finds the row of a feature. It is a table with open addressing, at
// most half full: a handful of nanoseconds a feature, and quick to build.
type vocabulary struct {
	slots []slot
	mask  uint32
}

type slot struct {
	feature uint32
	row     int32 // + 1; 0 is an empty slot
}

func newVocabulary(features []uint32) vocabulary {
	size := uint32(2)
	for size < 2*uint32(len(features)) {
		size *= 2
	}
	v := vocabulary{make([]slot, size), size - 1}
	for row, feature := range features {
		at := feature & v.mask
		for v.slots[at].row != 0 {
			at = (at + 1) & v.mask
		}
		v.slots[at] = slot{feature, int32(row) + 1}
	}
	return v
}

// row is where a feature's weights are; -1 for one that was not met in training.
func (v *vocabulary) row(feature uint32) int {
	for at := feature & v.mask; ; at = (at + 1) & v.mask {
		s := v.slots[at]
		if s.row == 0 {
			return -1
		}
		if s.feature == feature {
			return int(s.row) - 1
		}
	}
}
