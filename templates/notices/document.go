package notices

import (
	"html"
	"strconv"
	"strings"
)

// Document is a notice in blocks, in words: nothing in it is markup.
type Document []Block

// Block is one block of a document.
type Block struct {
	Kind  BlockKind
	Items []string    // its words; of a list, one for each item
	Rows  [][2]string // of a table: what each row says, and its figure
}

// Text is the document as plain text: blocks with an empty line between them.
func (d Document) Text() string {
	var b strings.Builder
	b.Grow(d.length())
	for i := range d {
		if i > 0 {
			b.WriteString("\n\n")
		}
		d[i].text(&b)
	}
	return b.String()
}

// length is how long its text is, or somewhat less.
func (d Document) length() (n int) {
	const around = 4 // an item: "\n", "- " or a number
	for i := range d {
		for _, item := range d[i].Items {
			n += len(item) + around
		}
		for _, row := range d[i].Rows {
			n += len(row[0]) + len(row[1]) + around
		}
	}
	return n
}

func (b *Block) text(out *strings.Builder) {
	for i, row := range b.Rows {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(row[0])
		if row[1] != "" {
			out.WriteString(": ")
			out.WriteString(row[1])
		}
	}
	for i, item := range b.Items {
		if i > 0 {
			out.WriteByte('\n')
		}
		switch b.Kind {
		case Bullets:
			out.WriteString("- ")
		case Numbers:
			out.WriteString(strconv.Itoa(i + 1))
			out.WriteString(". ")
		}
		out.WriteString(item)
	}
}

// HTML is the document as a fragment of HTML, for email.
func (d Document) HTML() string {
	var b strings.Builder
	for i := range d {
		d[i].html(&b)
	}
	return b.String()
}

// tags are the elements of a block, and of each of its items.
var tags = map[BlockKind][2]string{
	Paragraph: {"", "p"}, Heading: {"", "h2"}, Inset: {"blockquote", "p"}, Bullets: {"ul", "li"}, Numbers: {"ol", "li"},
}

func (b *Block) html(out *strings.Builder) {
	if b.Kind == Figures {
		b.tableHTML(out)
		return
	}
	outer, inner := tags[b.Kind][0], tags[b.Kind][1]
	if outer != "" {
		out.WriteString("<" + outer + ">")
	}
	for _, item := range b.Items {
		out.WriteString("<" + inner + ">" + html.EscapeString(item) + "</" + inner + ">")
	}
	if outer != "" {
		out.WriteString("</" + outer + ">")
	}
	out.WriteByte('\n')
}

func (b *Block) tableHTML(out *strings.Builder) {
	out.WriteString("<table>")
	for _, row := range b.Rows {
		out.WriteString("<tr><td>" + html.EscapeString(row[0]) + "</td><td>" + html.EscapeString(row[1]) + "</td></tr>")
	}
	out.WriteString("</table>\n")
}
