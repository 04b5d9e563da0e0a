package training

import "slices"

// settle takes the rows as a network keeps them, and lets the layer above learn
// once more, over what rounding has lost.
func (t *trainer) settle(texts []bagged) error {
	t.table = newTable(t.weights().Kept(), t.Width)
	t.table.isFixed = true
	t.vectors = make([][]float32, t.table.count())
	done := 0
	for batch := range slices.Chunk(texts, t.Batch) {
		t.rate = t.Rate / 5 * max(0.02, 1-float64(done)/float64(len(texts)))
		if _, err := t.learn(t.thinned(batch)); err != nil {
			return err
		}
		done += len(batch)
	}
	return nil
}
