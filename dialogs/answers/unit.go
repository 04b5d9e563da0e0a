package answers

// unit is a length of time that people count in.
type unit uint8

const (
	noUnit unit = iota
	hour
	day
	week
	fortnight
	month
	quarter
	year
)

// unitOf knows the units in English and Welsh, with common slips, as nouns
// ("weeks", "wythnos") and as adverbs ("weekly", "wythnosol").
func unitOf(word string) unit {
	switch word {
	case "week", "weeks", "wk", "wks", "weekly", "wkly", "wkley", "weekley", "weeky", "weekl", "wek", "weel", "wekk",
		"weak", "wythnos", "wythnosau", "wythnosol", "wthnos", "wythnso", "wsos", "wsnos":
		return week
	case "fortnight", "fortnights", "fortnightly", "fortnite", "fortnightley", "forthnight", "forthnightly",
		"forntight", "fornight", "fornightly", "fortnigh", "fortnigt", "tnight", "tnite", "ftn", "fn", "pythefnos",
		"bythefnos", "phythefnos", "pythefnosol", "bythefnosol":
		return fortnight
	case "month", "months", "monthly", "mth", "mths", "mthly", "mnth", "mnths", "mnthly", "mo", "monthley", "montly",
		"monthy", "monht", "moth", "mis", "misoedd", "fis", "misol", "fisol":
		return month
	case "quarter", "quarterly", "chwarter":
		return quarter
	case "year", "years", "yr", "yrs", "yearly", "yrly", "yearley", "yealy", "yer", "yera", "annum", "anum", "annual",
		"annually", "anually", "anual", "annualy", "blwyddyn", "flwyddyn", "blynyddol", "flynyddol", "blynedd",
		"flynedd":
		return year
	case "hour", "hours", "hr", "hrs", "hourly", "awr", "oriau":
		return hour
	case "day", "days", "daily", "dydd", "diwrnod", "ddiwrnod", "shift", "shifts":
		return day
	}
	return slippedUnit(word)
}

// slippedUnit knows the longer units with one slip after their first letter.
func slippedUnit(word string) unit {
	if len(word) < 5 {
		return noUnit
	}
	var whole string
	var meaning unit
	switch word[0] {
	case 'w':
		whole, meaning = "weekly", week
	case 'f':
		whole, meaning = "fortnight", fortnight
		if len(word) > len(whole) {
			whole = "fortnightly"
		}
	case 'm':
		whole, meaning = "monthly", month
		if len(word) <= len("months") {
			whole = "month"
		}
	case 'y':
		whole, meaning = "yearly", year
	case 'a':
		whole, meaning = "annually", year
	}
	if oneSlip(word, whole) {
		return meaning
	}
	return noUnit
}

// perUnit knows the words that say "a week" in one.
func perUnit(word string) unit {
	switch word {
	case "ph", "perhour", "anhour":
		return hour
	case "pd", "perday", "aday":
		return day
	case "pw", "pwk", "perweek", "aweek", "perwk":
		return week
	case "pf", "pfn", "perfortnight", "afortnight":
		return fortnight
	case "pm", "pcm", "pmth", "pmnth", "permonth", "amonth":
		return month
	case "pa", "py", "pyr", "perannum", "peryear", "ayear":
		return year
	}
	return noUnit
}

// shortUnit knows the single letters that stand for a unit after "per" or a slash.
func shortUnit(word string) unit {
	switch word {
	case "h":
		return hour
	case "d":
		return day
	case "w":
		return week
	case "f":
		return fortnight
	case "m", "cm":
		return month
	case "y":
		return year
	}
	return noUnit
}
