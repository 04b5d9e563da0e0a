package training

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/nlpodyssey/spago/ag"
	"github.com/nlpodyssey/spago/mat"
	"github.com/nlpodyssey/spago/mat/gradfn"
	spagorand "github.com/nlpodyssey/spago/mat/rand"
	"github.com/nlpodyssey/spago/nn"
	"github.com/nlpodyssey/spago/optimizers/adam"

	"parley/dialogs/understanding/network"
)

// Config is how a network is trained. Every field is needed.
type Config struct {
	Heads       []network.Head
	HeadWeights []float32 // how much each head counts
	Width       int       // of the hidden layer, a multiple of 4
	Dropout     float64
	Thin        float64 // share of features left out of every text, anew each time
	Rate        float64 // of Adam
	Batch       int
	Epochs      int // at most
	Patience    int // epochs without getting better after which to stop
	AtLeast     int // texts that must have a feature
	Features    int // at most, those that most texts have
	Unknown     float32
	Copies      int // with typing slips, of each text
	Seed        uint64
}

// trainer is a network on its way.
type trainer struct {
	Config
	w      *network.Weights
	rowOf  map[uint32]int
	table  *table
	bias   *nn.Param
	output *nn.Param // [width × labels]
	offset *nn.Param
	adam   *adam.Adam
	steps  int
	rate   float64 // now: it falls from Rate towards nothing
	chance *rand.Rand
	masks  *spagorand.LockedRand
}

// Train makes a network from examples. After every epoch it calls progress with
// the share of dev that the first head gets right; the best epoch is kept, or the
// last where there is no dev.
func Train(c Config, examples, dev []Example, progress func(epoch int, loss, right float64)) (*network.Weights, error) {
	t := newTrainer(c, examples)
	texts, held := t.bags(examples, c.Copies), t.bags(dev, 0)
	best, bestAt := -1.0, 0
	kept := t.weights()
	for epoch := 1; epoch <= c.Epochs && epoch-bestAt <= c.Patience; epoch++ {
		t.chance.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
		lost := 0.0
		for batch := range slices.Chunk(texts, c.Batch) {
			t.rate = c.Rate * max(0.02, 1-float64(t.steps)/float64(c.Epochs*(len(texts)/c.Batch+1)))
			l, err := t.learn(t.thinned(batch))
			if err != nil {
				return nil, err
			}
			lost += l * float64(len(batch)) / float64(len(texts))
		}
		right := t.right(held)
		if progress != nil {
			progress(epoch, lost, right)
		}
		if right > best || len(held) == 0 {
			best, bestAt = right, epoch
			kept = t.weights()
		}
	}
	return kept, nil
}

func newTrainer(c Config, examples []Example) *trainer {
	t := &trainer{Config: c, rowOf: map[uint32]int{}, chance: rand.New(rand.NewPCG(c.Seed, 1)), masks: spagorand.NewLockedRand(c.Seed)}
	var texts [][]uint32
	for _, e := range examples {
		texts = append(texts, features(e.Text))
	}
	t.w = &network.Weights{Heads: c.Heads, Width: c.Width, Unknown: c.Unknown}
	t.w.Features, t.w.Inverse = vocabulary(texts, examples, len(c.Heads[0].Labels), c.AtLeast, c.Features)
	for row, f := range t.w.Features {
		t.rowOf[f] = row
	}
	answers := t.w.Labels()
	t.table = newTable(t.random(len(t.w.Features)*c.Width, 0.1), c.Width)
	t.bias = nn.NewParam(mat.NewDense[float32](mat.WithShape(1, c.Width)))
	t.output = nn.NewParam(mat.NewDense[float32](mat.WithShape(c.Width, answers), mat.WithBacking(t.random(c.Width*answers, math.Sqrt(6/float64(c.Width+answers))))))
	t.offset = nn.NewParam(mat.NewDense[float32](mat.WithShape(1, answers)))
	t.adam = adam.New(adam.NewConfig(c.Rate, firstDecay, secondDecay, smallest))
	return t
}

// random is n numbers from -most to most.
func (t *trainer) random(n int, most float64) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = float32(most * (2*t.chance.Float64() - 1))
	}
	return out
}

// bags are the examples, each with so many copies that have typing slips.
func (t *trainer) bags(examples []Example, copies int) []bagged {
	var out []bagged
	for _, e := range examples {
		out = append(out, t.bag(features(e.Text), e.Answers))
		for range copies + e.Copies {
			out = append(out, t.bag(features(slips(e.Text, t.chance)), e.Answers))
		}
	}
	return out
}

// thinned is a batch of which some features are left out at random, so that no
// single word decides.
func (t *trainer) thinned(batch []bagged) []bagged {
	if t.Thin == 0 {
		return batch
	}
	out := make([]bagged, len(batch))
	for i, b := range batch {
		kept := bagged{answers: b.answers}
		for j, row := range b.rows {
			if t.chance.Float64() >= t.Thin {
				kept.rows, kept.weights = append(kept.rows, row), append(kept.weights, b.weights[j]/float32(1-t.Thin))
			}
		}
		out[i] = kept
	}
	return out
}

// learn takes one step for a batch and returns its loss.
func (t *trainer) learn(batch []bagged) (float64, error) {
	hidden := ag.NewOperator(&bags{t.table, t.bias, batch}).Run()
	active := ag.NewOperator(gradfn.NewReLU[mat.Tensor](hidden)).Run()
	thinned := ag.NewOperator(gradfn.NewDropout[mat.Tensor](active, t.Dropout, t.masks)).Run()
	scores := ag.NewOperator(gradfn.NewMul[mat.Tensor](thinned, t.output)).Run()
	lost := ag.NewOperator(&loss{heads: t.Heads, weights: t.HeadWeights, scores: scores, offset: t.offset, batch: batch}).Run()
	if err := ag.Backward(lost); err != nil {
		return 0, err
	}
	t.steps++
	t.table.step(t.rate, t.steps)
	t.adam.StepSize = t.rate
	// Optimizer.Optimize returns before its workers have finished.
	for _, p := range []*nn.Param{t.bias, t.output, t.offset} {
		if err := t.adam.OptimizeParams(p); err != nil {
			return 0, err
		}
	}
	t.adam.IncExample()
	return float64(mat.Data[float32](lost.Value())[0]), nil
}

// right is the share of texts whose likeliest label of the first head is right.
func (t *trainer) right(texts []bagged) float64 {
	if len(texts) == 0 {
		return 0
	}
	n, answers := 0, t.offset.Size()
	offset := mat.Data[float32](t.offset.Value())
	for batch := range slices.Chunk(texts, t.Batch) {
		hidden := ag.NewOperator(&bags{t.table, t.bias, batch}).Run()
		active := ag.NewOperator(gradfn.NewReLU[mat.Tensor](hidden)).Run()
		scores := mat.Data[float32](ag.NewOperator(gradfn.NewMul[mat.Tensor](active, t.output)).Run().Value())
		for i, example := range batch {
			best := 0
			of := scores[i*answers : (i+1)*answers]
			for j := range t.Heads[0].Labels {
				if of[j]+offset[j] > of[best]+offset[best] {
					best = j
				}
			}
			if example.answers[0][best] > 0 {
				n++
			}
		}
	}
	return float64(n) / float64(len(texts))
}

// weights is a copy of what was learnt so far.
func (t *trainer) weights() *network.Weights {
	w := *t.w
	w.Rows = slices.Clone(t.table.rows)
	w.Bias = slices.Clone(mat.Data[float32](t.bias.Value()))
	w.Offset = slices.Clone(mat.Data[float32](t.offset.Value()))
	w.Output = slices.Clone(mat.Data[float32](t.output.Value().(mat.Matrix).T()))
	return &w
}
