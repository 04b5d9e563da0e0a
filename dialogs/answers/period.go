package answers

// ReadPeriod reads how often something comes, and nothing else: "weekly",
// "every 4 weeks", "bob mis".
func ReadPeriod(text string, _ Context) (Period, error) {
	fail := func(code Code) (Period, error) { return "", &Error{KindPeriod, code} }
	s, code := scan(text)
	if code != "" {
		return fail(code)
	}
	var read Period
	for at := 0; at < len(s.tokens); {
		p, n := s.period(at)
		beside, ofAside := s.aside(at)
		switch {
		case n > 0 && read != "" && read != p:
			return fail(TwoValues)
		case n > 0:
			read, at = p, at+n
		case beside == passing:
			at += ofAside
		case beside == doubting:
			return fail(Unsure)
		case s.payTalk(at) > 0:
			at += s.payTalk(at)
		default:
			return fail(NotUnderstood)
		}
	}
	switch read {
	case "":
		return fail(NotUnderstood)
	case otherPeriod:
		return fail(UnknownPeriod)
	}
	return read, nil
}

// otherPeriod is one that has a name but no Period: an hour, three weeks,
// "twice a month".
const otherPeriod Period = "other"

// period reads how often something comes from a token on: "a week", "p/w",
// "every 4 weeks", "yr wythnos", "monthly". It returns how many tokens it took.
func (s *sentence) period(at int) (Period, int) {
	if p, n := longest(s, at, 5, periodIdiom); n > 0 {
		return p, n
	}
	lead := 0
	if found, n := longest(s, at, 3, periodLead); found {
		lead = n
	}
	if s.word(at) == "p" {
		if p, n := s.shortPeriod(at); n > 0 {
			return p, n
		}
	}
	if unit := perUnit(s.word(at)); unit != noUnit {
		return every(1, unit), 1
	}
	if lead > 0 {
		if p, n := longest(s, at+lead, 2, periodIdiom); n > 0 {
			return p, lead + n
		}
		if p, n := s.countedUnit(at+lead, true); n > 0 {
			return p, lead + n
		}
	}
	return s.countedUnit(at, false)
}

// shortPeriod reads p/w, p.w., p w, p.c.m. and their like.
func (s *sentence) shortPeriod(at int) (Period, int) {
	i := at + 1
	skip := func() {
		if mark := s.word(i); mark == "/" || mark == "." {
			i++
		}
	}
	skip()
	if s.word(i) == "c" {
		i++
		skip()
	}
	if s.word(i) == "a" && unitOf(s.word(i+1)) == noUnit {
		return Year, i + 1 - at
	}
	unit := shortUnit(s.word(i))
	if unit == noUnit {
		unit = unitOf(s.word(i))
	}
	if unit == noUnit {
		return "", 0
	}
	return every(1, unit), i + 1 - at
}

// countedUnit reads "week", "4 weeks", "two-weekly". After a lead ("per") a
// unit may be one letter.
func (s *sentence) countedUnit(at int, led bool) (Period, int) {
	i, count := at, 1
	if value, _, ok := s.digits(i); ok && (led || value <= mostCounted) {
		i, count = i+1, value
	} else if value, n := s.numeral(i); n > 0 {
		i, count = i+n, value
	}
	if i > at && s.word(i) == "-" && s.glued(i) {
		i++
	}
	unit := s.unit(i)
	if unit == noUnit && led && i == at {
		unit = shortUnit(s.word(i))
	}
	if unit == noUnit {
		return "", 0
	}
	return every(count, unit), i + 1 - at
}

// mostCounted is the most units that a number before one counts: "12 months",
// but "80 week" is an amount.
const mostCounted = 12

// unit is the unit at a token. In "yr wythnos" there is none yet: "yr" is a
// short year only on its own.
func (s *sentence) unit(i int) unit {
	if s.word(i) == "yr" && unitOf(s.word(i+1)) != noUnit {
		return noUnit
	}
	return unitOf(s.word(i))
}

// every is the period of so many units.
func every(count int, u unit) Period {
	switch {
	case u == week && count == 1, u == day && count == 7:
		return Week
	case u == week && count == 2, u == fortnight && count == 1, u == day && count == 14:
		return Fortnight
	case u == week && count == 4, u == day && count == 28:
		return FourWeeks
	case u == month && count == 1:
		return Month
	case u == year && count == 1, u == month && count == 12:
		return Year
	}
	return otherPeriod
}

// periodLead knows the words before a unit that make a period of it.
func periodLead(phrase string) bool {
	switch phrase {
	case "a", "an", "per", "each", "every", "each and every", "evry", "evrey", "every single", "/", "p", "for",
		"for a", "for each", "for every", "in", "in a", "in each", "by the", "for the", "in the", "over a", "once a",
		"once every", "once per",
		// Welsh.
		"y", "yr", "bob", "pob", "phob", "bod", "fesul", "mewn", "am y", "am yr", "unwaith y", "unwaith yr",
		"unwaith bob":
		return true
	}
	return false
}

// periodIdiom knows the periods that are not a count of units.
func periodIdiom(phrase string) Period {
	switch phrase {
	case "every other week", "every second week", "every 2 nd week", "each other week", "alternate weeks",
		"alternate weekly", "bob yn ail wythnos", "pob yn ail wythnos", "bob ail wythnos", "pob ail wythnos",
		"wythnos yn ail", "4 tnight", "4 tnite", "4 tnightly", "4 nightly":
		return Fortnight
	case "every 4 th week", "every fourth week", "lunar month", "per lunar month", "every lunar month":
		return FourWeeks
	case "calendar month", "per calendar month", "calender month", "per calender month", "a calender month",
		"a calendar month", "every calendar month", "each calendar month", "calendar monthly":
		return Month
	case "per annum", "per anum", "per anuum", "an annum":
		return Year
	case "twice a week", "twice weekly", "twice a month", "twice monthly", "twice a year", "bi weekly", "bi - weekly",
		"biweekly", "bi monthly", "bi - monthly", "bimonthly", "every other month", "every second month",
		"every other day", "semi monthly", "ddwywaith y mis", "dwywaith y mis", "dwywaith yr wythnos",
		"bob yn ail fis", "every 3 rd week", "every third week":
		return otherPeriod
	}
	return ""
}
