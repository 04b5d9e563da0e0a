package main

import (
	"math"
	"slices"

	"parley/dialogs/understanding"
	"parley/dialogs/understanding/corpus"
)

// measured is what a reader makes of a split.
type measured struct {
	cases []outcome
}

// outcome is one text with its reading.
type outcome struct {
	corpus.Text
	understanding.Reading
}

func measure(r *understanding.Reader, texts []corpus.Text) measured {
	var m measured
	for _, t := range texts {
		m.cases = append(m.cases, outcome{t, r.Read(t.Text)})
	}
	return m
}

// right reports whether the reading is (one of) what the text is about.
func (o outcome) right() bool { return slices.Contains(o.Intents, o.Reading.Intent) }

// single are the texts about one thing in a language, "" for all.
func (m measured) single(language string) measured {
	return m.where(func(o outcome) bool {
		return o.Kind != corpus.Two && o.Kind != corpus.Innocent && (language == "" || o.Text.Language == language)
	})
}

func (m measured) where(keep func(outcome) bool) (out measured) {
	for _, o := range m.cases {
		if keep(o) {
			out.cases = append(out.cases, o)
		}
	}
	return out
}

// score is how well one intent is told.
type score struct {
	texts, said, right int
}

func (s score) recall() float64    { return share(s.right, s.texts) }
func (s score) precision() float64 { return share(s.right, s.said) }
func (s score) f1() float64 {
	if s.right == 0 {
		return 0
	}
	return 2 * s.recall() * s.precision() / (s.recall() + s.precision())
}

func share(n, of int) float64 { return float64(n) / float64(max(1, of)) }

// intents scores each intent.
func (m measured) intents() map[string]score {
	scores := map[string]score{}
	add := func(name string, by score) {
		s := scores[name]
		scores[name] = score{s.texts + by.texts, s.said + by.said, s.right + by.right}
	}
	for _, o := range m.cases {
		add(o.Intents[0], score{texts: 1})
		add(o.Reading.Intent, score{said: 1})
		if o.right() {
			add(o.Intents[0], score{right: 1})
		}
	}
	return scores
}

// macro is the mean F1 of the intents that have texts, and their least recall.
func (m measured) macro() (f1, leastRecall float64) {
	n, leastRecall := 0, 1.0
	for _, s := range m.intents() {
		if s.texts > 0 {
			n++
			f1 += s.f1()
			leastRecall = min(leastRecall, s.recall())
		}
	}
	return f1 / float64(max(1, n)), leastRecall
}

// dangers are how much danger is found, and how often it is seen where there is
// none.
func (m measured) dangers() (found, alarms score) {
	return m.warned(func(o outcome) bool { return o.Reading.Danger != understanding.NoDanger })
}

// looked is the same of what a person gets to look at: danger, and worries.
func (m measured) looked() (found, alarms score) {
	return m.warned(func(o outcome) bool {
		return o.Reading.Danger != understanding.NoDanger || o.Worry != understanding.NoDanger
	})
}

func (m measured) warned(by func(outcome) bool) (found, alarms score) {
	for _, o := range m.cases {
		s := &alarms
		if o.Text.Danger != understanding.NoDanger {
			s = &found
		}
		s.texts++
		if by(o) {
			s.right++
		}
	}
	return found, alarms
}

// bin is the texts whose confidence lies in a tenth.
type bin struct {
	confidence, right float64 // means
	texts             int
}

// calibration is ten bins and the expected calibration error over them.
func (m measured) calibration() (bins [10]bin, wrong float64) {
	for _, o := range m.cases {
		b := &bins[min(9, int(o.Confidence*10))]
		b.texts++
		b.confidence += o.Confidence
		if o.right() {
			b.right++
		}
	}
	for i := range bins {
		b := &bins[i]
		if b.texts == 0 {
			continue
		}
		b.confidence, b.right = b.confidence/float64(b.texts), b.right/float64(b.texts)
		wrong += math.Abs(b.confidence-b.right) * share(b.texts, len(m.cases))
	}
	return bins, wrong
}

// both is how often of two matters one is the intent and the other is beside it.
func (m measured) both() score {
	var s score
	for _, o := range m.cases {
		if o.Kind != corpus.Two {
			continue
		}
		s.texts++
		rest := slices.DeleteFunc(slices.Clone(o.Intents), func(name string) bool {
			return name == o.Reading.Intent || slices.Contains(o.Others, name) || name == understanding.InDanger && o.Reading.Danger != understanding.NoDanger
		})
		if len(rest) == 0 {
			s.right++
		}
	}
	return s
}

// languages is how often the language is told, and rightly.
func (m measured) languages() score {
	var s score
	for _, o := range m.cases {
		s.texts++
		if o.Reading.Language != "" {
			s.said++
		}
		if o.Reading.Language == o.Text.Language {
			s.right++
		}
	}
	return s
}
