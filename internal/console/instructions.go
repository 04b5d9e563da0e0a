package console

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"slices"
	"strings"

	"parley/gateway"
	"parley/templates"
)

// instructionFiles hold what to do with each kind of work, in each language:
// a sentence, then sections of Markdown as markdown.go reads it.
//
//go:embed instructions/*.md
var instructionFiles embed.FS

func (c *Console) instructionRoutes() []route {
	return []route{
		{"GET /console/instructions", everybody, c.instructionList, ""},
		{"GET /console/instructions/{kind}", everybody, c.instructionPage, ""},
	}
}

// An instruction is what to do with a kind of work, in one language.
type instruction struct {
	Kind    gateway.WorkItemKind
	Version string // what its files in all languages hash to
	blocks  []block
}

// readInstruction reads one, or gateway.ErrNotFound.
func readInstruction(l templates.Language, kind gateway.WorkItemKind) (instruction, error) {
	made, hash := instruction{Kind: kind}, sha256.New()
	for _, language := range templates.Languages() {
		content, err := instructionFiles.ReadFile(fmt.Sprintf("instructions/%s.%s.md", kind, language))
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
			return made, gateway.ErrNotFound
		}
		if err != nil {
			return made, fmt.Errorf("reading the instruction for %s: %w", kind, err)
		}
		hash.Write(content)
		if language == l {
			made.blocks = readMarkdown(string(content))
		}
	}
	made.Version = hex.EncodeToString(hash.Sum(nil))[:8]
	return made, nil
}

// Summary is its first sentence or two.
func (i instruction) Summary() string { return plainWords(i.blocks[0].items[0]) }

// HTML is all of it under headings of a level.
func (i instruction) HTML(level int) template.HTML { return writeMarkdown(i.blocks, level) }

// Found lists the sentences that hold all words, in small letters; none when it
// does not have them all.
func (i instruction) found(title string, wanted []string) (sentences []string, ok bool) {
	all := strings.ToLower(title)
	for _, b := range i.blocks {
		for _, item := range b.items {
			says := plainWords(item)
			folded := strings.ToLower(says)
			all += "\n" + folded
			if slices.ContainsFunc(wanted, func(word string) bool { return strings.Contains(folded, word) }) {
				sentences = append(sentences, says)
			}
		}
	}
	ok = !slices.ContainsFunc(wanted, func(word string) bool { return !strings.Contains(all, word) })
	return sentences, ok
}

// instruction is what to do with a kind of work, as a page shows it beside the
// work; nothing where there is none. The version is part of it, so that a note
// of what was done can name it.
func (c *Console) instruction(l templates.Language, kind gateway.WorkItemKind) (template.HTML, error) {
	i, err := readInstruction(l, kind)
	if errors.Is(err, gateway.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	words, err := say(l, "instruction.version", i.Version)
	if err != nil {
		return "", err
	}
	whole := fmt.Sprintf(`<p class="small"><a class="govuk-link" href="/console/instructions/%s">%s</a></p>`,
		template.HTMLEscapeString(string(kind)), template.HTMLEscapeString(words))
	return i.HTML(3) + template.HTML(whole), nil //nolint:gosec // made of escaped words
}

// instructionRow is one of the list, with what was found in it.
type instructionRow struct {
	Instruction instruction
	Title       string
	Found       []string
}

func (c *Console) instructionList(w http.ResponseWriter, r *request) error {
	content := struct {
		Words string
		Rows  []instructionRow
	}{Words: strings.TrimSpace(r.FormValue("words"))}
	wanted := strings.Fields(strings.ToLower(content.Words))
	for _, kind := range gateway.WorkItemKinds() {
		i, err := readInstruction(r.Language, kind)
		if err != nil {
			return err
		}
		row := instructionRow{Instruction: i, Title: wordOr(r.Language, "kind."+string(kind), string(kind))}
		found, ok := i.found(row.Title, wanted)
		if !ok {
			continue
		}
		if len(wanted) > 0 {
			row.Found = found
		}
		content.Rows = append(content.Rows, row)
	}
	return c.page(w, r, http.StatusOK, "instructions", r.say("nav.instructions"), content)
}

func (c *Console) instructionPage(w http.ResponseWriter, r *request) error {
	kind := gateway.WorkItemKind(r.PathValue("kind"))
	i, err := readInstruction(r.Language, kind)
	if err != nil {
		return err
	}
	return c.page(w, r, http.StatusOK, "instruction", wordOr(r.Language, "kind."+string(kind), string(kind)), i)
}
