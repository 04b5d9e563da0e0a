// Command train makes the network of dialogs/understanding from its corpus, from
// nothing, in about a minute:
//
//	go run -tags purego,noasm,safe ./dialogs/understanding/train
//
// The tags have spaGO built without machine code, so that one corpus gives the
// same bytes on every machine (amd64). With -check it compares instead of
// writing; with -freeze it takes changed texts for development and test as the
// new ones to measure by. With -settings it first measures the thresholds, by
// training on two thirds of the texts three times.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"parley/dialogs/understanding/corpus"
)

func main() {
	folder := flag.String("folder", "dialogs/understanding", "where the corpus and the network are")
	check := flag.Bool("check", false, "write nothing: fail if the network is not what this corpus gives")
	freeze := flag.Bool("freeze", false, "take the texts for development and test as they are now")
	settings := flag.Bool("settings", false, "measure the thresholds anew")
	flag.Parse()
	if err := run(*folder, *check, *freeze, *settings); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

var errDiffers = errors.New("the network is not what this corpus gives: train again")

func run(folder string, check, freeze, settings bool) error {
	texts := os.DirFS(filepath.Join(folder, "corpus"))
	if freeze {
		frozen, err := corpus.Freeze(texts)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, "corpus", corpus.FrozenFile), frozen, 0o644); err != nil {
			return err
		}
	}
	if err := corpus.CheckFrozen(texts); err != nil {
		return fmt.Errorf("%w; if that is meant, train with -freeze", err)
	}
	thresholds, err := thresholds(filepath.Join(folder, "train", settingsFile), texts, settings)
	if err != nil {
		return err
	}
	file, err := trained(texts, thresholds)
	if err != nil {
		return err
	}
	path := filepath.Join(folder, "model.bin")
	if !check {
		return os.WriteFile(path, file, 0o644)
	}
	before, err := os.ReadFile(path)
	if err == nil && !bytes.Equal(before, file) {
		err = errDiffers
	}
	return err
}

// thresholds are those that a file holds, measured anew if so wished.
func thresholds(file string, texts fs.FS, anew bool) (settings map[string]float64, err error) {
	if anew {
		content, err := measured(texts)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return nil, err
		}
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(content, &settings); err != nil {
		return nil, fmt.Errorf("reading the settings: %w", err)
	}
	return settings, nil
}
