package dialogs

import (
	"slices"
	"strings"
	"unicode/utf8"

	"parley/dialogs/answers"
	"parley/templates"
)

// commonWords stand in any sentence, in one of the languages: what a parent
// writes first would choose something that they never meant.
var commonWords = strings.Fields("a an the this that it is am are was be been does did have has had i you we they he she my your " +
	"and or but so if of to in at on for with by as not please hello hi sorry " +
	"y yr mae yw oedd bod hwn hyn hynny fy eich dy ein eu chi ni nhw hi ac ond os ar at wrth gan gyda ddim helo plis")

// agreeing and denying are how people say yes and no, whatever was asked.
var (
	agreeing = strings.Fields("yes ye yeah yep yup y ok okay k aye sure ie ia iawn ocê")
	denying  = strings.Fields("no nope nah n na nage naddo")
)

// accepting are those that say, when asked whether there is more, that all is
// well. The choice for it is called "done".
var accepting = strings.Fields("ok okay k iawn ocê")

// common reports a word that should not choose what it does: it stands in any
// sentence, it is a single letter, or it is a yes or a no and the choice is
// neither, nor the end.
func (l *linter) common(language templates.Language, at place, s *step, value, word string) {
	word = plain(word)
	agrees, denies := slices.Contains(agreeing, word), slices.Contains(denying, word)
	switch {
	case agrees && s.choices.affirms(value), denies && s.choices.denies(value), value == "done" && slices.Contains(accepting, word):
	case agrees || denies:
		l.found(lintCommon, fileOf(language), at, "%q takes %q as %q: people write it to say yes or no, which this choice does not", s.key, word, value)
	case utf8.RuneCountInString(word) == 1 && !strings.Contains("0123456789", word):
		l.found(lintCommon, fileOf(language), at, "%q takes the single letter %q as %q: use a word", s.key, word, value)
	case slices.Contains(commonWords, word):
		l.found(lintCommon, fileOf(language), at, "%q takes %q as %q, and it stands in any sentence: use another word", s.key, word, value)
	}
}

// affirms reports whether a choice says yes.
func (c *choices) affirms(value string) bool {
	says, err := answers.ReadYesNo(c.label(value, templates.English), answers.Context{})
	return value == "yes" || err == nil && says
}

// denies reports whether a choice says no, or none of the others.
func (c *choices) denies(value string) bool {
	return denies(" "+value+" "+plain(c.label(value, templates.English))+" ") || value == "none" || value == "neither"
}
