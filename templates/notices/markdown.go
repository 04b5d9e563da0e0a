package notices

import (
	"regexp"
	"strings"
)

// BlockKind is what a block of a document is.
type BlockKind string

// The blocks that Markdown gives here. Everything else is a paragraph.
const (
	Paragraph BlockKind = "paragraph"
	Heading   BlockKind = "heading" // ## words
	Bullets   BlockKind = "bullets" // - words, or * words
	Numbers   BlockKind = "numbers" // 1. words
	Inset     BlockKind = "inset"   // ^ words
	Figures   BlockKind = "table"   // a table of the data
)

// block is a block as it is written.
type block struct {
	kind  BlockKind
	texts []text // one; of a list, its items
	table int    // the field of a table
	line  int
}

var (
	bulletMark = regexp.MustCompile(`^[-*] +`)
	numberMark = regexp.MustCompile(`^\d{1,2}\. +`)
	loneField  = regexp.MustCompile(`^\(\(([^()?]+)\)\)$`)
)

// parseBlocks reads the Markdown of one form. Lines of a paragraph run on;
// an empty line ends it.
func (r *formReader) parseBlocks(lines []sourceLine) []block {
	var blocks []block
	var open []string // the lines of an open paragraph or item
	kind, at := Paragraph, 0
	end := func() {
		if len(open) > 0 {
			blocks = r.addBlock(blocks, kind, strings.Join(open, " "), at)
			open = nil
		}
	}
	for _, l := range lines {
		words := strings.TrimSpace(l.text)
		next, rest := lineKind(words)
		switch {
		case words == "":
			end()
			kind = Paragraph
		case next != Paragraph || len(open) == 0:
			end()
			kind, at, open = next, l.number, []string{rest}
			if next == Heading {
				end()
				kind = Paragraph
			}
		default:
			open = append(open, words)
		}
	}
	end()
	return blocks
}

// lineKind tells what a line begins, and gives its words.
func lineKind(words string) (BlockKind, string) {
	if rest, ok := strings.CutPrefix(words, "## "); ok {
		return Heading, strings.TrimSpace(rest)
	}
	if rest, ok := strings.CutPrefix(words, "^ "); ok {
		return Inset, strings.TrimSpace(rest)
	}
	if mark := bulletMark.FindString(words); mark != "" {
		return Bullets, words[len(mark):]
	}
	if mark := numberMark.FindString(words); mark != "" {
		return Numbers, words[len(mark):]
	}
	return Paragraph, words
}

// addBlock adds a block, or an item to the list that is the last one.
func (r *formReader) addBlock(blocks []block, kind BlockKind, words string, line int) []block {
	if m := loneField.FindStringSubmatch(words); m != nil && kind == Paragraph {
		if i, ok := r.notice.field(m[1]); ok && r.notice.Fields[i].Kind == TableKind {
			r.uses[i] = true
			return append(blocks, block{kind: Figures, table: i, line: line})
		}
	}
	t := r.parseText(words, line)
	if last := len(blocks) - 1; last >= 0 && (kind == Bullets || kind == Numbers) && blocks[last].kind == kind {
		blocks[last].texts = append(blocks[last].texts, t)
		return blocks
	}
	return append(blocks, block{kind: kind, texts: []text{t}, line: line})
}
