// Command train makes the network of dialogs/understanding from its corpus, from
// nothing, in about a minute:
//
//	go run -tags purego,noasm,safe ./dialogs/understanding/train
//
// The tags have spaGO built without machine code, so that one corpus gives the
// same bytes on every machine (amd64). With -check it compares instead of
// writing; with -freeze it takes changed texts for development and test as the
// new ones to measure by.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"parley/dialogs/understanding/corpus"
)

func main() {
	folder := flag.String("folder", "dialogs/understanding", "where the corpus and the network are")
	check := flag.Bool("check", false, "write nothing: fail if the network is not what this corpus gives")
	freeze := flag.Bool("freeze", false, "take the texts for development and test as they are now")
	flag.Parse()
	if err := run(*folder, *check, *freeze); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

var errDiffers = errors.New("the network is not what this corpus gives: train again")

func run(folder string, check, freeze bool) error {
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
	file, err := trained(texts)
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
