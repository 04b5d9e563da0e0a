package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"parley/dialogs"
)

const writingDialogs = "docs/writing-dialogs.md"

// The dialog that the page for writers has them write is one that checks, with
// every branch walked, before it is translated and after.
func TestTheTutorialIsTrue(t *testing.T) {
	page, err := os.ReadFile(writingDialogs)
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for _, block := range regexp.MustCompile("(?ms)^```\\w+ (school/[\\w.]+)\n(.*?)^```").FindAllStringSubmatch(string(page), -1) {
		folder[block[1]] = &fstest.MapFile{Data: []byte(block[2])}
	}
	if len(folder) != 3 {
		t.Fatalf("the page shows %d files", len(folder))
	}
	welsh := folder["school/cy.yaml"]
	delete(folder, "school/cy.yaml")
	checksOut(t, "in English", folder)
	folder["school/cy.yaml"] = welsh
	script := string(folder["school/dialog.yaml"].Data)
	folder["school/dialog.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(script, "for: anyone\n", "for: anyone\nlanguages: [en, cy]\n", 1))}
	checksOut(t, "in both languages", folder)
}

func checksOut(t *testing.T, name string, folder fstest.MapFS) {
	t.Helper()
	reviews, err := dialogs.ReviewAll(folder)
	if err != nil || len(reviews) != 1 {
		t.Fatalf("%s: %v, %v", name, reviews, err)
	}
	if r := reviews[0]; len(r.Problems) > 0 || r.Walked != r.Branches {
		t.Errorf("%s: %s, %v", name, r, r.Problems)
	}
}

// Whatever an editor would offer to a writer, the page tells of.
func TestThePageForWritersIsWhole(t *testing.T) {
	page, err := os.ReadFile(writingDialogs)
	if err != nil {
		t.Fatal(err)
	}
	status, out, problems := parley("", "dialogs", "schema", "script")
	if status != 0 {
		t.Fatal(problems)
	}
	var schema any
	if err := json.Unmarshal([]byte(out), &schema); err != nil {
		t.Fatal(err)
	}
	offered := offers(schema)
	if len(offered) < 60 {
		t.Errorf("only %d names are offered", len(offered))
	}
	shown := strings.Join(regexp.MustCompile("`[^`\n]+`|\\*\\*\\w+\\*\\*").FindAllString(string(page), -1), "\n")
	for _, name := range offered {
		if !regexp.MustCompile(`(^|\W)` + regexp.QuoteMeta(name) + `(\W|$)`).MatchString(shown) {
			t.Errorf("%q is not told of", name)
		}
	}
}

// offers lists the names and the values that a schema offers.
func offers(schema any) (names []string) {
	switch s := schema.(type) {
	case []any:
		for _, of := range s {
			names = append(names, offers(of)...)
		}
	case map[string]any:
		if properties, ok := s["properties"].(map[string]any); ok {
			for name := range properties {
				names = append(names, name)
			}
		}
		values, _ := s["enum"].([]any)
		examples, _ := s["examples"].([]any)
		for _, value := range append(values, examples...) {
			if text, ok := value.(string); ok {
				names = append(names, text)
			}
		}
		for _, of := range s {
			names = append(names, offers(of)...)
		}
	}
	return names
}
