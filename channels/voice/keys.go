package voice

import (
	"strconv"
	"strings"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

// wordsOf is what we read to a caller of one entry: what it says and how to answer
// it by telephone.
func wordsOf(e gateway.Entry) string {
	text := dialogs.Message{Words: e.Text, Ask: e.Ask, Language: e.Language}.Render(string(directory.Voice))
	if how := byKeys(e.Ask, e.Language); how != "" {
		text += " " + how
	}
	return text
}

// byKeys is how to answer with keys what the dialogs' own words ask to be said.
func byKeys(ask *dialogs.Ask, language templates.Language) string {
	switch {
	case ask == nil:
		return ""
	case ask.Kind == dialogs.ForCheck:
		return sayCheckKeys.in(language)
	case ask.Kind == dialogs.ForFile && len(ask.Words) > 0:
		return sayLaterKey.in(language)
	default:
		return ""
	}
}

// oneKey reports whether a single key answers a question.
func oneKey(ask *dialogs.Ask) bool {
	if ask == nil {
		return true
	}
	switch ask.Kind {
	case dialogs.ForChoice, dialogs.ForYesNo, dialogs.ForPeriod:
		return len(ask.Options) < 10
	case dialogs.ForFile:
		return true
	default:
		return false
	}
}

// typed is what keys mean as an answer to a question, as a person would write
// it.
func typed(keys string, ask *dialogs.Ask, language templates.Language) string {
	if ask == nil {
		return keys
	}
	switch ask.Kind {
	case dialogs.ForMany:
		return strings.Join(strings.Split(keys, ""), ", ")
	case dialogs.ForMoney, dialogs.ForMoneyPerPeriod:
		return strings.ReplaceAll(keys, "*", ".")
	case dialogs.ForDate:
		if len(keys) == len("03112026") {
			return keys[:2] + " " + keys[2:4] + " " + keys[4:]
		}
	case dialogs.ForCheck:
		return checked(keys, language)
	case dialogs.ForFile:
		if n, err := strconv.Atoi(keys); err == nil && n >= 1 && n <= len(ask.Words) {
			return ask.Words[n-1].Label
		}
	}
	return keys
}

// checked is what keys mean where answers are checked: 1 for all is right, 2 and
// a number to change that answer.
func checked(keys string, language templates.Language) string {
	ok, change := "OK", "CHANGE "
	if language == templates.Welsh {
		ok, change = "IAWN", "NEWID "
	}
	if number, found := strings.CutPrefix(keys, "2"); found && number != "" {
		return change + number
	}
	if keys == "1" {
		return ok
	}
	return keys
}
