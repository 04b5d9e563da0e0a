package console

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"
)

// A block is one of what instructions are written in: Markdown's paragraphs,
// "## headings", "- bullets" and "1. steps". A heading may end in the anchors of
// what its section is for, as in "## Their pay {#pay since}". In words only
// [links](to/where) mean anything: everything else is words, and is escaped.
type block struct {
	kind    blockKind
	items   []string
	anchors []string // of a heading
}

type blockKind string

const (
	paragraph blockKind = "p"
	heading   blockKind = "h"
	bullets   blockKind = "ul"
	steps     blockKind = "ol"
)

var (
	anchored = regexp.MustCompile(`^(.+?) +\{#([a-z0-9_ -]+)\}$`)
	stepMark = regexp.MustCompile(`^\d{1,2}\. +`)
	linked   = regexp.MustCompile(`\[([^\]]+)\]\(([a-z0-9/-]+)\)`)
)

// readMarkdown reads blocks. A line of its own is an item or a paragraph: lines
// do not run on.
func readMarkdown(content string) []block {
	var blocks []block
	for line := range strings.Lines(content) {
		line = strings.TrimSpace(line)
		kind := paragraph
		switch rest, mark := strings.TrimPrefix(line, "## "), stepMark.FindString(line); {
		case line == "":
			continue
		case rest != line:
			kind, line = heading, rest
		case strings.HasPrefix(line, "- "):
			kind, line = bullets, line[2:]
		case mark != "":
			kind, line = steps, line[len(mark):]
		}
		last := len(blocks) - 1
		if last >= 0 && blocks[last].kind == kind && (kind == bullets || kind == steps) {
			blocks[last].items = append(blocks[last].items, line)
			continue
		}
		one := block{kind: kind}
		if at := anchored.FindStringSubmatch(line); kind == heading && at != nil {
			line, one.anchors = at[1], strings.Fields(at[2])
		}
		one.items = []string{line}
		blocks = append(blocks, one)
	}
	return blocks
}

// section is the part of blocks under the heading that has an anchor; none when
// no heading has it.
func section(blocks []block, anchor string) []block {
	from := slices.IndexFunc(blocks, func(b block) bool { return slices.Contains(b.anchors, anchor) })
	if from < 0 {
		return nil
	}
	rest := blocks[from:]
	if to := slices.IndexFunc(rest[1:], func(b block) bool { return b.kind == heading }); to >= 0 {
		rest = rest[:to+1]
	}
	return rest
}

// writeMarkdown is blocks as HTML, under headings of a level. Each step can be
// linked to, as #step-2.
func writeMarkdown(blocks []block, level int) template.HTML {
	var b strings.Builder
	for _, one := range blocks {
		switch one.kind {
		case heading:
			id := ""
			if len(one.anchors) > 0 {
				id = ` id="` + one.anchors[0] + `"`
			}
			fmt.Fprintf(&b, `<h%d class="govuk-heading-s"%s>%s</h%d>`, level, id, inline(one.items[0]), level)
		case paragraph:
			fmt.Fprintf(&b, `<p class="govuk-body">%s</p>`, inline(one.items[0]))
		case bullets:
			b.WriteString(`<ul class="govuk-list govuk-list--bullet">`)
			for _, item := range one.items {
				fmt.Fprintf(&b, `<li>%s</li>`, inline(item))
			}
			b.WriteString(`</ul>`)
		case steps:
			b.WriteString(`<ol class="govuk-list govuk-list--number govuk-list--spaced">`)
			for n, item := range one.items {
				fmt.Fprintf(&b, `<li id="step-%d">%s</li>`, n+1, inline(item))
			}
			b.WriteString(`</ol>`)
		}
		b.WriteByte('\n')
	}
	return template.HTML(b.String()) //nolint:gosec // all words in it are escaped
}

// inline is words with their links: to a page of the console, or by its kind to
// another instruction.
func inline(words string) string {
	return linked.ReplaceAllStringFunc(template.HTMLEscapeString(words), func(link string) string {
		parts := linked.FindStringSubmatch(link)
		to := parts[2]
		if !strings.HasPrefix(to, "/console/") {
			to = "/console/instructions/" + to
		}
		return `<a class="govuk-link" href="` + to + `">` + parts[1] + `</a>`
	})
}

// plainWords are words without their links' targets.
func plainWords(words string) string { return linked.ReplaceAllString(words, "$1") }
