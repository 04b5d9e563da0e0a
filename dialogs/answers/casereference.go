package answers

// caseReferenceDigits is the length of the reference on the service's letters.
const caseReferenceDigits = 12

// ReadCaseReference reads the twelve digits of a case reference: "3000 1234
// 5678" is "300012345678".
func ReadCaseReference(text string, _ Context) (string, error) {
	fail := func(code Code) (string, error) { return "", &Error{KindCaseReference, code} }
	s, code := scan(text)
	if code != "" {
		return fail(code)
	}
	if unsure, _ := longest(&s, 0, 4, doubt); unsure {
		return fail(Unsure)
	}
	from, to := s.within(introducesReference)
	var buffer [caseReferenceDigits]byte
	b := buffer[:0]
	for i := from; i < to; i++ {
		switch word := s.word(i); {
		case s.is(i, digit) && len(b)+len(word) > caseReferenceDigits:
			return fail(TooLong)
		case s.is(i, digit):
			b = append(b, word...)
		case word != "-" && word != "/" && word != ".":
			return fail(NotUnderstood)
		}
	}
	switch {
	case len(b) == 0:
		return fail(NotUnderstood)
	case len(b) < caseReferenceDigits:
		return fail(TooShort)
	}
	return string(b), nil
}

func introducesReference(phrase string) bool {
	switch phrase {
	case "my reference is", "my reference number is", "the reference is", "reference is", "reference number is",
		"reference number", "reference", "ref", "ref no", "ref number", "my ref is", "case", "case number", "case no",
		"case reference", "case ref", "case number is", "my case number is", "my case is", "my case reference is",
		"number", "its", "it is", "#", "fy nghyfeirnod yw", "cyfeirnod", "y cyfeirnod yw", "rhif achos",
		"rhif yr achos yw", "achos", "rhif":
		return true
	}
	return false
}
