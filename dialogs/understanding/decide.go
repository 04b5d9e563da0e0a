package understanding

import (
	"fmt"
	"math"
	"slices"
)

// The settings that a network brings.
const (
	Temperature = "temperature"
	Least       = "least"
	DangerFrom  = "danger"
	WorryFrom   = "worry"
)

// settings are what was measured on texts held out of training.
type settings struct {
	temperature float64 // by which logits are divided to be calibrated
	least       float64 // logit below which nothing is understood
	danger      float64 // likelihood from which it is danger
	worry       float64 // unease from which it may be
}

func settingsOf(from map[string]float64) (s settings, err error) {
	for name, into := range map[string]*float64{Temperature: &s.temperature, Least: &s.least, DangerFrom: &s.danger, WorryFrom: &s.worry} {
		value, ok := from[name]
		if !ok {
			return s, fmt.Errorf("the network has no setting %q", name)
		}
		*into = value
	}
	return s, nil
}

const (
	likely = 0.05 // from which an intent is worth naming as another that it may be
	close  = 0.20 // margin below which it is better to ask
	beside = 0.60 // from which a clause is about a matter of its own
	borne  = 0.40 // from which it is, where the whole message may be about that too
	firm   = 0.98 // from which nothing but that matter can be meant
	sure   = 1.5  // logit from which a language is told
	lone   = 0.90 // from which one word alone is understood
)

// decide is what the scores of a whole message, and so the likelihoods of
// intents, say that it is about.
func (r *Reader) decide(s scores, p []float64) Reading {
	order := make([]int, 0, 4) // the likeliest four
	for range 4 {
		best := -1
		for i := range p {
			if !slices.Contains(order, i) && (best < 0 || p[i] > p[best]) {
				best = i
			}
		}
		order = append(order, best)
	}
	first := order[0]
	reading := Reading{Intent: r.intents[first], Confidence: p[first]}
	if float64(s.intents[first]) < r.settings.least {
		reading.Intent, reading.Confidence = None, p[slices.Index(r.intents, None)]
	}
	for _, i := range order {
		if name := r.intents[i]; name != None && name != reading.Intent && p[i] >= likely && len(reading.Alternatives) < 3 {
			reading.Alternatives = append(reading.Alternatives, name)
		}
	}
	reading.Doubt = len(reading.Alternatives) > 0 && asks(reading.Intent) && r.intents[order[1]] == reading.Alternatives[0] &&
		asks(reading.Alternatives[0]) && p[first]-p[order[1]] < close
	reading.Firm = p[first] >= firm
	switch {
	case float64(s.welsh) > sure:
		reading.Language = "cy"
	case float64(s.welsh) < -sure:
		reading.Language = "en"
	}
	return reading
}

// asks reports whether a person can be asked if it is that which they mean.
func asks(intent string) bool { return intent != None && intent != InDanger && intent != SmallTalk }

// beside adds what a clause is about to what the whole message is about.
func (r *Reader) beside(reading *Reading, s scores, whole []float64) {
	p := r.likelihoods(s)
	best := 0
	for i := range p {
		if p[i] > p[best] {
			best = i
		}
	}
	name := r.intents[best]
	from := beside
	if whole[best] >= likely {
		from = borne
	}
	if p[best] < from || float64(s.intents[best]) < r.settings.least || !asks(name) || name == reading.Intent || slices.Contains(reading.Others, name) {
		return
	}
	reading.Others = append(reading.Others, name)
}

// likelihoods are those of each intent.
func (r *Reader) likelihoods(s scores) []float64 {
	return likelihoods(s.intents, r.settings.temperature)
}

// likelihoods are the softmax of logits at a temperature.
func likelihoods(logits []float32, temperature float64) []float64 {
	out := make([]float64, len(logits))
	most := float64(slices.Max(logits))
	sum := 0.0
	for i, l := range logits {
		out[i] = math.Exp((float64(l) - most) / temperature)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// alarm takes danger from the reviewed phrases, which nothing overrules, or else
// from the network: plain enough to act on, or only to worry.
func (r *Reader) alarm(reading *Reading, words []string, whole scores) {
	of := whole.danger
	switch found := dangers.first(words); {
	case found != "":
		reading.Danger = Danger(found)
	case of.p >= r.settings.danger:
		reading.Danger = of.kind
	case r.unease(whole) >= r.settings.worry || reading.Intent == InDanger:
		reading.Worry = of.kind
	}
}

// unease is the likelihood halfway, in log odds, between those of the two heads
// that know of danger: of as many texts without danger that either would have
// somebody look at, both together find more danger.
func (r *Reader) unease(s scores) float64 {
	others, at := 0.0, s.intents[slices.Index(r.intents, InDanger)]
	for i, name := range r.intents {
		if name != InDanger {
			others += math.Exp(float64(s.intents[i] - at))
		}
	}
	return 1 / (1 + math.Sqrt(others*(1-s.danger.p)/s.danger.p))
}
