// Command evaluate measures the model of dialogs/understanding by its test split
// and writes docs/understanding.md with its pictures:
//
//	go run ./dialogs/understanding/evaluate
//
// With PARLEY_EVAL_DATA, a folder that holds banking77-train.csv,
// banking77-test.csv and clinc150.json, it also trains and scores on those, and
// keeps the figures for the report.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"parley/dialogs/understanding"
	"parley/dialogs/understanding/corpus"
)

func main() {
	root := flag.String("root", ".", "the folder of the source")
	flag.Parse()
	if err := run(*root, os.Getenv("PARLEY_EVAL_DATA")); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
}

func run(root, data string) error {
	kept := filepath.Join(root, "dialogs", "understanding", "evaluate", "public.md")
	if data != "" {
		scores, err := publicScores(data)
		if err != nil {
			return err
		}
		if err := os.WriteFile(kept, []byte(scores), 0o644); err != nil {
			return err
		}
	}
	scores, err := os.ReadFile(kept)
	if err != nil {
		return err
	}
	reader, err := understanding.New()
	if err != nil {
		return err
	}
	files, _, err := evaluate(reader, corpus.FS(), string(scores))
	if err != nil {
		return err
	}
	for path, content := range files {
		path = filepath.Join(root, "docs", path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}
