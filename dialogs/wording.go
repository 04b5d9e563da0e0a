package dialogs

import (
	"fmt"
	"strings"

	"parley/templates"
)

// asks reports words that ask people to reply what never reaches us.
func (l *linter) asks(language templates.Language, at place, key, raw string) {
	if word := templates.AsksReserved(raw); word != "" {
		l.found(lintReserved, fileOf(language), at, "%q asks people to reply %s, which the network keeps for itself: use another word", key, word)
	}
}

// links reports addresses outside the allowed domain, with https:// or without.
func (l *linter) links(language templates.Language, at place, key, raw string) {
	for _, host := range templates.ForeignLinks(raw) {
		l.found(lintLink, fileOf(language), at, "%q links to %s: only %s is allowed", key, host, templates.LinkDomain)
	}
}

// length reports words that are too long for a text message.
func (l *linter) length(language templates.Language, at place, key, raw string) {
	if parts := templates.PrepareSMS(raw).Segments; parts > templates.MaxSegments {
		l.found(lintTooLong, fileOf(language), at, "%q takes %d text messages and may take %d: make it shorter", key, parts, templates.MaxSegments)
	}
}

// characters reports English that a text message cannot carry as it is
// written, or only at double the price. Welsh letters are kept: they are worth
// theirs.
func (l *linter) characters(language templates.Language, at place, key, raw string) {
	if language != templates.English {
		return
	}
	wrong, fits := templates.Uncarried(raw)
	instead := make([]string, len(wrong))
	for i, own := range wrong {
		if instead[i] = fmt.Sprintf("Take out %s (U+%04X).", own, []rune(own)[0]); fits[i] != "" {
			instead[i] = fmt.Sprintf("Write %s instead of %s.", fits[i], own)
		}
	}
	if len(wrong) > 0 {
		l.found(lintCharacter, scriptFile, at, "%q holds %s, which a text message cannot carry as it is. %s", key, templates.English.List(wrong), strings.Join(instead, " "))
	}
}

// command reports a word that would be taken for something else before the
// question sees it. YES reaches us beside being an opt-in.
func (l *linter) command(language templates.Language, at place, key, word string) {
	word = plain(word)
	if c, _ := parseCommand(word); c != noCommand || word != "yes" && templates.IsReserved(word) {
		l.found(lintReserved, fileOf(language), at, "%q takes the word %q, which means something else everywhere: use another", key, word)
	}
}
