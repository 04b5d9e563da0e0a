package answers

// pattern is a way to say how often without a count of nights.
type pattern struct {
	nights Decimal
	period Period
	fixed  bool // nothing can be added to it
}

// patternOf knows the patterns that have words of their own. A weekend is two
// nights, Friday and Saturday, unless another count is given.
func patternOf(phrase string) pattern {
	switch phrase {
	case "every weekend", "each weekend", "weekends", "weekend", "at weekends", "on weekends", "every wkend",
		"all weekends", "a weekend", "the weekend", "the weekends", "at the weekend", "every single weekend",
		"per weekend", "bob penwythnos", "pob penwythnos", "penwythnosau", "ar benwythnosau", "ar y penwythnos",
		"dros y penwythnos":
		return pattern{nights: Whole(2), period: Week}
	case "every other weekend", "every other wkend", "every other w / e", "each other weekend",
		"every second weekend", "every 2 nd weekend", "every 2 weekends", "every two weekends", "alternate weekends",
		"alternative weekends", "alternating weekends", "alt weekends", "alt weekend", "alternate weekend",
		"every alternate weekend", "eow", "every othr weekend", "evry other weekend", "every other weekends",
		"other weekend", "bob yn ail benwythnos", "pob yn ail benwythnos", "bob ail benwythnos", "pob ail benwythnos",
		"bob yn ail penwythnos", "penwythnos bob pythefnos":
		return pattern{nights: Whole(2), period: Fortnight}
	case "every 4 th weekend", "every fourth weekend":
		return pattern{nights: Whole(2), period: FourWeeks}
	case "every night", "every single night", "each night", "all nights", "bob nos", "pob nos":
		return pattern{nights: Whole(7), period: Week}
	case "every other night", "alternate nights", "every second night", "every 2 nd night", "bob yn ail noson",
		"bob yn ail nos", "week on week off", "week about", "week on and week off", "7 on 7 off",
		"week on / week off", "week on , week off", "one week on one week off", "1 week on 1 week off",
		"alternate weeks", "every other week", "every second week", "every 2 nd week", "bob yn ail wythnos",
		"pob yn ail wythnos":
		return pattern{nights: Whole(7), period: Fortnight}
	case "all the time", "always", "full time", "fulltime", "trwyr amser", "trwy r amser", "drwyr amser",
		"drwy r amser", "llawn amser":
		return pattern{Whole(365), Year, true}
	case "half the time", "half of the time", "50 / 50", "50 - 50", "50 50", "fifty fifty", "fifty - fifty",
		"half the nights", "half the week", "half the year", "half and half", "half", "half each", "equal", "equally",
		"even split", "shared equally", "halfn half", "half n half", "½ the time", "hanner yr amser", "hanner hanner":
		return pattern{Whole(182), Year, true}
	case "never", "none", "no nights", "not at all", "no overnights", "nothing", "nil", "zero", "no nights at all",
		"none at all", "no stays", "no overnight stays", "doesnt stay", "they dont stay", "they never stay",
		"dont stay over", "no sleepovers", "dim", "byth", "dim un", "dim noson", "dim nosweithiau", "dim o gwbl",
		"dim byd":
		return pattern{0, Year, true}
	}
	return pattern{}
}

// everyOf knows the words before the name of a night.
func everyOf(phrase string) Period {
	switch phrase {
	case "every", "each", "bob", "pob", "phob":
		return Week
	case "every other", "every second", "every 2 nd", "each other", "alternate", "alt", "alternating", "bob yn ail",
		"pob yn ail", "bob ail", "pob ail":
		return Fortnight
	}
	return ""
}

// turnOf knows the words for the two weeks of a fortnight.
func turnOf(phrase string) weekTurn {
	switch phrase {
	case "one week", "1 week", "week one", "week 1", "the first week", "first week", "un wythnos", "one wk", "1 wk":
		return oneWeek
	case "the next", "the next week", "next week", "the other", "the other week", "week two", "week 2",
		"the second week", "second week", "the following week", "the following", "other week", "next", "the next wk",
		"y nesaf", "yr wythnos nesaf", "y llall", "yr wythnos wedyn":
		return otherWeek
	}
	return noTurn
}

// timesOf knows the counts that are one word.
func timesOf(phrase string) Decimal {
	switch phrase {
	case "once", "unwaith":
		return Whole(1)
	case "twice", "dwywaith", "ddwywaith":
		return Whole(2)
	case "thrice", "teirgwaith", "deirgwaith":
		return Whole(3)
	}
	return 0
}

// spanOf knows the spans that nights are counted out of.
func spanOf(phrase string) Period {
	switch phrase {
	case "out of 7", "in 7", "in every 7", "out of every 7", "of 7", "out of seven", "nights out of 7", "nights in 7",
		"midweek", "mid week", "mid - week", "during the week", "in the week", "through the week", "o bob 7",
		"yng nghanol yr wythnos":
		return Week
	case "out of 14", "in 14", "in every 14", "out of every 14", "of 14", "out of fourteen", "nights out of 14",
		"nights in 14", "/ 14", "o bob 14":
		return Fortnight
	case "out of 28", "in 28", "in every 28", "out of every 28", "nights out of 28", "nights in 28":
		return FourWeeks
	case "out of 365", "in 365", "nights out of 365":
		return Year
	}
	return ""
}

// nightOf knows the days of the week as people name nights by them.
func nightOf(phrase string) weekdayWord {
	if n := len(phrase); n > 3 && phrase[n-1] == 's' {
		if day := weekdayOf(phrase[:n-1]); day.found { // "Fridays"
			return day
		}
	}
	return weekdayOf(phrase)
}

// nightsWord knows the words around a count of nights that leave it as it is.
func nightsWord(phrase string) bool {
	switch phrase {
	case "night", "nights", "nite", "nites", "nights a", "nigths", "nihgts", "nigts", "ngihts", "nght", "nghts",
		"overnight", "overnights", "over night", "overnight stays", "sleepover", "sleepovers", "stay", "stays",
		"stay over", "stays over", "staying", "sleep", "sleeps", "sleeping", "times", "time", "x a", "i have them",
		"i have him", "i have her", "we have them", "they", "he", "she", "i", "have", "my", "kids", "the kids", "kid",
		"children", "the children", "child", "my son", "my daughter", "son", "daughter", "both", "both kids",
		"all of them", "with me", "with us", "at mine", "at my house", "at my place", "at ours", "to mine", "come",
		"comes", "come over", "comes over", "sleep over", "sleeps over", "here", "from", "now", "at the moment",
		"split", "shared", "shared care", "period", "them", "him", "her", "for", "its", "it is", "is", "just", "only",
		"on", "the", "every", "each", "at", "of",
		// Welsh.
		"noson", "noswaith", "nosweithiau", "nos", "nosau", "waith", "gwaith", "mae", "mae n", "maen", "yn aros",
		"n aros", "aros", "maen nhwn aros", "maen nhw n aros", "mae nhwn aros", "mae nhw n aros", "gyda fi", "efo fi",
		"gyda mi", "y plant", "plant", "dim ond", "nhw", "am", "mae on", "mae o n", "mae hin", "mae hi n", "yma",
		"bob", "pob", "phob", "ar", "o":
		return true
	}
	return false
}
