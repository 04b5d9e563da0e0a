package answers

import "time"

// weekdayWord is a weekday that a word was found for; Sunday is 0, so that a
// bare time.Weekday could not tell it from none.
type weekdayWord struct {
	weekday time.Weekday
	found   bool
}

// weekdayOf knows the days of the week. The Welsh names need "dydd" or "nos"
// where they are the name of a month as well (Mawrth).
func weekdayOf(phrase string) weekdayWord {
	switch phrase {
	case "monday", "mon", "munday", "monda", "moday", "dydd llun", "ddydd llun", "nos lun", "llun":
		return weekdayWord{time.Monday, true}
	case "tuesday", "tues", "tue", "teusday", "tuseday", "tuesdy", "tuesda", "dydd mawrth", "ddydd mawrth", "nos fawrth":
		return weekdayWord{time.Tuesday, true}
	case "wednesday", "weds", "wed", "wendesday", "wednsday", "wensday", "wedensday", "wednesdy", "dydd mercher",
		"ddydd mercher", "nos fercher", "mercher":
		return weekdayWord{time.Wednesday, true}
	case "thursday", "thurs", "thur", "thu", "thurday", "thirsday", "thusday", "dydd iau", "ddydd iau", "nos iau", "iau":
		return weekdayWord{time.Thursday, true}
	case "friday", "fri", "firday", "frday", "fryday", "frida", "dydd gwener", "ddydd gwener", "nos wener", "gwener":
		return weekdayWord{time.Friday, true}
	case "saturday", "sat", "saterday", "satday", "saturdy", "satuday", "dydd sadwrn", "ddydd sadwrn", "nos sadwrn",
		"sadwrn":
		return weekdayWord{time.Saturday, true}
	case "sunday", "sun", "sundy", "snday", "dydd sul", "ddydd sul", "nos sul", "sul":
		return weekdayWord{time.Sunday, true}
	}
	return weekdayWord{}
}

// monthOf knows the months; the Welsh ones with the soft mutation that follows
// "o" and the nasal one that follows "yn".
func monthOf(phrase string) int {
	switch phrase {
	case "january", "jan", "janury", "januray", "janurary", "janaury", "ionawr", "ion":
		return 1
	case "february", "feb", "febuary", "feburary", "febraury", "febr", "chwefror", "chwef", "chwe":
		return 2
	case "march", "mar", "mrch", "marhc", "mach", "maw", "mawrth", "fawrth", "mis mawrth":
		return 3
	case "april", "apr", "apirl", "aprl", "aprill", "ebrill", "ebr":
		return 4
	case "may", "mai", "fai", "mis mai":
		return 5
	case "june", "jun", "jne", "mehefin", "fehefin", "meh":
		return 6
	case "july", "jul", "jly", "juli", "gorffennaf", "orffennaf", "gorff", "ngorffennaf", "gorffenaf":
		return 7
	case "august", "aug", "agust", "augst", "auguest", "awst":
		return 8
	case "september", "sept", "sep", "setember", "septmber", "septembr", "medi", "fedi":
		return 9
	case "october", "oct", "octobr", "otober", "ocotber", "hydref", "hyd":
		return 10
	case "november", "nov", "novmber", "novemeber", "novembr", "tachwedd", "dachwedd", "nhachwedd", "tach":
		return 11
	case "december", "dec", "decmber", "decemeber", "desember", "rhagfyr", "ragfyr", "rhag":
		return 12
	}
	return 0
}

// feast is a day that has a name.
type feast struct{ day, month int }

// feastOf knows the named days that fall on the same date each year.
func feastOf(phrase string) feast {
	switch phrase {
	case "christmas day", "xmas day", "christmas", "xmas", "dydd nadolig", "nadolig":
		return feast{25, 12}
	case "christmas eve", "xmas eve", "noswyl nadolig":
		return feast{24, 12}
	case "boxing day", "gwyl san steffan", "dydd san steffan":
		return feast{26, 12}
	case "new years eve", "new year eve", "nye", "nos galan":
		return feast{31, 12}
	case "new years day", "new year day", "new years", "dydd calan":
		return feast{1, 1}
	case "st davids day", "dydd gwyl dewi", "gwyl dewi":
		return feast{1, 3}
	case "valentines day", "valentines":
		return feast{14, 2}
	case "halloween", "calan gaeaf":
		return feast{31, 10}
	case "bonfire night", "guy fawkes night":
		return feast{5, 11}
	}
	return feast{}
}

// which tells one week, month or weekday from its neighbours.
type which uint8

const (
	noWhich which = iota
	last
	this
	next
)

func whichOf(phrase string) which {
	switch phrase {
	case "last", "lst", "just gone", "gone", "past", "this past", "previous", "just passed", "diwethaf", "diwetha",
		"dwetha", "dwethaf", "ddiwethaf", "ddiwetha":
		return last
	case "this", "hwn", "yma", "hon", "eleni":
		return this
	case "next", "nxt", "coming", "this coming", "nesaf", "nesa":
		return next
	}
	return noWhich
}

// edge is a part of a month.
type edge uint8

const (
	noEdge edge = iota
	start
	middle
	end
)

func edgeOf(phrase string) edge {
	switch phrase {
	case "start", "the start of", "start of", "beginning of", "begining of", "the beginning of", "beginning",
		"at the start of", "dechrau", "ddechrau":
		return start
	case "middle of", "the middle of", "mid", "mid -", "canol", "ganol":
		return middle
	case "end of", "the end of", "end", "at the end of", "last day of", "the last day of", "diwedd", "ddiwedd":
		return end
	}
	return noEdge
}
