package main

import (
	"math"
	"slices"

	"parley/dialogs/understanding"
	"parley/dialogs/understanding/corpus"
	"parley/dialogs/understanding/network"
)

// tuned is the network's file with thresholds that suit the development split.
func tuned(w *network.Weights, dev []corpus.Text) ([]byte, error) {
	w.Settings = map[string]float64{understanding.Temperature: 1, understanding.Least: -1e9, understanding.DangerFrom: 0.5}
	file, err := network.Encode(w)
	if err != nil {
		return nil, err
	}
	r, err := understanding.NewFrom(file)
	if err != nil {
		return nil, err
	}
	w.Settings[understanding.Temperature] = temperature(r, dev)
	w.Settings[understanding.Least] = least(r, dev)
	w.Settings[understanding.DangerFrom] = dangerFrom(r, dev)
	return network.Encode(w)
}

// temperature is that at which the development split is likeliest.
func temperature(r *understanding.Reader, dev []corpus.Text) float64 {
	best, bestAt := math.Inf(1), 1.0
	for at := 0.5; at < 4; at += 0.05 {
		lost := 0.0
		for _, t := range dev {
			if t.Kind != corpus.Two {
				lost -= math.Log(max(r.Likelihood(t.Text, t.Intents[0], at), 1e-9))
			}
		}
		if lost < best {
			best, bestAt = lost, at
		}
	}
	return math.Round(bestAt*100) / 100
}

// least keeps 99 % of what is about something and was read rightly.
func least(r *understanding.Reader, dev []corpus.Text) float64 {
	var logits []float64
	for _, t := range dev {
		if intent, logit := r.Likeliest(t.Text); intent == t.Intents[0] && intent != understanding.None {
			logits = append(logits, logit)
		}
	}
	if len(logits) == 0 {
		return 0
	}
	slices.Sort(logits)
	return math.Round(logits[len(logits)/100]*100) / 100
}

// A danger missed weighs as much as so many false alarms: each of those holds
// what the service sends somebody until a specialist has looked.
const missed = 5

// dangerFrom is the likelihood from which the price of both is least.
func dangerFrom(r *understanding.Reader, dev []corpus.Text) float64 {
	best, bestAt := math.Inf(1), 0.5
	for at := 0.02; at < 0.98; at += 0.01 {
		price := 0.0
		for _, t := range dev {
			switch alarm := r.Suspicion(t.Text) >= at; {
			case t.Danger != understanding.NoDanger && !alarm:
				price += missed
			case t.Danger == understanding.NoDanger && alarm:
				price++
			}
		}
		if price < best {
			best, bestAt = price, at
		}
	}
	return math.Round(bestAt*100) / 100
}
