package answers

// numeral reads a whole number from 0 to 99 in words, as English and both ways
// of Welsh count it: "twenty-five", "dau ddeg pump", "pump ar hugain". It
// returns the value and how many tokens it took.
func (s *sentence) numeral(at int) (value, n int) {
	if s.phrase(at, 2) == "hanner cant" {
		return 50, 2
	}
	if tens := tensWord(s.word(at)); tens > 0 {
		i := at + 1
		if s.word(i) == "-" && s.glued(i) {
			i++
		}
		if unit, ok := unitWord(s.word(i)); ok && unit > 0 && unit < 10 {
			return tens + unit, i + 1 - at
		}
		return tens, 1
	}
	value, ok := unitWord(s.word(at))
	if !ok {
		return 0, 0
	}
	return s.welshNumeral(at, value)
}

// welshNumeral reads what may follow a Welsh unit.
func (s *sentence) welshNumeral(at, value int) (int, int) {
	i := at + 1
	switch s.word(i) {
	case "deg", "ddeg": // dau ddeg pump: 25
		i++
		after := i
		if word := s.word(after); word == "a" || word == "ac" {
			after++
		}
		if unit, ok := unitWord(s.word(after)); ok && unit > 0 && unit < 10 && value < 10 {
			return value*10 + unit, after + 1 - at
		}
		return value * 10, i - at
	case "ugain": // pedwar ugain: 80
		return value * 20, 2
	}
	for s.word(i) == "ar" { // tri ar ddeg: 13, un ar ddeg ar hugain: 31
		switch s.word(i + 1) {
		case "ddeg":
			value += 10
		case "bymtheg":
			value += 15
		case "hugain":
			value += 20
		default:
			return value, i - at
		}
		i += 2
	}
	return value, i - at
}

// unitWord knows the English words from 0 to 19 and the Welsh ones, with their
// genders and mutations, up to 20.
func unitWord(word string) (int, bool) {
	switch word {
	case "zero", "nought", "sero":
		return 0, true
	case "one", "un":
		return 1, true
	case "two", "dau", "dwy", "ddau", "ddwy":
		return 2, true
	case "three", "thre", "tri", "tair", "dri", "dair", "thri", "thair":
		return 3, true
	case "four", "pedwar", "pedair", "bedwar", "bedair", "phedwar", "phedair":
		return 4, true
	case "five", "pump", "pum", "bump", "bum", "phump", "phum":
		return 5, true
	case "six", "chwech", "chwe":
		return 6, true
	case "seven", "saith":
		return 7, true
	case "eight", "eigth", "wyth":
		return 8, true
	case "nine", "naw":
		return 9, true
	case "ten", "deg", "deng":
		return 10, true
	case "eleven":
		return 11, true
	case "twelve", "twelv", "deuddeg", "deuddeng":
		return 12, true
	case "thirteen":
		return 13, true
	case "fourteen":
		return 14, true
	case "fifteen", "fiveteen", "pymtheg", "pymtheng", "bymtheg":
		return 15, true
	case "sixteen":
		return 16, true
	case "seventeen":
		return 17, true
	case "eighteen", "eightteen", "deunaw", "ddeunaw":
		return 18, true
	case "nineteen":
		return 19, true
	case "ugain":
		return 20, true
	}
	return 0, false
}

// tensWord knows the words for the tens, and the Welsh ones written together.
func tensWord(word string) int {
	switch word {
	case "twenty", "twenny", "dauddeg", "ddauddeg":
		return 20
	case "thirty", "trideg", "thrideg":
		return 30
	case "forty", "fourty", "deugain", "ddeugain", "pedwardeg", "phedwardeg":
		return 40
	case "fifty", "pumdeg", "bumdeg", "phumdeg":
		return 50
	case "sixty", "trigain", "chwedeg":
		return 60
	case "seventy", "saithdeg":
		return 70
	case "eighty", "eightty", "wythdeg":
		return 80
	case "ninety", "ninty", "nawdeg":
		return 90
	}
	return 0
}
