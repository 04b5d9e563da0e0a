package corpus

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// FrozenFile holds the hashes of the texts by which the model is measured, so
// that none of them is changed to please it without being seen.
const FrozenFile = "frozen.txt"

// ErrChanged says that texts for development or test are not those frozen.
var ErrChanged = errors.New("the texts to measure by have changed")

// Freeze is what FrozenFile has to hold now: a line with hash and name for each
// file, in the form of sha256sum.
func Freeze(from fs.FS) ([]byte, error) {
	var b strings.Builder
	for _, split := range []Split{Development, Test} {
		list, err := fs.Glob(from, path.Join(string(split), "*.txt"))
		if err != nil {
			return nil, fmt.Errorf("listing the corpus: %w", err)
		}
		for _, file := range list {
			content, err := fs.ReadFile(from, file)
			if err != nil {
				return nil, fmt.Errorf("reading the corpus: %w", err)
			}
			fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(content), file)
		}
	}
	return []byte(b.String()), nil
}

// CheckFrozen is ErrChanged with the names of the files that are not as frozen.
func CheckFrozen(from fs.FS) error {
	frozen, err := fs.ReadFile(from, FrozenFile)
	if err != nil {
		return fmt.Errorf("reading the hashes of the corpus: %w", err)
	}
	now, err := Freeze(from)
	if err != nil {
		return err
	}
	before, after := lines(frozen), lines(now)
	var changed []string
	for line := range after {
		if !before[line] {
			changed = append(changed, line[strings.LastIndex(line, " ")+1:])
		}
	}
	if len(changed) > 0 || len(before) != len(after) {
		return fmt.Errorf("%w: %s", ErrChanged, strings.Join(changed, ", "))
	}
	return nil
}

func lines(content []byte) map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(string(content)) {
		set[strings.TrimSpace(line)] = true
	}
	return set
}
