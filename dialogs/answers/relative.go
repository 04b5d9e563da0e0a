package answers

// relativeDay is a day counted from today that a phrase was found for.
type relativeDay struct {
	days  int
	found bool
}

// fromToday reads a day that is counted from today: "yesterday", "2 weeks
// ago", "in 3 days", "wythnos yn ôl".
func (r *dateReader) fromToday() (bool, Code) {
	date, n := r.countedFromToday(r.at)
	if n == 0 {
		var day relativeDay
		if day, n = longest(r.sentence, r.at, 5, relativeDayOf); n == 0 {
			return false, ""
		}
		date = r.context.Today.AddDays(day.days)
	}
	switch {
	case r.relative != Date{}:
		return true, TwoValues
	case !r.context.Today.Valid() || date.Year < firstYear || date.Year > lastYear:
		return true, OutOfRange
	}
	r.relative, r.at = date, r.at+n
	return true, ""
}

func relativeDayOf(phrase string) relativeDay {
	switch phrase {
	case "today", "2 day", "tday", "todays", "now", "just now", "this morning", "this afternoon", "tonight",
		"this evening", "tonite", "2 nite", "earlier today", "earlier", "heddiw", "hedddiw", "heddi", "rwan", "nawr",
		"bore ma", "y bore ma", "heno":
		return relativeDay{0, true}
	case "yesterday", "yday", "yest", "yesteday", "yestarday", "yesterdy", "yesturday", "yersterday", "last night",
		"ddoe", "doe", "neithiwr":
		return relativeDay{-1, true}
	case "day before yesterday", "the day before yesterday", "echdoe", "echddoe", "echnos":
		return relativeDay{-2, true}
	case "tomorrow", "tommorow", "tomorow", "tommorrow", "tomoz", "tmrw", "tmw", "2 moro", "tomoro", "2 morrow",
		"fory", "yfory":
		return relativeDay{1, true}
	case "day after tomorrow", "the day after tomorrow", "trennydd", "drennydd":
		return relativeDay{2, true}
	}
	return relativeDay{}
}

// countedFromToday reads so many days, weeks, months or years before or after
// today.
func (r *dateReader) countedFromToday(at int) (Date, int) {
	i, ahead := at, false
	if word := r.word(i); word == "in" || word == "mewn" || word == "ymhen" {
		i, ahead = i+1, true
	}
	count, n := r.count(i)
	i += n
	if count == 0 {
		return Date{}, 0
	}
	unit := unitOf(r.word(i))
	switch r.word(i) {
	case "tridiau":
		unit, count = day, 3
	case "deuddydd":
		unit, count = day, 2
	case "deufis":
		unit, count = month, 2
	}
	if (Date{2000, 1, 1}).after(count, unit) == (Date{}) {
		return Date{}, 0
	}
	i++
	if _, n := longest(r.sentence, i, 2, agoWord); n > 0 && !ahead {
		return r.context.Today.after(-count, unit), i + n - at
	}
	switch r.word(i) {
	case "today", "heddiw": // "a week today"
		return r.context.Today.after(count, unit), i + 1 - at
	}
	if ahead {
		if word := r.word(i); word == "time" {
			i++
		}
		return r.context.Today.after(count, unit), i - at
	}
	return Date{}, 0
}

// count reads how many: a number, or "a", or nothing where Welsh says nothing
// ("wythnos yn ôl").
func (r *dateReader) count(at int) (value, n int) {
	if couple, n := longest(r.sentence, at, 3, idiom); couple == Whole(2) {
		return 2, n
	}
	switch r.word(at) {
	case "a", "an":
		return 1, 1
	case "wythnos", "pythefnos", "bythefnos", "mis", "blwyddyn", "tridiau", "deuddydd", "deufis":
		return 1, 0
	}
	if value, length, ok := r.digits(at); ok {
		if length > 3 {
			return 0, 0
		}
		return value, 1
	}
	return r.numeral(at)
}

func agoWord(phrase string) bool {
	switch phrase {
	case "ago", "agoo", "back", "ago today", "before today", "yn ol", "nol":
		return true
	}
	return false
}

// after is the date so many units later, or earlier when the count is
// negative; the zero Date for units that a date cannot be counted in.
func (d Date) after(count int, u unit) Date {
	if !d.Valid() {
		return Date{}
	}
	switch u {
	case day:
		return d.AddDays(count)
	case week:
		return d.AddDays(7 * count)
	case fortnight:
		return d.AddDays(14 * count)
	case month:
		return d.addMonths(count)
	case year:
		return d.addMonths(12 * count)
	}
	return Date{}
}
