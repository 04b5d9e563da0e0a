package training

import (
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"parley/dialogs/understanding/network"
)

//go:embed words.txt
var wordLines string

// VectorSize is how many numbers the vector of a word has.
const VectorSize = 60

// Vectors are what is known of words before training, by the hashes of their
// features: words that are used alike have vectors that are alike, of length one.
type Vectors map[uint32][]float32

var errNoVector = errors.New("a line is a word and the base64 of its vector")

// WordVectors are those of English words that come with the package.
func WordVectors() (Vectors, error) {
	vectors := Vectors{}
	for line := range strings.Lines(wordLines) {
		if line[0] == '#' {
			continue
		}
		word, coded, _ := strings.Cut(strings.TrimSpace(line), " ")
		bytes, err := base64.StdEncoding.DecodeString(coded)
		if err == nil && len(bytes) != VectorSize {
			err = errNoVector
		}
		if err != nil {
			return nil, fmt.Errorf("reading the vector of %q: %w", word, err)
		}
		vector := make([]float32, VectorSize)
		for k, b := range bytes {
			vector[k] = float32(int8(b)) / 127
		}
		vectors[network.Word(word)] = vector
	}
	return vectors, nil
}
