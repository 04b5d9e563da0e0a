package answers

import "strings"

// ReadPostcode reads a postcode of the United Kingdom and returns it in
// capitals with its space: "ls11aa" is "LS1 1AA". The form is that of BS 7666;
// whether there is such a postcode is not for this package to know.
func ReadPostcode(text string, _ Context) (string, error) {
	s, code := scan(text)
	if code != "" {
		return "", &Error{KindPostcode, code}
	}
	at := 0
	for at < len(s.tokens) && s.is(at, mark) {
		at++
	}
	if lead, n := longest(&s, at, 4, introducesPostcode); lead {
		at += n
	}
	postcode, n := s.postcode(at)
	if n == 0 {
		return "", &Error{KindPostcode, NotUnderstood}
	}
	for at += n; at < len(s.tokens); {
		n := s.padding(at)
		if _, another := s.postcode(at); another > 0 {
			return "", &Error{KindPostcode, TwoValues}
		}
		if n == 0 {
			return "", &Error{KindPostcode, NotUnderstood}
		}
		at += n
	}
	return postcode, nil
}

func introducesPostcode(phrase string) bool {
	switch phrase {
	case "postcode", "post code", "my postcode is", "my post code is", "postcode is", "its", "it is",
		"the postcode is", "cod post", "fy nghod post yw", "y cod post yw":
		return true
	}
	return false
}

// postcode reads a postcode from a token on. Its parts may stand apart
// ("ls1 1aa") or together ("ls11aa"), and an O may stand for a 0 where only a
// digit can be.
func (s *sentence) postcode(at int) (string, int) {
	var buffer [8]byte
	b := buffer[:0]
	for i := at; i < len(s.tokens); i++ {
		word := s.word(i)
		if s.is(i, mark) || len(b)+len(word) > 7 {
			break
		}
		b = append(b, word...)
		ends := i+1 == len(s.tokens) || !s.glued(i+1) || s.is(i+1, mark)
		if postcode, ok := formPostcode(string(b)); ok && ends {
			return postcode, i + 1 - at
		}
	}
	return "", 0
}

// formPostcode checks the letters and digits of a whole postcode.
func formPostcode(text string) (string, bool) {
	if len(text) < 5 || len(text) > 7 {
		return "", false
	}
	outward, inward := strings.ToUpper(text[:len(text)-3]), strings.ToUpper(text[len(text)-3:])
	if inward[0] == 'O' {
		inward = "0" + inward[1:]
	}
	if inward[0] < '0' || inward[0] > '9' || !inwardLetter(inward[1]) || !inwardLetter(inward[2]) {
		return "", false
	}
	area := strings.TrimRight(outward, "0123456789")
	if district := outward[len(area):]; district == "" && len(area) > 2 { // W1A, EC1A
		area = strings.TrimRight(area[:len(area)-1], "0123456789")
	}
	district := outward[len(area):]
	if !isPostcodeArea(area) || !isDistrict(district) {
		return "", false
	}
	return outward + " " + inward, true
}

// inwardLetter leaves out the letters that look like others: C I K M O V.
func inwardLetter(c byte) bool {
	return c >= 'A' && c <= 'Z' && strings.IndexByte("CIKMOV", c) < 0
}

// isDistrict takes 1, 12 and 1A.
func isDistrict(d string) bool {
	isDigit := func(i int) bool { return d[i] >= '0' && d[i] <= '9' }
	switch len(d) {
	case 1:
		return isDigit(0)
	case 2:
		return isDigit(0) && (isDigit(1) && d[0] != '0' || d[1] >= 'A' && d[1] <= 'Z')
	}
	return false
}

// isPostcodeArea knows the areas of Royal Mail, the Crown dependencies and the
// British Forces.
func isPostcodeArea(area string) bool {
	switch area {
	case "AB", "AL", "B", "BA", "BB", "BD", "BF", "BH", "BL", "BN", "BR", "BS", "BT", "BX", "CA", "CB", "CF", "CH",
		"CM", "CO", "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "E", "EC", "EH",
		"EN", "EX", "FK", "FY", "G", "GL", "GU", "GY", "HA", "HD", "HG", "HP", "HR", "HS", "HU", "HX", "IG", "IM",
		"IP", "IV", "JE", "KA", "KT", "KW", "KY", "L", "LA", "LD", "LE", "LL", "LN", "LS", "LU", "M", "ME", "MK",
		"ML", "N", "NE", "NG", "NN", "NP", "NR", "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH",
		"RM", "S", "SA", "SE", "SG", "SK", "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD",
		"TF", "TN", "TQ", "TR", "TS", "TW", "UB", "W", "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE":
		return true
	}
	return false
}
