package answers

// ReadYesNo reads yes and no, in all the ways that English and Welsh have for
// them: "ye", "nope", "I haven't", "ydw", "nac oes", "👍". Text messages offer
// "1 for yes or 2 for no", so 1 and 2 are read as well.
func ReadYesNo(text string, _ Context) (bool, error) {
	s, code := scan(text)
	if code != "" {
		return false, &Error{KindYesNo, code}
	}
	said := silent
	for at := 0; at < len(s.tokens); {
		next, n := s.stance(at)
		if _, talk := longest(&s, at, 4, yesNoTalk); talk > n { // "mae'n ddrwg gen i" begins with a yes
			at += talk
			continue
		}
		switch {
		case n > 0 && next == doubtful:
			return false, &Error{KindYesNo, Unsure}
		case n > 0 && said != silent && said != next:
			return false, &Error{KindYesNo, TwoValues}
		case n > 0:
			said = next
		default:
			n = s.padding(at)
		}
		if n == 0 {
			return false, &Error{KindYesNo, NotUnderstood}
		}
		at += n
	}
	if said == silent {
		return false, &Error{KindYesNo, NotUnderstood}
	}
	return said == affirmed, nil
}

// stance is what a phrase says to a question.
type stance uint8

const (
	silent stance = iota
	affirmed
	denied
	doubtful
)

// stance reads the phrase at a token that says yes, no, or neither.
func (s *sentence) stance(at int) (stance, int) {
	if unsure, n := longest(s, at, 5, doubt); unsure {
		return doubtful, n
	}
	said, n := longest(s, at, 4, stanceOf)
	if clause, m := s.englishClause(at); m > n {
		said, n = clause, m
	}
	if judged, m := s.judgement(at); m > n {
		said, n = judged, m
	}
	if verb, m := s.welshVerb(at); m > n { // "na fydd" goes before "na"
		said, n = verb, m
	}
	if n > 0 {
		return said, n
	}
	if plain := unstretched(s.word(at)); plain != "" {
		if said := stanceOf(plain); said != silent {
			return said, 1
		}
	}
	return silent, 0
}

// englishClause reads "I do", "it hasn't", "I'm not", "have not".
func (s *sentence) englishClause(at int) (stance, int) {
	i := at
	if shortened(s.word(i)) && s.word(i+1) == "not" { // "im not"
		return denied, 2
	}
	subject := isSubject(s.word(i))
	if subject {
		i++
	}
	switch verb := s.word(i); {
	case isNegated(verb):
		return denied, i + 1 - at
	case isAuxiliary(verb) && s.word(i+1) == "not":
		return denied, i + 2 - at
	case isAuxiliary(verb) && subject:
		return affirmed, i + 1 - at
	}
	return silent, 0
}

// judgement reads "it's right", "that is not correct", "all good".
func (s *sentence) judgement(at int) (stance, int) {
	begins, n := longest(s, at, 3, beginsJudgement)
	if !begins {
		return silent, 0
	}
	i, said := at+n, affirmed
	if s.word(i) == "not" {
		i, said = i+1, denied
	}
	if s.word(i) == "all" {
		i++
	}
	switch s.word(i) {
	case "correct", "right", "true", "fine", "ok", "okay", "good", "great", "perfect", "accurate", "alright":
		return said, i + 1 - at
	case "wrong", "incorrect", "false", "untrue":
		if said == affirmed {
			return denied, i + 1 - at
		}
	}
	return silent, 0
}

// welshVerb reads "ydw", "oes", "nac ydw", "na fydd": Welsh answers with the
// verb of the question.
func (s *sentence) welshVerb(at int) (stance, int) {
	said, i := affirmed, at
	switch s.word(i) {
	case "nac", "nag":
		if !answerVerb(s.word(i + 1)) {
			return silent, 0
		}
		said, i = denied, i+1
	case "na", "ni":
		if !mutatedVerb(s.word(i + 1)) {
			return silent, 0
		}
		said, i = denied, i+1
	default:
		if !answerVerb(s.word(i)) {
			return silent, 0
		}
	}
	i++
	if isWelshPronoun(s.word(i)) {
		i++
	}
	if s.word(i) == "ddim" { // ydw i ddim, nac ydw ddim
		said, i = denied, i+1
	}
	return said, i - at
}

// unstretched is a word without the letters that people draw out ("yesss",
// "nooooo"), or "" when none is. Two equal letters in the middle stay.
func unstretched(word string) string {
	if len(word) < 3 || len(word) > 24 {
		return ""
	}
	var buffer [24]byte
	b := buffer[:0]
	stretched := false
	for i := 0; i < len(word); {
		run := 1
		for i+run < len(word) && word[i+run] == word[i] {
			run++
		}
		b = append(b, word[i])
		switch {
		case run > 2 || run == 2 && i+run == len(word):
			stretched = true
		case run == 2:
			b = append(b, word[i])
		}
		i += run
	}
	if !stretched {
		return ""
	}
	return string(b)
}
