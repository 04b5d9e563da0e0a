package webchat

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/dialogs"
)

// parted takes the question itself out of what is said around it to explain it:
// the last sentence with a question mark. Where there is none that is the first
// sentence, and of words that lead up to a PIN the last.
func parted(text string, kind dialogs.AskKind) (question string, hint []string) {
	all := sentences(text)
	at := 0
	if kind == dialogs.ForIdentity {
		at = len(all) - 1
	}
	for i, sentence := range all {
		if strings.HasSuffix(sentence, "?") {
			at = i
		}
	}
	for _, around := range [][]string{all[:at], all[at+1:]} {
		if len(around) > 0 {
			hint = append(hint, strings.Join(around, " "))
		}
	}
	return all[at], hint
}

// sentences parts a text after each full stop, question mark or exclamation
// mark that a space follows, and at the ends of lines; there is always one.
func sentences(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		begin := 0
		for i := 1; i < len(line); i++ {
			if line[i] == ' ' && strings.IndexByte(".?!", line[i-1]) >= 0 {
				all = append(all, strings.TrimSpace(line[begin:i]))
				begin = i
			}
		}
		if rest := strings.TrimSpace(line[begin:]); rest != "" {
			all = append(all, rest)
		}
	}
	if len(all) == 0 {
		return []string{text}
	}
	return all
}

// capital begins words that stand alone with a capital letter.
func capital(words string) string {
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}
