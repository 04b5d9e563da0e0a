package answers

// ordinal reads a day of the month in words: "first", "twenty-third",
// "trydydd", "unfed ar hugain".
func (s *sentence) ordinal(at int) (day, n int) {
	if tens := tensWord(s.word(at)); tens == 20 || tens == 30 {
		i := at + 1
		if s.word(i) == "-" && s.glued(i) {
			i++
		}
		if unit := ordinalWord(s.word(i)); unit > 0 && unit < 10 {
			return tens + unit, i + 1 - at
		}
		return 0, 0
	}
	day = ordinalWord(s.word(at))
	if day == 0 {
		return 0, 0
	}
	i := at + 1
	for s.word(i) == "ar" { // unfed ar ddeg: 11th
		switch s.word(i + 1) {
		case "ddeg":
			day += 10
		case "bymtheg":
			day += 15
		case "hugain":
			day += 20
		default:
			return day, i - at
		}
		i += 2
	}
	return day, i - at
}

// ordinalWord knows the English ordinals and the Welsh ones up to 20th.
func ordinalWord(word string) int {
	switch word {
	case "first", "frist", "cyntaf", "gyntaf", "unfed":
		return 1
	case "second", "secound", "ail":
		return 2
	case "third", "trydydd", "trydedd", "drydydd":
		return 3
	case "fourth", "forth", "pedwerydd", "pedwaredd", "bedwerydd":
		return 4
	case "fifth", "pumed", "bumed":
		return 5
	case "sixth", "chweched":
		return 6
	case "seventh", "seithfed":
		return 7
	case "eighth", "eigth", "wythfed":
		return 8
	case "ninth", "nineth", "nawfed":
		return 9
	case "tenth", "degfed", "ddegfed":
		return 10
	case "eleventh":
		return 11
	case "twelfth", "twelth", "deuddegfed", "ddeuddegfed":
		return 12
	case "thirteenth":
		return 13
	case "fourteenth":
		return 14
	case "fifteenth", "pymthegfed", "bymthegfed":
		return 15
	case "sixteenth":
		return 16
	case "seventeenth":
		return 17
	case "eighteenth", "deunawfed", "ddeunawfed":
		return 18
	case "nineteenth":
		return 19
	case "twentieth", "ugeinfed":
		return 20
	case "thirtieth":
		return 30
	}
	return 0
}

// ordinalSuffix knows what follows a day in digits: 1st, 2nd, 3ydd, 21ain.
func ordinalSuffix(word string) bool {
	switch word {
	case "st", "nd", "rd", "th", "af", "ail", "il", "ydd", "edd", "ed", "fed", "eg", "ain", "ths", "sth":
		return true
	}
	return false
}
