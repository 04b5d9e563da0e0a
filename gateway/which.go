package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"parley/dialogs"
	"parley/templates"
)

// whichDialog is the dialog that asks which of two a message is about. It is
// made for the two, and kept with the conversation as any other version is.
const whichDialog = "which"

// saidBefore is the answer that holds what was written before the question, as
// far as it fits: it goes on to the dialog that is chosen.
const (
	saidBefore = "said"
	saidFits   = 2000 // characters
)

// asksOnly keeps the words that are in doubt from being read as the answer.
func asksOnly(c Conversation, in dialogs.Input) dialogs.Input {
	if c.Dialog != whichDialog {
		return in
	}
	said := []rune(in.Text)
	in.Facts.Given, in.Text = map[string]string{saidBefore: string(said[:min(len(said), saidFits)])}, ""
	return in
}

const whichScript = `dialog: which
title: Which is it?
for: anyone
languages: [en, cy]
identity: unknown
expire: {after: 1d, then: end}
retries: {limit: 3, then: handoff}
steps:
- ask: said
  say: What is it about?
  answer: text up to 2000 characters
  private: true
- ask: matter
  say: Is it about one of these?
  help: Choose one, or say it in other words.
  choices: {first: %q, second: %q, neither: something else}
  also: {first: [the first, first one], second: [the second, second one], neither: [neither, none, other, both]}
- name: to-first
  when: matter == "first"
  end: chosen
  next: %s
- name: to-second
  when: matter == "second"
  end: chosen
  next: %s
- end: chosen
  next: %s
`

const whichWelsh = `title: Pa un?
said: {say: Beth sydd dan sylw?}
matter:
  say: Ai un o'r rhain sydd dan sylw?
  help: Dewiswch un, neu dywedwch mewn geiriau eraill.
  choices: {first: %q, second: %q, neither: rhywbeth arall}
  also: {first: [y cyntaf, cyntaf], second: [yr ail, ail], neither: [dim un, arall, y ddau]}
`

// which is the dialog that asks which of two dialogs a message is about.
func (t *taking) which(ctx context.Context, first, second *dialogs.Dialog) (*dialogs.Dialog, error) {
	d, problems := t.g.whichOf(first, second)
	if len(problems) > 0 {
		return nil, fmt.Errorf("asking whether it is about %s or %s: %w", first.Name, second.Name, problems)
	}
	source, err := json.Marshal(d.Source())
	if err != nil {
		return nil, fmt.Errorf("writing the source of a question: %w", err)
	}
	if err := t.g.Store.KeepDialogSource(ctx, d.Version, d.Name, source, t.now); err != nil {
		return nil, fmt.Errorf("keeping a question: %w", err)
	}
	return d, nil
}

func (g *Gateway) whichOf(first, second *dialogs.Dialog) (*dialogs.Dialog, dialogs.Problems) {
	return dialogs.Compile([]dialogs.File{
		{Name: whichDialog + "/dialog.yaml", Content: fmt.Appendf(nil, whichScript,
			g.matter(first, templates.English), g.matter(second, templates.English), first.Name, second.Name, g.Welcome)},
		{Name: whichDialog + "/cy.yaml", Content: fmt.Appendf(nil, whichWelsh, g.matter(first, templates.Welsh), g.matter(second, templates.Welsh))},
	})
}

// matter is what a dialog is about, in a few plain words.
func (g *Gateway) matter(d *dialogs.Dialog, language templates.Language) string {
	if name := g.routes.Name(d.Name, language); name != "" {
		return name
	}
	return strings.ToLower(d.Title(language))
}
