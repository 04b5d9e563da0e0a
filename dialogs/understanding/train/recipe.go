package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"strings"

	"parley/dialogs/understanding"
	"parley/dialogs/understanding/corpus"
	"parley/dialogs/understanding/network"
	"parley/dialogs/understanding/training"
)

// The heads, in their order: what a message is about, which danger it speaks
// of, and its language.
func heads() []network.Head {
	var dangers []string
	for _, d := range understanding.Dangers() {
		dangers = append(dangers, string(d))
	}
	return []network.Head{
		{Name: understanding.IntentHead, Labels: understanding.Intents()},
		{Name: understanding.DangerHead, Labels: dangers},
		{Name: understanding.LanguageHead, Labels: []string{"en", "cy"}},
	}
}

// recipe was found by trying, on texts held out of training and never on the
// test split.
func recipe() (training.Config, error) {
	vectors, err := training.WordVectors()
	return training.Config{
		Heads: heads(), HeadWeights: []float32{1, 1, 0.3},
		Width: 192, Dropout: 0.5, Thin: 0.3, Rate: 0.003, Batch: 64, Epochs: 8,
		AtLeast: 2, Features: 36800, Unknown: 5, Copies: 1, Seed: 1, Vectors: vectors,
	}, err
}

// pairs is how many messages about two matters are made of texts about one.
const pairs = 2000

// trained is the file of the network that a corpus gives, with its settings.
func trained(from fs.FS, settings map[string]float64) ([]byte, error) {
	texts, err := learnt(from)
	if err != nil {
		return nil, err
	}
	w, err := fitted(texts)
	if err != nil {
		return nil, err
	}
	w.Settings = settings
	return network.Encode(w)
}

// learnt are the texts to learn from: all but the test split.
func learnt(from fs.FS) ([]corpus.Text, error) {
	texts, err := sound(from, corpus.Train)
	if err != nil {
		return nil, err
	}
	more, err := sound(from, corpus.Development)
	return append(texts, more...), err
}

// fitted is the network that texts give.
func fitted(texts []corpus.Text) (*network.Weights, error) {
	c, err := recipe()
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "%d texts to learn from\n", len(texts))
	texts = append(texts, joined(texts, pairs, rand.New(rand.NewPCG(c.Seed, 2)))...)
	return training.Train(c, examples(texts), func(epoch int, loss float64) {
		fmt.Fprintf(os.Stderr, "epoch %d of %d: loss %.3f\n", epoch, c.Epochs, loss)
	})
}

// sound loads a split in which nothing is wrong.
func sound(from fs.FS, split corpus.Split) ([]corpus.Text, error) {
	texts, problems, err := corpus.Load(from, split)
	if err == nil && len(problems) > 0 {
		err = fmt.Errorf("the corpus is not sound:\n%s", strings.Join(problems, "\n"))
	}
	return texts, err
}

// example is a text of the corpus as training takes it. Of two matters, each is
// half of the answer.
func example(t corpus.Text, index map[string]int) training.Example {
	intents := map[int]float32{}
	for _, name := range t.Intents {
		intents[index["intent "+name]] = 1 / float32(len(t.Intents))
	}
	return training.Example{Text: t.Text, Answers: []map[int]float32{
		intents, training.Only(index["danger "+string(t.Danger)]), training.Only(index["language "+t.Language]),
	}}
}

// places are where the labels of each head stand in it.
func places() map[string]int {
	index := map[string]int{}
	for _, h := range heads() {
		for i, label := range h.Labels {
			index[h.Name+" "+label] = i
		}
	}
	return index
}

func examples(texts []corpus.Text) []training.Example {
	index := places()
	copies := balance(texts)
	var out []training.Example
	for _, t := range texts {
		e := example(t, index)
		e.Copies = copies[matter(t)]
		out = append(out, e)
	}
	return out
}

// matter is what is balanced: an intent in a language.
func matter(t corpus.Text) string { return t.Intents[0] + "." + t.Language }

// balance is how many more copies the texts about a matter are to have, so that
// those of which there are few are not forgotten over the others.
func balance(texts []corpus.Text) map[string]int {
	counts, all, languages := map[string]int{}, map[string]int{}, map[string]int{}
	for _, t := range texts {
		if counts[matter(t)]++; counts[matter(t)] == 1 {
			languages[t.Language]++
		}
		all[t.Language]++
	}
	copies := map[string]int{}
	for _, t := range texts {
		mean := all[t.Language] / languages[t.Language]
		copies[matter(t)] = min(2, mean*4/5/counts[matter(t)])
	}
	return copies
}

// joined are messages about two matters, made of two texts of one language:
// whatever stands beside it, danger is danger.
func joined(texts []corpus.Text, n int, chance *rand.Rand) []corpus.Text {
	var out []corpus.Text
	for len(out) < n {
		a, b := texts[chance.IntN(len(texts))], texts[chance.IntN(len(texts))]
		if a.Language != b.Language || len(a.Intents) > 1 || len(b.Intents) > 1 || a.Intents[0] == b.Intents[0] || a.Danger != "" && b.Danger != "" {
			continue
		}
		t := corpus.Text{Text: a.Text + ". " + b.Text, Language: a.Language, Danger: max(a.Danger, b.Danger)}
		for _, i := range []string{a.Intents[0], b.Intents[0]} {
			if i != understanding.None && i != understanding.SmallTalk {
				t.Intents = append(t.Intents, i)
			}
		}
		if len(t.Intents) > 0 {
			out = append(out, t)
		}
	}
	return out
}
