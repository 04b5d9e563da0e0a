package dialogs

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"parley/templates"
)

// Page is a page about a dialog, in Markdown: what it is for and leads to, its
// picture, and whole conversations from its transcripts, as a parent sees them:
// enough of them that every step which says something is seen in every language.
// folder is the folder of dialogs that it is from. The error is Problems when a
// transcript is at fault.
func (d *Dialog) Page(folder fs.FS) (string, error) {
	file := path.Join(d.Name, transcriptsFile)
	content, err := fs.ReadFile(folder, file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("reading the transcripts of %s: %w", d.Name, err)
	}
	r := transcriptReader{file: file}
	r.read(content)
	if len(r.problems) > 0 {
		return "", r.problems
	}
	w := page{dialog: d}
	w.about()
	for _, language := range d.Languages {
		if err := w.conversations(r.transcripts, language); err != nil {
			return "", err
		}
	}
	return strings.TrimSuffix(w.String(), "\n"), nil
}

// page writes one page.
type page struct {
	strings.Builder
	dialog *Dialog
}

func (w *page) line(format string, values ...any) { fmt.Fprintf(w, format+"\n", values...) }

// about says what the dialog is for and what it leads to, and draws it.
func (w *page) about() {
	d := w.dialog
	out := d.Outcomes()
	w.line("# %s\n", d.Title(templates.English))
	w.line("`%s`. This page is written by `parley dialogs print`.\n", d.Name)
	w.line("| | |\n|---|---|")
	w.row("for", cmp.Or(d.For, "anyone"))
	w.row("identity", d.Identity)
	w.row("begun by a message about", d.Intents...)
	w.row("reports", out.Reports...)
	w.row("a person takes over", out.Handoffs...)
	w.row("leads to", out.Next...)
	w.line("\n```mermaid\n%s```\n", d.Draw())
}

func (w *page) row(name string, values ...string) {
	if len(values) > 0 {
		w.line("| %s | %s |", name, strings.Join(values, ", "))
	}
}

// languageName heads the conversations in a language, in that language.
func languageName(l templates.Language) string {
	if l == templates.Welsh {
		return "Yn Gymraeg"
	}
	return "In English"
}

// conversations writes those in a language that say what none before them says.
func (w *page) conversations(all []transcript, language templates.Language) error {
	w.line("## %s\n", languageName(language))
	seen := map[string]bool{}
	for _, t := range all {
		if t.facts.Language != language {
			continue
		}
		talk := w.dialog.replayed(t)
		if len(talk.problems) > 0 {
			return talk.problems
		}
		if talk.tellsNew(seen) {
			w.conversation(t, talk)
		}
	}
	return nil
}

// tellsNew reports whether a step says something that is not seen yet, and
// marks all of them as seen.
func (c *conversation) tellsNew(seen map[string]bool) bool {
	tells := false
	for _, step := range c.steps {
		tells = tells || !seen[step]
		seen[step] = true
	}
	return tells
}

func (w *page) conversation(t transcript, talk conversation) {
	w.line("### %s\n", strings.ToUpper(t.title[:1])+t.title[1:])
	w.line("*%s*\n", t.circumstances())
	for _, l := range talk.lines {
		switch l.mark {
		case "<":
			w.line("> %s\n", asQuote(l.text))
		case ">":
			w.line("**%s**\n", asMarkdown(l.text))
		case "+":
			w.line("*%s without a word*\n", l.text)
		}
	}
	if talk.end != nil {
		w.line("*The end: %s.*\n", talk.end)
	}
}

// circumstances are how a conversation is held and what is known, for the line
// below its title.
func (t *transcript) circumstances() string {
	on := map[string]string{onSMS: "By text message", onWebChat: "On the page", onEmail: "By email", onVoice: "On the telephone"}
	list := []string{on[t.facts.Channel]}
	if t.facts.ByUs {
		list = append(list, "begun by us")
	}
	if t.facts.Discreet {
		list = append(list, "discreetly")
	}
	if t.facts.Identity != "known" {
		list = append(list, "identity "+t.facts.Identity)
	}
	for _, fact := range []string{t.facts.Role, t.facts.Nation} {
		if fact != "" {
			list = append(list, fact)
		}
	}
	return strings.Join(list, ", ")
}

// markdownMarks are what Markdown would take for its own.
var markdownMarks = regexp.MustCompile("[\\\\`*_<>\\[\\]#|]")

// asMarkdown is a text that Markdown shows as it is.
func asMarkdown(text string) string { return markdownMarks.ReplaceAllString(text, `\$0`) }

// listNumber begins a line that Markdown would take for one of a list.
var listNumber = regexp.MustCompile(`(?m)^(\d+)\.`)

// asQuote is a text of several lines within a quotation.
func asQuote(text string) string {
	text = listNumber.ReplaceAllString(asMarkdown(text), `$1\.`)
	return strings.ReplaceAll(text, "\n", "\\\n> ")
}
