package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// groups are words in three groups, each near a place of its own.
func groups() table {
	chance := rand.New(rand.NewPCG(1, 1))
	var all table
	for i, name := range []string{"red", "green", "blue", "oak", "elm", "ash", "cod", "eel", "ray"} {
		vector := make([]float64, published)
		for k := range vector {
			vector[k] = 0.1 * chance.NormFloat64()
		}
		vector[10*(i/3)] += 3
		all.add(name, vector)
	}
	return all
}

func TestTurnKeepsWhatIsAlikeTogether(t *testing.T) {
	all := groups()
	all.centre()
	all.turn(3)
	for i, v := range all.vectors {
		if length := dot(v, v); math.Abs(length-1) > 1e-9 {
			t.Errorf("%s has length %g", all.words[i], length)
		}
	}
}

func TestNearKeepsOursAndWhatIsUsedLikeThem(t *testing.T) {
	all := groups()
	if got := all.near(map[string]bool{"elm": true}); !slices.Contains(got, all.at["elm"]) {
		t.Errorf("%v without what is ours", got)
	}
	like := likeness(all.vectors[all.at["oak"]], [][]float64{all.vectors[all.at["elm"]]})
	if other := likeness(all.vectors[all.at["cod"]], [][]float64{all.vectors[all.at["elm"]]}); like <= other {
		t.Errorf("oak is like elm by %g, cod by %g", like, other)
	}
}

func TestFolded(t *testing.T) {
	for word, want := range map[string]string{"Don't": "dont", "café": "cafe", "co-op": "", "4x4": "", ",": "", "hubby": "hubby"} {
		if got := folded(word); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
