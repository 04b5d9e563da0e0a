package training_test

import (
	"bytes"
	"slices"
	"testing"

	"parley/dialogs/understanding/network"
	"parley/dialogs/understanding/training"
)

// taught are colours (0) and days (1), but for some.
var taught = [][]string{
	{"red", "green", "yellow", "purple", "white", "brown", "pink", "orange"},
	{"monday", "tuesday", "wednesday", "thursday", "saturday", "sunday", "morning", "evening"},
}

// examples are texts about them.
func examples() []training.Example {
	var examples []training.Example
	for label, words := range taught {
		for _, one := range words {
			for _, other := range words {
				examples = append(examples, training.Example{Text: one + " and " + other, Answers: []map[int]float32{training.Only(label)}})
			}
		}
	}
	return examples
}

func trained(t *testing.T) []byte {
	t.Helper()
	all, err := training.WordVectors()
	if err != nil {
		t.Fatal(err)
	}
	vectors := training.Vectors{}
	for _, word := range append(slices.Concat(taught...), "blue", "grey", "crimson", "friday", "afternoon") {
		vectors[network.Word(word)] = all[network.Word(word)]
	}
	weights, err := training.Train(training.Config{
		Heads: []network.Head{{Name: "about", Labels: []string{"colours", "days"}}}, HeadWeights: []float32{1},
		Width: 32, Rate: 0.01, Batch: 8, Epochs: 10, AtLeast: 2, Features: 1000, Unknown: 5, Vectors: vectors, Seed: 1,
	}, examples(), func(int, float64) {})
	if err != nil {
		t.Fatal(err)
	}
	file, err := network.Encode(weights)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// A word that no text has taught reads like those that are used as it is.
func TestWordsThatNoTextHas(t *testing.T) {
	n, err := network.Decode(trained(t))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"blue": 0, "grey": 0, "friday": 1, "crimson": 0, "afternoon": 1} {
		folded, _ := network.Fold(nil, nil, text)
		scores := n.Scores(network.Features(nil, folded))
		if scores[want] <= scores[1-want] {
			t.Errorf("%s: %v, want label %d", text, scores, want)
		}
	}
}

func TestTheSameTextsGiveTheSameNetwork(t *testing.T) {
	if !bytes.Equal(trained(t), trained(t)) {
		t.Error("two trainings differ")
	}
}
