package console

import (
	"fmt"

	"parley/templates"
)

// words are what a group of pages says, in English and in Welsh, by keys like
// "task.accept". Each group keeps its own beside its pages.
type words map[string][2]string

// allWords are those of every group.
var allWords = merged(frameWords, workWords, caseWords, conversationWords, labelWords, whyWords, figuresWords)

func merged(groups ...words) words {
	all := words{}
	for _, group := range groups {
		for key, both := range group {
			all[key] = both
		}
	}
	return all
}

// say is a word in a language. The error is a slip in a page.
func say(l templates.Language, key string, args ...any) (string, error) {
	both, ok := allWords[key]
	if !ok {
		return "", fmt.Errorf("there is no word %q", key)
	}
	text := both[0]
	if l == templates.Welsh {
		text = both[1]
	}
	if len(args) > 0 {
		text = fmt.Sprintf(text, args...)
	}
	return text, nil
}

// say is a word in the language of whoever asks. A test proves that there is
// each that the source says.
func (r *request) say(key string, args ...any) string {
	text, err := say(r.Language, key, args...)
	if err != nil {
		return key
	}
	return text
}

// wordOr is a word of a group that may grow faster than its words do; what has
// none yet has its own name.
func wordOr(l templates.Language, key, name string) string {
	word, err := say(l, key)
	if err != nil {
		return name
	}
	return word
}
