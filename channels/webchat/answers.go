package webchat

import (
	"net/url"
	"strconv"
	"strings"

	"parley/dialogs"
	"parley/templates"
)

// A form gives the fields "answer" in the order of the page, and perhaps "own"
// (the same in the visitor's own words) or "say" (a button that stands for
// words). answerText makes of them what the visitor would have written, which
// is all that the engine reads: "410.50 a week", "1 November 2026". The page's
// script does the same in src/chat/answers.js; testdata/answers.json holds
// both to it. Nothing entered gives "".
func answerText(kind dialogs.AskKind, l templates.Language, form url.Values) string {
	if said := strings.TrimSpace(form.Get("say")); said != "" {
		return said
	}
	if own := strings.TrimSpace(form.Get("own")); own != "" {
		return own
	}
	fields := form["answer"]
	if kind == dialogs.ForDate {
		fields = monthNamed(l, fields)
	}
	given := make([]string, 0, len(fields))
	for _, field := range fields {
		if field = strings.TrimSpace(field); field != "" {
			given = append(given, field)
		}
	}
	return strings.Join(given, between(kind))
}

// between is what parts the fields of an answer.
func between(kind dialogs.AskKind) string {
	switch kind {
	case dialogs.ForMany, dialogs.ForAddress:
		return ", "
	default:
		return " "
	}
}

// monthNamed writes the middle one of three fields as a month's name, so that
// nobody takes it for the day.
func monthNamed(l templates.Language, fields []string) []string {
	if len(fields) != 3 {
		return fields
	}
	month, err := strconv.Atoi(strings.TrimSpace(fields[1]))
	if err != nil || month < 1 || month > 12 {
		return fields
	}
	return []string{fields[0], monthName(l, month), fields[2]}
}

func monthName(l templates.Language, month int) string {
	return strings.Fields(l.Date(2000, month, 1))[1]
}
