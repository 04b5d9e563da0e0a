package main

import (
	_ "embed"
	"fmt"
	"io/fs"
	"strings"

	"parley/dialogs/understanding"
	"parley/dialogs/understanding/corpus"
)

// report is every file of the report by its path below docs.
type report map[string]string

// evaluate measures a reader by a corpus.
func evaluate(r *understanding.Reader, from fs.FS, publicScores string) (report, measured, error) {
	texts, _, err := corpus.Load(from, corpus.Test)
	if err != nil {
		return nil, measured{}, err
	}
	learnt := 0
	for _, split := range []corpus.Split{corpus.Train, corpus.Development} {
		more, _, err := corpus.Load(from, split)
		if err != nil {
			return nil, measured{}, err
		}
		learnt += len(more)
	}
	m := measure(r, texts)
	curves := map[string][]point{}
	for _, language := range []string{"en", "cy"} {
		bins, _ := m.single(language).calibration()
		for _, b := range bins {
			if b.texts >= 5 {
				curves[language] = append(curves[language], point{b.confidence, b.right})
			}
		}
	}
	noise, noiseTable := noiseCurve(r, texts)
	out := report{
		"understanding/confusion.svg":   confusion(m.single("")),
		"understanding/calibration.svg": curve("Confidence and how often readings are right", "confidence", "right", true, curves),
		"understanding/noise.svg":       curve("Right readings by share of characters mistyped", "characters mistyped ×5", "right", false, noise),
	}
	out["understanding.md"] = page(m, learnt, noiseTable, publicScores)
	return out, m, nil
}

// noiseCurve is which share is still right as more characters are mistyped.
func noiseCurve(r *understanding.Reader, texts []corpus.Text) (map[string][]point, string) {
	lines := map[string][]point{}
	var b strings.Builder
	b.WriteString("| characters mistyped | English right | Welsh right |\n|---|---|---|\n")
	for _, often := range []float64{0, 0.02, 0.05, 0.1, 0.2} {
		m := measure(r, noisy(texts, often))
		fmt.Fprintf(&b, "| %.0f %% |", 100*often)
		for _, language := range []string{"en", "cy"} {
			of := m.single(language)
			right := 0
			for _, o := range of.cases {
				if o.right() {
					right++
				}
			}
			lines[language] = append(lines[language], point{often * 5, share(right, len(of.cases))})
			fmt.Fprintf(&b, " %.1f %% |", 100*share(right, len(of.cases)))
		}
		b.WriteString("\n")
	}
	return lines, b.String()
}

//go:embed card.md
var card string

// page is the report itself: the model card, with figures put in.
func page(m measured, learnt int, noise, publicScores string) string {
	found, alarms := m.dangers()
	_, figures := m.where(func(o outcome) bool { return o.Kind == corpus.Innocent }).dangers()
	read, worries := m.looked()
	both, languages := m.both(), m.languages()
	en, enLeast := m.single("en").macro()
	cy, cyLeast := m.single("cy").macro()
	_, unsure := m.single("").calibration()
	summary := fmt.Sprintf(`| | wanted | reached on the test split |
|---|---|---|
| macro F1, English | 0.92 | %.3f |
| macro F1, Welsh | 0.80 | %.3f |
| least recall of an intent, English / Welsh | 0.75 | %.2f / %.2f |
| danger acted on (messages are held) | | %.1f %% (%d of %d) |
| danger acted on, or read by a person at least | 98 %% | %.1f %% (%d of %d) |
| false alarms that hold messages | 1 %% | %.1f %% (%d of %d) |
| false alarms that a person reads, those included | | %.1f %% (%d of %d) |
| false alarms on figures of speech | 10 %% | %.1f %% (%d of %d) |
| two matters in one message, both found | | %.1f %% (%d of %d) |
| language told / told rightly | | %.1f %% / %.1f %% |
| expected calibration error | | %.3f |
`, en, cy, enLeast, cyLeast, 100*found.recall(), found.right, found.texts, 100*read.recall(), read.right, read.texts,
		100*alarms.recall(), alarms.right, alarms.texts, 100*worries.recall(), worries.right, worries.texts,
		100*figures.recall(), figures.right, figures.texts, 100*both.recall(), both.right, both.texts,
		100*share(languages.said, languages.texts), 100*share(languages.right, max(1, languages.said)), unsure)
	return strings.NewReplacer("{{summary}}", summary, "{{learnt}}", fmt.Sprint(learnt), "{{tested}}", fmt.Sprint(len(m.cases)),
		"{{intents}}", intentTable(m), "{{kinds}}", kindTable(m), "{{noise}}", noise, "{{public}}", publicScores).Replace(card)
}

func intentTable(m measured) string {
	var b strings.Builder
	b.WriteString("| intent | English texts | recall | precision | Welsh texts | recall | precision |\n|---|---|---|---|---|---|---|\n")
	en, cy := m.single("en").intents(), m.single("cy").intents()
	for _, name := range understanding.Intents() {
		e, c := en[name], cy[name]
		fmt.Fprintf(&b, "| %s | %d | %.2f | %.2f | %d | %.2f | %.2f |\n", name, e.texts, e.recall(), e.precision(), c.texts, c.recall(), c.precision())
	}
	return b.String()
}

// kindTable is how each kind of danger is found, and how often by its name.
func kindTable(m measured) string {
	var b strings.Builder
	b.WriteString("| kind | texts | acted on | acted on or read | called by its name |\n|---|---|---|---|---|\n")
	for _, kind := range understanding.Dangers()[1:] {
		of := m.where(func(o outcome) bool { return o.Text.Danger == kind })
		found, _ := of.dangers()
		named := len(of.where(func(o outcome) bool { return o.Reading.Danger == kind || o.Worry == kind }).cases)
		read, _ := of.looked()
		fmt.Fprintf(&b, "| %s | %d | %.1f %% | %.1f %% | %.1f %% |\n", kind, found.texts, 100*found.recall(), 100*read.recall(), 100*share(named, found.texts))
	}
	return b.String()
}
