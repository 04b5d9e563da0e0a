package email

import (
	"html"
	"regexp"
	"strconv"
	"strings"

	"parley/gateway"
)

var (
	numbered = regexp.MustCompile(`^(\d{1,2})\. (.*)$`)
	link     = regexp.MustCompile(`https://[^\s<>"']+[^\s<>"'.,;:!?)]`)
)

// pageOf is a message as an HTML page, of the same words and nothing else: of a
// notice its blocks, of any other text paragraphs where it has empty lines, lists
// where its lines are numbered, links where it has addresses of pages. It loads
// nothing and has no style.
func pageOf(m gateway.Message, title string) string {
	var b strings.Builder
	b.WriteString("<!doctype html>\n<html")
	if m.Language != "" {
		b.WriteString(` lang="` + html.EscapeString(string(m.Language)) + `"`)
	}
	b.WriteString(">\n<head><meta charset=\"utf-8\"><title>" + html.EscapeString(title) + "</title></head>\n<body>\n")
	if len(m.Document) > 0 && !m.Discreet {
		b.WriteString(m.Document.HTML())
	} else {
		for paragraph := range strings.SplitSeq(m.Text, "\n\n") {
			writeParagraph(&b, strings.Split(paragraph, "\n"))
		}
	}
	b.WriteString("</body>\n</html>\n")
	return b.String()
}

// writeParagraph writes lines as paragraphs and lists, one after the other.
func writeParagraph(b *strings.Builder, lines []string) {
	for i := 0; i < len(lines); {
		listed := numbered.FindStringSubmatch(lines[i]) != nil
		from := i
		for i < len(lines) && (numbered.FindStringSubmatch(lines[i]) != nil) == listed {
			i++
		}
		if listed {
			writeList(b, lines[from:i])
			continue
		}
		var shown []string
		for _, line := range lines[from:i] {
			shown = append(shown, linked(line))
		}
		if words := strings.Join(shown, "<br>\n"); words != "" {
			b.WriteString("<p>" + words + "</p>\n")
		}
	}
}

// writeList keeps each line's own number, which is what people answer with.
func writeList(b *strings.Builder, lines []string) {
	b.WriteString("<ol>\n")
	for _, line := range lines {
		parts := numbered.FindStringSubmatch(line)
		number, _ := strconv.Atoi(parts[1]) // two digits at most
		b.WriteString(`<li value="` + strconv.Itoa(number) + `">` + linked(parts[2]) + "</li>\n")
	}
	b.WriteString("</ol>\n")
}

func linked(line string) string {
	var b strings.Builder
	from := 0
	for _, at := range link.FindAllStringIndex(line, -1) {
		target := html.EscapeString(line[at[0]:at[1]])
		b.WriteString(html.EscapeString(line[from:at[0]]) + `<a href="` + target + `">` + target + "</a>")
		from = at[1]
	}
	b.WriteString(html.EscapeString(line[from:]))
	return b.String()
}
