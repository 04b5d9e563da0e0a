package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"os"
	"slices"
	"strings"

	"parley/dialogs/understanding"
	"parley/dialogs/understanding/corpus"
	"parley/dialogs/understanding/network"
)

// settingsFile holds the thresholds that -settings has measured.
const settingsFile = "settings.json"

// folds is into how many parts the texts are cut, to measure each by a network
// that has learnt from the others.
const folds = 3

// inARow is how many texts of a file stay together in a fold: a writer goes on
// about one thing for a while, and texts of strangers are not so like ours.
const inARow = 12

// measured are the settings by texts that were held out of training.
func measured(from fs.FS) ([]byte, error) {
	texts, err := learnt(from)
	if err != nil {
		return nil, err
	}
	var all []heldOut
	for fold := range folds {
		more, err := measuredFold(texts, fold)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return json.MarshalIndent(map[string]float64{
		understanding.Temperature: temperature(all), understanding.Least: least(all),
		understanding.DangerFrom: alarmsFor(all, mostAlarms, (*understanding.Reader).Suspicion), understanding.WorryFrom: worriesFrom(all),
	}, "", "\t")
}

// heldOut is a text with a reader that has not learnt from it.
type heldOut struct {
	corpus.Text
	by *understanding.Reader
}

func measuredFold(texts []corpus.Text, fold int) ([]heldOut, error) {
	fmt.Fprintf(os.Stderr, "fold %d of %d\n", fold+1, folds)
	var rest []corpus.Text
	var held []heldOut
	of := map[string]int{} // texts of each file so far
	for _, t := range texts {
		file := t.Kind + "." + t.Language
		if of[file]++; (of[file]-1)/inARow%folds == fold {
			held = append(held, heldOut{Text: t})
		} else {
			rest = append(rest, t)
		}
	}
	w, err := fitted(rest)
	if err != nil {
		return nil, err
	}
	w.Settings = map[string]float64{understanding.Temperature: 1, understanding.Least: -1e9, understanding.DangerFrom: 1, understanding.WorryFrom: 1}
	file, err := network.Encode(w)
	if err != nil {
		return nil, err
	}
	reader, err := understanding.NewFrom(file)
	for i := range held {
		held[i].by = reader
	}
	return held, err
}

// temperature is that at which what the texts are about is likeliest. Those for
// development count for half: they were written apart, as what strangers write
// is, and neighbours held out together are harder than that.
func temperature(texts []heldOut) float64 {
	best, bestAt := math.Inf(1), 1.0
	for at := 0.5; at < 2; at += 0.1 {
		var apart, neighbours mean
		for _, t := range texts {
			of := &neighbours
			if strings.HasPrefix(t.Place, string(corpus.Development)+"/") {
				of = &apart
			}
			if t.Kind != corpus.Two {
				of.add(-math.Log(max(t.by.Likelihood(t.Text.Text, t.Intents[0], at), 1e-9)))
			}
		}
		if lost := apart.of() + neighbours.of(); lost < best {
			best, bestAt = lost, at
		}
	}
	return math.Round(bestAt*100) / 100
}

// mean is that of what was added.
type mean struct {
	sum float64
	n   int
}

func (m *mean) add(x float64) { m.sum, m.n = m.sum+x, m.n+1 }
func (m *mean) of() float64   { return m.sum / float64(max(1, m.n)) }

// least keeps 99 % of what is about something and was read rightly.
func least(texts []heldOut) float64 {
	var logits []float64
	for _, t := range texts {
		if intent, logit := t.by.Likeliest(t.Text.Text); intent == t.Intents[0] && intent != understanding.None {
			logits = append(logits, logit)
		}
	}
	slices.Sort(logits)
	return math.Round(logits[len(logits)/100]*100) / 100
}

// Which share of texts without danger may be taken for danger, and may make
// somebody look. The first stops what the service sends a person: what it misses
// is for the second, and so for people, to find. They look at what it takes to
// see nearly all danger, and at no more than the second share.
const (
	mostAlarms  = 0.007
	mostWorries = 0.1
	leastSeen   = 0.99
)

// worriesFrom is the unease that nearly all texts of danger reach, unless too
// many others do.
func worriesFrom(texts []heldOut) float64 {
	var danger []float64
	for _, t := range texts {
		if t.Danger != understanding.NoDanger {
			danger = append(danger, t.by.Unease(t.Text.Text))
		}
	}
	slices.Sort(danger)
	return max(math.Floor(1000*danger[int(float64(len(danger))*(1-leastSeen))])/1000, alarmsFor(texts, mostWorries, (*understanding.Reader).Unease))
}

// alarmsFor is the likelihood of danger from which so many texts without, figures
// of speech among them, seem to be danger.
func alarmsFor(texts []heldOut, share float64, of func(*understanding.Reader, string) float64) float64 {
	var ordinary []float64
	for _, t := range texts {
		if t.Danger == understanding.NoDanger {
			ordinary = append(ordinary, of(t.by, t.Text.Text))
		}
	}
	slices.Sort(ordinary)
	return math.Ceil(1000*ordinary[int(float64(len(ordinary))*(1-share))]) / 1000
}
