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
	"path"
	"slices"
	"strings"

	"parley/gateway"
	"parley/templates"
)

// instructionFiles hold what to do with each kind of work and with some of what
// reports and hand-offs are about, and of dialogs/ what to mind at the steps of a dialog, in each language: a sentence, then sections
// of Markdown as instructionsmarkdown.go reads it.
//
//go:embed instructions/*.md instructions/dialogs/*.md
var instructionFiles embed.FS

func (c *Console) instructionRoutes() []route {
	return []route{
		{"GET /console/instructions", everybody, c.instructionList, ""},
		{"GET /console/instructions/{kind}", everybody, c.instructionPage, ""},
		{"GET /console/instructions/dialogs/{dialog}", everybody, c.dialogInstruction, ""},
	}
}

// An instruction is what to do with a kind of work, or at the steps of a dialog,
// in one language.
type instruction struct {
	Name    string // "report", "dialogs/income-change"
	Version string // what its files in all languages hash to
	blocks  []block
}

// readInstruction reads one, or gateway.ErrNotFound.
func readInstruction(l templates.Language, name string) (instruction, error) {
	made, hash := instruction{Name: name}, sha256.New()
	for _, language := range templates.Languages() {
		content, err := instructionFiles.ReadFile(fmt.Sprintf("instructions/%s.%s.md", name, language))
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
			return made, gateway.ErrNotFound
		}
		if err != nil {
			return made, fmt.Errorf("reading instruction %s: %w", name, err)
		}
		hash.Write(content)
		if language == l {
			made.blocks = readMarkdown(string(content))
		}
	}
	made.Version = hex.EncodeToString(hash.Sum(nil))[:8]
	return made, nil
}

// instructed lists what there are instructions for: the kinds of work, then what
// reports and hand-offs are about.
func instructed() ([]string, error) {
	var names []string
	for _, kind := range gateway.WorkItemKinds() {
		names = append(names, string(kind))
	}
	files, err := fs.Glob(instructionFiles, "instructions/*.en.md")
	if err != nil {
		return nil, fmt.Errorf("listing the instructions: %w", err)
	}
	for _, file := range files {
		if about := strings.TrimSuffix(path.Base(file), ".en.md"); !slices.Contains(names, about) {
			names = append(names, about)
		}
	}
	return names, nil
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

// instruction is what to do with work, by what it is about or else by its kind,
// as a page shows it beside the work. The version is part of it, so that a note
// of what was done can name it.
func (c *Console) instruction(l templates.Language, w gateway.WorkItem) (template.HTML, error) {
	i, err := readInstruction(l, w.About())
	if errors.Is(err, gateway.ErrNotFound) {
		i, err = readInstruction(l, string(w.Kind))
	}
	if err != nil {
		return "", err
	}
	return i.beside(l, i.blocks)
}

// instructionAt is what to mind at a step of a dialog, as a page shows it beside
// the work; nothing where there is none. Where nothing is said of the step there
// is what is said of the dialog.
func (c *Console) instructionAt(l templates.Language, dialog, step string) (template.HTML, error) {
	i, err := readInstruction(l, "dialogs/"+dialog)
	if errors.Is(err, gateway.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	said := i.blocks
	if first := slices.IndexFunc(said, func(b block) bool { return b.kind == heading }); first >= 0 {
		said = said[:first]
	}
	return i.beside(l, slices.Concat(said, section(i.blocks, step)))
}

// beside is a part of it, with where all of it is.
func (i instruction) beside(l templates.Language, part []block) (template.HTML, error) {
	words, err := say(l, "instruction.version", i.Version)
	if err != nil {
		return "", err
	}
	whole := fmt.Sprintf(`<p class="small"><a class="govuk-link" href="/console/instructions/%s">%s</a></p>`,
		template.HTMLEscapeString(i.Name), template.HTMLEscapeString(words))
	return writeMarkdown(part, 3) + template.HTML(whole), nil //nolint:gosec // made of escaped words
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
	add := func(name, title string) error {
		i, err := readInstruction(r.Language, name)
		if err != nil {
			return err
		}
		row := instructionRow{Instruction: i, Title: title}
		found, ok := i.found(row.Title, wanted)
		if len(wanted) > 0 {
			row.Found = found
		}
		if ok {
			content.Rows = append(content.Rows, row)
		}
		return nil
	}
	names, err := instructed()
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := add(name, wordOr(r.Language, "kind."+name, name)); err != nil {
			return err
		}
	}
	for _, d := range c.config.Conversation.Dialogs() {
		if err := add("dialogs/"+d.Name, d.Title(r.Language)); err != nil && !errors.Is(err, gateway.ErrNotFound) {
			return err
		}
	}
	return c.page(w, r, http.StatusOK, "instructions", r.say("nav.instructions"), content)
}

func (c *Console) instructionPage(w http.ResponseWriter, r *request) error {
	kind := r.PathValue("kind")
	return c.showInstruction(w, r, kind, wordOr(r.Language, "kind."+kind, kind))
}

func (c *Console) dialogInstruction(w http.ResponseWriter, r *request) error {
	dialog := r.PathValue("dialog")
	return c.showInstruction(w, r, "dialogs/"+dialog, c.dialogTitle(r, dialog))
}

func (c *Console) showInstruction(w http.ResponseWriter, r *request, name, title string) error {
	i, err := readInstruction(r.Language, name)
	if err != nil {
		return err
	}
	return c.page(w, r, http.StatusOK, "instruction", title, instructionRow{Instruction: i, Title: title})
}
