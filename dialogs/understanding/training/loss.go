package training

import (
	"math"

	"github.com/nlpodyssey/spago/mat"
	"github.com/nlpodyssey/spago/nn"

	"parley/dialogs/understanding/network"
)

// loss is an operator of spaGO: softmax and cross-entropy of every head of a
// batch in one, since spaGO's own adds gradients in the order of its goroutines
// and so would never give the same weights twice.
type loss struct {
	heads   []network.Head
	weights []float32 // of each head
	scores  mat.Tensor
	offset  *nn.Param // [1 × labels]
	batch   []bagged
	grads   []float32
}

// Forward is the mean loss of the batch, and finds its gradients on the way.
func (l *loss) Forward() (mat.Tensor, error) {
	scores, offset := mat.Data[float32](l.scores.Value()), mat.Data[float32](l.offset.Value())
	answers := len(offset)
	l.grads = make([]float32, len(scores))
	total := 0.0
	for i, example := range l.batch {
		from := 0
		for h, head := range l.heads {
			to := from + len(head.Labels)
			if wanted := example.answers[h]; len(wanted) > 0 {
				at := i * answers
				total += l.head(scores[at+from:at+to], offset[from:to], l.grads[at+from:at+to], wanted, l.weights[h]/float32(len(l.batch)))
			}
			from = to
		}
	}
	return mat.Scalar(float32(total)), nil
}

// head is the loss of one head of one example.
func (l *loss) head(scores, offset, grads []float32, wanted map[int]float32, weight float32) float64 {
	most, sum := math.Inf(-1), 0.0
	for i, s := range scores {
		most = max(most, float64(s+offset[i]))
	}
	for i, s := range scores {
		sum += math.Exp(float64(s+offset[i]) - most)
	}
	lost := 0.0
	for i, s := range scores {
		p := math.Exp(float64(s+offset[i])-most) / sum
		w := wanted[i]
		if w > 0 {
			lost -= float64(w) * math.Log(max(p, 1e-12))
		}
		grads[i] = weight * (float32(p) - w)
	}
	return lost * float64(weight)
}

// Backward hands the gradients on.
func (l *loss) Backward(mat.Tensor) error {
	answers := l.offset.Size()
	offset := make([]float32, answers)
	for i, g := range l.grads {
		offset[i%answers] += g
	}
	l.offset.AccGrad(mat.NewDense[float32](mat.WithShape(1, answers), mat.WithBacking(offset)))
	l.scores.AccGrad(mat.NewDense[float32](mat.WithShape(len(l.batch), answers), mat.WithBacking(l.grads)))
	return nil
}

// Operands are what the loss comes from.
func (l *loss) Operands() []mat.Tensor { return []mat.Tensor{l.scores} }
