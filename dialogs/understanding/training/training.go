package training

import (
	"maps"
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
	Width       int       // of the hidden layer, a multiple of 32
	Dropout     float64
	Thin        float64 // share of features left out of every text, anew each time
	Rate        float64 // of Adam
	Batch       int
	Epochs      int
	AtLeast     int // texts that must have a feature
	Features    int // at most, those that tell most
	Unknown     float32
	Vectors     Vectors // of words; nil for none
	Copies      int     // with typing slips, of each text
	Seed        uint64
}

// trainer is a network on its way.
type trainer struct {
	Config
	w          *network.Weights
	rowOf      map[uint32]int
	table      *table
	vectors    [][]float32 // a row each, nil for none; those beyond the table's have nothing else
	projection *nn.Param   // [VectorSize × width]
	bias       *nn.Param
	output     *nn.Param // [width × labels]
	offset     *nn.Param
	adam       *adam.Adam
	steps      int
	rate       float64 // now: it falls from Rate towards nothing
	chance     *rand.Rand
	masks      *spagorand.LockedRand
}

// Train makes a network from examples. After every epoch it calls progress with
// the loss.
func Train(c Config, examples []Example, progress func(epoch int, loss float64)) (*network.Weights, error) {
	t := newTrainer(c, examples)
	texts := t.bagged(examples, c.Copies)
	for epoch := 1; epoch <= c.Epochs; epoch++ {
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
		progress(epoch, lost)
	}
	if err := t.settle(texts); err != nil {
		return nil, err
	}
	return t.weights(), nil
}

func newTrainer(c Config, examples []Example) *trainer {
	t := &trainer{Config: c, rowOf: map[uint32]int{}, chance: rand.New(rand.NewPCG(c.Seed, 1)), masks: spagorand.NewLockedRand(c.Seed)}
	var texts [][]uint32
	for _, e := range examples {
		texts = append(texts, features(e.Text))
	}
	t.w = &network.Weights{Heads: c.Heads, Width: c.Width, Unknown: c.Unknown}
	t.w.Features, t.w.Inverse = vocabulary(texts, examples, len(c.Heads[0].Labels), c.AtLeast, c.Features)
	t.table = newTable(t.random(len(t.w.Features)*c.Width, 0.1), c.Width)
	t.know(c.Vectors)
	answers := t.w.Labels()
	t.projection = nn.NewParam(mat.NewDense[float32](mat.WithShape(VectorSize, c.Width), mat.WithBacking(t.random(VectorSize*c.Width, 0.1))))
	t.bias = nn.NewParam(mat.NewDense[float32](mat.WithShape(1, c.Width)))
	t.output = nn.NewParam(mat.NewDense[float32](mat.WithShape(c.Width, answers), mat.WithBacking(t.random(c.Width*answers, math.Sqrt(6/float64(c.Width+answers))))))
	t.offset = nn.NewParam(mat.NewDense[float32](mat.WithShape(1, answers)))
	t.adam = adam.New(adam.NewConfig(c.Rate, firstDecay, secondDecay, smallest))
	return t
}

// know adds the words of vectors to the features, with no row to train for those
// that texts do not teach.
func (t *trainer) know(vectors Vectors) {
	met := len(t.w.Features)
	for row, f := range t.w.Features {
		t.rowOf[f] = row
	}
	for _, f := range slices.Sorted(maps.Keys(vectors)) {
		if _, ok := t.rowOf[f]; !ok {
			t.rowOf[f] = len(t.w.Features)
			t.w.Features = append(t.w.Features, f)
		}
	}
	t.w.Inverse = append(t.w.Inverse, slices.Repeat([]float32{t.Unknown}, len(t.w.Features)-met)...)
	t.vectors = make([][]float32, len(t.w.Features))
	for row, f := range t.w.Features {
		t.vectors[row] = vectors[f]
	}
}

// random is n numbers from -most to most.
func (t *trainer) random(n int, most float64) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = float32(most * (2*t.chance.Float64() - 1))
	}
	return out
}

// bagged are the examples, each with so many copies that have typing slips.
func (t *trainer) bagged(examples []Example, copies int) []bagged {
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

// bags is the hidden layer of a batch.
func (t *trainer) bags(batch []bagged) *bags {
	return &bags{table: t.table, bias: t.bias, vectors: t.vectors, projection: t.projection, batch: batch}
}

// learn takes one step for a batch and returns its loss.
func (t *trainer) learn(batch []bagged) (float64, error) {
	hidden := ag.NewOperator(t.bags(batch)).Run()
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
	for _, p := range []*nn.Param{t.projection, t.bias, t.output, t.offset} {
		if err := t.adam.OptimizeParams(p); err != nil {
			return 0, err
		}
	}
	t.adam.IncExample()
	return float64(mat.Data[float32](lost.Value())[0]), nil
}

// weights is a copy of what was learnt so far, with the vectors of words
// projected onto their rows.
func (t *trainer) weights() *network.Weights {
	w := *t.w
	w.Rows = make([]float32, len(w.Features)*w.Width)
	copy(w.Rows, t.table.rows)
	projection := mat.Data[float32](t.projection.Value())
	for row, v := range t.vectors {
		for k, x := range v {
			addScaled(w.Rows[row*w.Width:(row+1)*w.Width], projection[k*w.Width:(k+1)*w.Width], x)
		}
	}
	w.Bias = slices.Clone(mat.Data[float32](t.bias.Value()))
	w.Offset = slices.Clone(mat.Data[float32](t.offset.Value()))
	w.Output = slices.Clone(mat.Data[float32](t.output.Value().(mat.Matrix).T()))
	return &w
}
