package answers

import "strings"

// ReadNationalInsurance reads a National Insurance number and returns it in
// capitals without spaces: "AB123456C". HMRC's manual NIM39110 tells which
// letters are used; a number that was never given to anybody cannot be told
// from one that was.
func ReadNationalInsurance(text string, _ Context) (string, error) {
	fail := func(code Code) (string, error) { return "", &Error{KindNationalInsurance, code} }
	s, code := scan(text)
	if code != "" {
		return fail(code)
	}
	if unsure, _ := longest(&s, 0, 4, doubt); unsure {
		return fail(Unsure)
	}
	from, to := s.within(introducesNationalInsurance)
	var buffer [9]byte
	b := buffer[:0]
	for i := from; i < to; i++ {
		word := s.word(i)
		if word == "-" || word == "." || word == "/" {
			continue
		}
		if s.is(i, mark) || len(b)+len(word) > 9 {
			return fail(NotUnderstood)
		}
		b = append(b, word...)
	}
	number := strings.ToUpper(string(b))
	if len(number) != 9 {
		return fail(NotUnderstood)
	}
	// Where only a digit can be, an O is a 0.
	number = number[:2] + strings.ReplaceAll(number[2:8], "O", "0") + number[8:]
	if !isNationalInsurance(number) {
		return fail(NotUnderstood)
	}
	return number, nil
}

// isNationalInsurance checks nine capitals and digits.
func isNationalInsurance(number string) bool {
	first, second, suffix := number[0], number[1], number[8]
	switch number[:2] {
	case "BG", "GB", "KN", "NK", "NT", "TN", "ZZ": // not given
		return false
	}
	return isCapital(first) && isCapital(second) &&
		!strings.ContainsRune("DFIQUV", rune(first)) && !strings.ContainsRune("DFIOQUV", rune(second)) &&
		strings.Trim(number[2:8], "0123456789") == "" && suffix >= 'A' && suffix <= 'D'
}

func isCapital(c byte) bool { return c >= 'A' && c <= 'Z' }

func introducesNationalInsurance(phrase string) bool {
	switch phrase {
	case "my national insurance number is", "national insurance number is", "national insurance number",
		"national insurance", "my ni number is", "ni number is", "ni number", "my ni is", "ni", "ni no", "nino",
		"my nino is", "its", "it is", "fy rhif yswiriant gwladol yw", "rhif yswiriant gwladol", "rhif yg",
		"rhif yswiriant gwladol yw":
		return true
	}
	return false
}
