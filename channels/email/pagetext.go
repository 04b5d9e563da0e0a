package email

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pageText is an HTML page as plain text: lines where the page has lines, and
// what it quotes with ">" before it. It follows the tags one by one, so that a
// page of any depth and any brokenness is read in one go.
func pageText(page string) string {
	w := &pageWriter{}
	tags := html.NewTokenizer(strings.NewReader(page))
	for {
		switch tags.Next() {
		case html.ErrorToken:
			return w.text()
		case html.TextToken:
			w.words(string(tags.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			w.open(tags.Token())
		case html.EndTagToken:
			w.close(tags.Token().DataAtom)
		}
	}
}

// pageWriter writes the text of a page.
type pageWriter struct {
	lines   []string
	line    strings.Builder
	quotes  []atom.Atom // open elements that quote, and within them all of their kind
	marked  []bool      // whether each of quotes itself quotes
	hidden  int         // open elements whose text is not shown
	exact   int         // open elements whose white space counts
	pending bool        // a space comes before the next word
}

// hiding are elements whose text nobody sees.
var hiding = []atom.Atom{atom.Head, atom.Script, atom.Style, atom.Title, atom.Template, atom.Noscript}

// blocks are elements that begin and end a line.
var blocks = []atom.Atom{
	atom.Address, atom.Article, atom.Blockquote, atom.Dd, atom.Div, atom.Dl, atom.Dt, atom.Footer, atom.Form, atom.H1, atom.H2,
	atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hr, atom.Li, atom.Main, atom.Ol, atom.P, atom.Pre, atom.Section,
	atom.Table, atom.Tr, atom.Ul,
}

// spaced are those of them that stand apart from what is around them.
var spaced = []atom.Atom{atom.P, atom.Ul, atom.Ol, atom.Table, atom.Pre, atom.H1, atom.H2, atom.H3}

func (w *pageWriter) open(tag html.Token) {
	switch {
	case slices.Contains(hiding, tag.DataAtom):
		if tag.Type == html.StartTagToken {
			w.hidden++
		}
		return
	case tag.DataAtom == atom.Body:
		w.hidden = 0 // a head that was never closed
		return
	case tag.DataAtom == atom.Br:
		w.endLine()
		return
	}
	if slices.Contains(blocks, tag.DataAtom) {
		w.beginBlock(tag.DataAtom)
	}
	w.beginPart(tag)
	switch tag.DataAtom {
	case atom.Td, atom.Th:
		w.pending = true
	case atom.Pre:
		w.exact++
	}
}

// beginPart looks at whether an element is one that mail programs put what is
// not new in: the message replied to, or the writer's signature.
func (w *pageWriter) beginPart(tag html.Token) {
	if tag.Type != html.StartTagToken {
		if identifierOf(tag) == "stopSpelling" { // <hr>, Hotmail
			w.put(outlookRule)
			w.endLine()
		}
		return
	}
	id, classes := identifierOf(tag), strings.Fields(attribute(tag, "class"))
	quotes := tag.DataAtom == atom.Blockquote && !slices.Contains(classes, "gmail_signature")
	for _, class := range classes {
		switch class {
		case "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix", "tutanota_quote":
			quotes = true
		case "gmail_signature", "moz-signature", "protonmail_signature_block":
			w.put("-- ")
			w.endLine()
		}
	}
	switch id {
	case "divRplyFwdMsg", "appendonsend", "stopSpelling", "mail-editor-reference-message-container": // Outlook
		w.put(outlookRule)
		w.endLine()
	case "Signature", "signature", "ms-outlook-mobile-signature":
		w.put("-- ")
		w.endLine()
	}
	if quotes || slices.Contains(w.quotes, tag.DataAtom) {
		w.quotes, w.marked = append(w.quotes, tag.DataAtom), append(w.marked, quotes)
	}
}

// outlookRule is what Outlook writes above the message replied to in plain text.
const outlookRule = "-----Original Message-----"

func identifierOf(tag html.Token) string {
	id := attribute(tag, "id")
	return strings.TrimPrefix(id, "x_") // Outlook's prefix for what it has seen before
}

func attribute(tag html.Token, name string) string {
	for _, a := range tag.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func (w *pageWriter) close(name atom.Atom) {
	switch {
	case slices.Contains(hiding, name):
		w.hidden = max(0, w.hidden-1)
	case name == atom.Pre:
		w.exact = max(0, w.exact-1)
	}
	if slices.Contains(blocks, name) {
		w.beginBlock(name)
	}
	if last := len(w.quotes) - 1; last >= 0 && w.quotes[last] == name {
		w.quotes, w.marked = w.quotes[:last], w.marked[:last]
	}
}

// beginBlock ends the line that is open, and leaves one empty around what
// stands apart.
func (w *pageWriter) beginBlock(name atom.Atom) {
	if w.line.Len() > 0 {
		w.endLine()
	}
	w.pending = false
	if last := len(w.lines) - 1; slices.Contains(spaced, name) && last >= 0 && strings.Trim(w.lines[last], "> ") != "" {
		w.endLine()
	}
}

// words writes text, with white space as a page shows it.
func (w *pageWriter) words(text string) {
	if w.hidden > 0 {
		return
	}
	if w.exact > 0 {
		for i, line := range strings.Split(text, "\n") {
			if i > 0 {
				w.endLine()
			}
			w.put(line)
		}
		return
	}
	words := strings.FieldsFunc(text, isPageSpace)
	if text != "" && isPageSpace(rune(text[0])) {
		w.pending = true
	}
	for i, word := range words {
		if (i > 0 || w.pending) && w.line.Len() > 0 {
			w.put(" ")
		}
		w.put(strings.ReplaceAll(word, "\u00a0", " "))
	}
	w.pending = len(words) == 0 && w.pending || text != "" && isPageSpace(rune(text[len(text)-1]))
}

// isPageSpace is white space in HTML; a no-break space is not.
func isPageSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

func (w *pageWriter) put(text string) {
	if w.hidden == 0 {
		w.line.WriteString(text)
	}
}

// endLine puts the open line, which may be empty, behind its quotation marks.
func (w *pageWriter) endLine() {
	depth := 0
	for _, marked := range w.marked {
		if marked {
			depth++
		}
	}
	line := w.line.String()
	if line != "-- " {
		line = strings.TrimRight(line, " ")
	}
	if depth > 0 {
		line = strings.Repeat(">", min(depth, maxDepth)) + " " + line
	}
	w.lines = append(w.lines, line)
	w.line.Reset()
	w.pending = false
}

func (w *pageWriter) text() string {
	if w.line.Len() > 0 {
		w.endLine()
	}
	return strings.TrimSuffix(strings.Join(w.lines, "\n"), "\n")
}
