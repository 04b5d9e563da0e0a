package understanding

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"

	"parley/dialogs/understanding/network"
)

//go:embed model.bin
var shipped []byte

// Reader reads messages. It never changes, so that any number may read at once.
type Reader struct {
	network   *network.Network
	intents   []string
	kinds     []Danger
	languages []string
	settings  settings
}

// New is a reader with the network that is built in.
func New() (*Reader, error) { return NewFrom(shipped) }

// NewFrom is a reader with another network.
func NewFrom(file []byte) (*Reader, error) {
	n, err := network.Decode(file)
	if err != nil {
		return nil, fmt.Errorf("reading the network: %w", err)
	}
	r := &Reader{network: n}
	for _, h := range n.Heads {
		switch h.Name {
		case IntentHead:
			r.intents = h.Labels
		case DangerHead:
			for _, label := range h.Labels {
				r.kinds = append(r.kinds, Danger(label))
			}
		case LanguageHead:
			r.languages = h.Labels
		}
	}
	if len(n.Heads) != 3 || !slices.Contains(r.intents, InDanger) || r.kinds == nil || r.languages == nil {
		return nil, network.ErrNoNetwork
	}
	r.settings, err = settingsOf(n.Settings)
	return r, err
}

// Suspicion is how likely the network thinks that a text speaks of danger,
// whatever the reviewed phrases say.
func (r *Reader) Suspicion(text string) float64 {
	return r.whole(text).danger.p
}

// Unease is how likely it is that a text speaks of danger where what the text is
// about has a say as well.
func (r *Reader) Unease(text string) float64 {
	return r.unease(r.whole(text))
}

// Likeliest is the likeliest intent of a text, however unlikely, and its logit.
func (r *Reader) Likeliest(text string) (string, float64) {
	s := r.whole(text).intents
	best := 0
	for i := range s {
		if s[i] > s[best] {
			best = i
		}
	}
	return r.intents[best], float64(s[best])
}

// Likelihood is how likely an intent is for a text, at a temperature.
func (r *Reader) Likelihood(text, intent string, temperature float64) float64 {
	return likelihoods(r.whole(text).intents, temperature)[slices.Index(r.intents, intent)]
}

// longest is how much of a text the network reads, in bytes of its folded form:
// about three pages. The danger lexicon reads all.
const longest = 6000

// Read reads one message, of any text and length.
func (r *Reader) Read(text string) Reading {
	folded, breaks := fold(text)
	all := r.scores(parts(folded, breaks)...)
	whole := r.likelihoods(all[0])
	reading := r.decide(all[0], whole)
	for _, clause := range all[1:] {
		r.beside(&reading, clause, whole)
	}
	words := wordsOf(folded)
	r.alarm(&reading, words, all[0])
	r.cues(&reading, words)
	return reading
}

func fold(text string) (network.Folded, []int) {
	return network.Fold(make([]byte, 0, len(text)+2), make([]int, 0, 8), text)
}

// whole are the scores of a text as a whole.
func (r *Reader) whole(text string) scores {
	folded, _ := fold(text)
	return r.scores(folded)[0]
}

// parts are a message as a whole, and its clauses where there are several.
func parts(folded network.Folded, breaks []int) [][]byte {
	all := clauses(append(make([][]byte, 0, 1+mostClauses), folded), folded, breaks)
	if len(all) == 2 { // the one clause is the whole
		return all[:1]
	}
	return all
}

// wordsOf are the words of a folded text, after "^" and before "$".
func wordsOf(folded network.Folded) []string {
	var b strings.Builder
	b.Grow(len(folded) + 3)
	b.WriteString("^")
	b.Write(folded)
	b.WriteString("$")
	return strings.Fields(b.String())
}

// scores are what the network says of a text or a part of one.
type scores struct {
	intents []float32 // logits
	danger  suspicion
	welsh   float32 // logit of Welsh over English
}

// suspicion is the likeliest kind of danger and how likely any is.
type suspicion struct {
	kind Danger
	p    float64
}

// scores are those of each of some folded texts.
func (r *Reader) scores(texts ...[]byte) []scores {
	var room [1024]uint32
	list, features := room[:0], make([][]uint32, len(texts))
	for i, text := range texts {
		from := len(list)
		list = network.Features(list, text[:min(longest, len(text))])
		features[i] = list[from:]
	}
	all := r.network.Scores(features...)
	out := make([]scores, len(texts))
	for i := range out {
		out[i] = r.told(all[i*r.network.Labels() : (i+1)*r.network.Labels()])
	}
	return out
}

// told is what the logits of a text tell.
func (r *Reader) told(logits []float32) scores {
	s := scores{intents: logits[:len(r.intents)]}
	logits = logits[len(r.intents):]
	dangers := logits[:len(r.kinds)]
	at, sum := 1, 0.0
	for i, logit := range dangers[1:] {
		sum += math.Exp(float64(logit - dangers[0]))
		if logit > dangers[at] {
			at = i + 1
		}
	}
	s.danger = suspicion{r.kinds[at], sum / (1 + sum)}
	s.welsh = logits[len(dangers)+1] - logits[len(dangers)]
	return s
}
