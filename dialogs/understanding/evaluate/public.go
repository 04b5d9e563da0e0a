package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"parley/dialogs/understanding/network"
	"parley/dialogs/understanding/training"
)

// public is a data set that others published, to tell whether the pipeline is
// sound. Nothing of it is in the product.
type public struct {
	name        string
	labels      []string
	train, test []labelled
	outside     []string // texts about none of the labels
}

type labelled struct {
	text  string
	label int
}

// banking77 is Casanueva et al. 2020.
func banking77(folder string) (public, error) {
	p := public{name: "BANKING77"}
	index := map[string]int{}
	for i, into := range []*[]labelled{&p.train, &p.test} {
		file := []string{"banking77-train.csv", "banking77-test.csv"}[i]
		f, err := os.Open(filepath.Join(folder, file))
		if err != nil {
			return p, err
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			return p, fmt.Errorf("reading %s: %w", file, err)
		}
		for _, row := range rows[1:] {
			*into = append(*into, labelled{row[0], p.label(row[1], index)})
		}
	}
	return p, nil
}

// clinc150 is Larson et al. 2019. Its outside texts and its validation split are
// not trained on.
func clinc150(folder string) (public, error) {
	p := public{name: "CLINC150"}
	content, err := os.ReadFile(filepath.Join(folder, "clinc150.json"))
	if err != nil {
		return p, err
	}
	var sets map[string][][2]string
	if err := json.Unmarshal(content, &sets); err != nil {
		return p, fmt.Errorf("reading clinc150.json: %w", err)
	}
	index := map[string]int{}
	for i, into := range []*[]labelled{&p.train, &p.test} {
		set := []string{"train", "test"}[i]
		for _, row := range sets[set] {
			*into = append(*into, labelled{row[0], p.label(row[1], index)})
		}
	}
	for _, row := range sets["oos_test"] {
		p.outside = append(p.outside, row[0])
	}
	return p, nil
}

func (p *public) label(name string, index map[string]int) int {
	if i, ok := index[name]; ok {
		return i
	}
	index[name] = len(p.labels)
	p.labels = append(p.labels, name)
	return index[name]
}

// publicScores trains and scores on every data set of a folder.
func publicScores(folder string) (string, error) {
	b := "| | right | outside texts found, keeping 95 % of the others |\n|---|---|---|\n"
	vectors, err := training.WordVectors()
	if err != nil {
		return "", err
	}
	for _, load := range []func(string) (public, error){banking77, clinc150} {
		p, err := load(folder)
		if err != nil {
			return "", err
		}
		var right, found float64
		const seeds = 3
		for seed := range uint64(seeds) {
			r, f, err := p.score(publicRecipe(vectors, seed+1))
			if err != nil {
				return "", err
			}
			right, found = right+r/seeds, found+f/seeds
		}
		outside := "–"
		if len(p.outside) > 0 {
			outside = fmt.Sprintf("%.1f %%", 100*found)
		}
		b += fmt.Sprintf("| %s | %.2f %% | %s |\n", p.name, 100*right, outside)
	}
	return b, nil
}

func publicRecipe(vectors training.Vectors, seed uint64) training.Config {
	return training.Config{
		Width: 256, Dropout: 0.5, Thin: 0.3, Rate: 0.003, Batch: 64, Epochs: 15,
		AtLeast: 2, Unknown: 5, Copies: 0, Seed: seed, Vectors: vectors,
	}
}

// score trains on a data set and tells which share of the test split is right,
// and which share of the outside texts is found when 95 % of the test is kept.
func (p public) score(c training.Config) (right, found float64, err error) {
	c.Heads = []network.Head{{Name: "intent", Labels: p.labels}}
	c.HeadWeights = []float32{1}
	c.Features = 1 << 20
	weights, err := training.Train(c, examples(p.train), func(epoch int, loss float64) {
		fmt.Fprintf(os.Stderr, "%s seed %d epoch %d: loss %.3f\n", p.name, c.Seed, epoch, loss)
	})
	if err != nil {
		return 0, 0, err
	}
	file, err := network.Encode(weights)
	if err != nil {
		return 0, 0, err
	}
	n, err := network.Decode(file)
	if err != nil {
		return 0, 0, err
	}
	var inside []float64
	for _, e := range p.test {
		label, top := best(n, e.text)
		inside = append(inside, top)
		if label == e.label {
			right++
		}
	}
	slices.Sort(inside)
	least := inside[len(inside)/20]
	for _, text := range p.outside {
		if _, top := best(n, text); top < least {
			found++
		}
	}
	return right / float64(len(p.test)), found / float64(max(1, len(p.outside))), nil
}

func examples(list []labelled) []training.Example {
	var out []training.Example
	for _, e := range list {
		out = append(out, training.Example{Text: e.text, Answers: []map[int]float32{training.Only(e.label)}})
	}
	return out
}

// best is the likeliest label of the first head and its logit.
func best(n *network.Network, text string) (int, float64) {
	folded, _ := network.Fold(nil, nil, text)
	scores := n.Scores(network.Features(nil, folded))[:len(n.Heads[0].Labels)]
	at := 0
	for i, s := range scores {
		if s > scores[at] {
			at = i
		}
	}
	return at, float64(scores[at])
}
