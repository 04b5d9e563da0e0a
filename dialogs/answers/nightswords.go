package answers

// patternOf knows the patterns that have words of their own. A weekend is two
// nights, Friday and Saturday; some mean three, so that it is confirmed.
func patternOf(phrase string) pattern {
	switch phrase {
	case "every weekend", "each weekend", "weekends", "every w / e", "every wkend", "all weekends", "every weekends", "bob penwythnos", "pob penwythnos", "penwythnosau":
		return pattern{nights: Whole(2), period: Week, vague: true}
	case "every other weekend", "every other wkend", "every other w / e", "every second weekend", "every 2 nd weekend", "alternate weekends", "alternative weekends", "eow", "every 2 weekends",
		"each other weekend", "bob yn ail benwythnos", "pob yn ail benwythnos", "bob ail benwythnos", "bob yn ail penwythnos", "pob ail benwythnos", "a weekend a fortnight", "1 weekend a fortnight", "one weekend a fortnight", "every two weekends":
		return pattern{nights: Whole(2), period: Fortnight, vague: true}
	case "one weekend a month", "1 weekend a month", "a weekend a month", "once a month weekend", "un penwythnos y mis":
		return pattern{nights: Whole(2), period: Month, vague: true}
	case "every night", "every single night", "each night", "all the time", "always", "full time", "all nights", "bob nos", "pob nos", "trwy r amser", "drwy r amser":
		return pattern{nights: Whole(7), period: Week, vague: true, everything: true}
	case "every other night", "alternate nights", "every second night", "bob yn ail noson", "bob yn ail nos":
		return pattern{nights: Whole(7), period: Fortnight, vague: true, everything: true}
	case "every other week", "week on week off", "week on / week off", "alternate weeks", "one week on one week off", "1 week on 1 week off", "bob yn ail wythnos":
		return pattern{nights: Whole(7), period: Fortnight, vague: true, everything: true}
	case "half the time", "half of the time", "50 / 50", "50 - 50", "50 50", "fifty fifty", "half the nights", "half the year", "hanner yr amser", "half and half":
		return pattern{nights: Whole(182), period: Year, vague: true, everything: true}
	case "never", "none", "no nights", "not at all", "no overnights", "nothing", "nil", "no nights at all", "zero nights", "dim", "byth", "dim un", "dim noson", "dim nosweithiau", "dim o gwbl", "none at all", "no stays", "no overnight stays":
		return pattern{period: Year, everything: true}
	case "once a week", "once weekly", "once every week", "unwaith yr wythnos", "one a week", "every week":
		return pattern{nights: Whole(1), period: Week, vague: phrase == "every week"}
	case "twice a week", "twice weekly", "twice every week", "dwywaith yr wythnos", "ddwywaith yr wythnos":
		return pattern{nights: Whole(2), period: Week}
	case "once a fortnight", "unwaith y pythefnos", "once every 2 weeks", "once every two weeks", "once every other week", "unwaith bob pythefnos":
		return pattern{nights: Whole(1), period: Fortnight}
	case "twice a fortnight", "dwywaith y pythefnos":
		return pattern{nights: Whole(2), period: Fortnight}
	case "once a month", "once monthly", "unwaith y mis", "once every month":
		return pattern{nights: Whole(1), period: Month}
	case "twice a month", "twice monthly", "dwywaith y mis", "ddwywaith y mis":
		return pattern{nights: Whole(2), period: Month}
	case "once a year", "unwaith y flwyddyn":
		return pattern{nights: Whole(1), period: Year}
	case "twice a year", "dwywaith y flwyddyn":
		return pattern{nights: Whole(2), period: Year}
	}
	return pattern{}
}

// nightsWord knows the words around a count of nights that leave it as it is.
func nightsWord(phrase string) bool {
	switch phrase {
	case "night", "nights", "nite", "nites", "nigths", "nihgts", "nigts", "ngihts", "overnight", "overnights", "over night", "overnight stays", "sleepover", "sleepovers", "stay", "stays", "staying", "sleeps", "times", "time", "x a",
		"he stays", "she stays", "they stay", "i have them", "i have him", "i have her", "they", "he", "she", "i", "have", "has", "my", "kids", "the kids", "children", "the children", "my son", "my daughter", "with me", "at mine", "at my house", "over", "here", "them", "him", "her", "for", "its", "it is", "is", "just", "only", "on", "the",
		"noson", "nosweithiau", "nos", "nosau", "waith", "gwaith", "mae", "mae n", "yn aros", "aros", "maen nhw n aros", "gyda fi", "efo fi", "y plant", "dim ond", "nhw", "am", "mae o n", "mae hi n":
		return true
	}
	return false
}
