package console

import (
	"html/template"
	"strings"

	"parley/gateway/directory"
	"parley/templates"
)

// why is a reason of the gateway's in a page's language: why a message was not
// sent, or why there is work. Several stand with "; " between them, and each may
// stand behind what it is of, with ": ". What there are no words for, such as
// what a provider says, stays English and is marked as that.
func (c *Console) why(l templates.Language, reasons string) template.HTML {
	var said []string
	for part := range strings.SplitSeq(reasons, "; ") {
		said = append(said, c.whyPart(l, part))
	}
	return template.HTML(strings.Join(said, "; ")) //nolint:gosec // whyPart escapes
}

func (c *Console) whyPart(l templates.Language, part string) string {
	if words, err := say(l, "why."+part); err == nil {
		return template.HTMLEscapeString(words)
	}
	if title := c.titleOf(l, part); title != "" { // a report, by the dialog that it comes from
		return template.HTMLEscapeString(title)
	}
	of, rest, ok := strings.Cut(part, ": ")
	switch {
	case !ok:
	case c.titleOf(l, of) != "":
		return template.HTMLEscapeString(c.titleOf(l, of)) + ": " + c.whyPart(l, rest)
	case strings.HasPrefix(of, "marked by "):
		by, _ := say(l, "why.marked by", c.staffName(directory.StaffID(strings.TrimPrefix(of, "marked by "))))
		return template.HTMLEscapeString(by) + ": " + c.whyPart(l, rest)
	default:
		for _, group := range []string{"why.", "channel."} {
			if words, err := say(l, group+of); err == nil {
				return template.HTMLEscapeString(words) + ": " + c.whyPart(l, rest)
			}
		}
	}
	if l == templates.English {
		return template.HTMLEscapeString(part)
	}
	return `<span lang="en">` + template.HTMLEscapeString(part) + `</span>`
}

// titleOf is the title of a dialog, empty when there is none of that name.
func (c *Console) titleOf(l templates.Language, name string) string {
	if d := c.dialog(name); d != nil {
		return d.Title(l)
	}
	return ""
}
