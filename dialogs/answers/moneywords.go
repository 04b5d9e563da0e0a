package answers

// payTalk measures the words at a token that people put around an amount and
// that leave it as it is: "my wage is", "before tax", "dwi'n cael". Words that
// change an amount or deny it ("used to", "less", "not") are not among them.
func (s *sentence) payTalk(at int) int {
	switch s.word(at) {
	case "pay", "paid", "payed":
		switch s.word(at - 1) {
		case "i", "to", "we", "have", "ive", "id": // "I paid 400": what goes out, and not what comes in
			return 0
		}
	}
	_, n := longest(s, at, 4, payWord)
	return n
}

// payWord knows those words.
func payWord(phrase string) bool {
	switch phrase {
	case "i", "im", "i am", "ive", "my", "me", "is", "its", "it is", "thats", "that is", "that", "it", "the",
		"of", "at", "on", "now", "currently", "at the moment", "atm", "right now", "these days", "at present",
		"presently", "just", "only", "paid", "payed", "get", "gets", "getting", "got", "i get paid", "receive",
		"recieve", "earn", "earns", "earning", "earnings", "make", "making", "take home pay", "pay", "payment",
		"payments", "wage", "wages", "salary", "income", "work", "job", "comes to", "works out at", "works out as",
		"amount", "amounts to", "total", "in total", "all in", "before tax", "before deductions", "before stoppages",
		"before tax and ni", "gross", "b4 tax", "b 4 tax", "pre tax", "pre - tax", "basic", "answer", "the answer is",
		"exactly", "yes", "yeah", "yep", "ok", "okay", "and", "gone down to", "gone up to", "has gone down to",
		"has gone up to", "went down to", "went up to", "dropped to", "down to", "increased to", "reduced to",
		"cut to", "including overtime", "inc overtime", "with overtime",
		// Welsh.
		"dw i", "dwi", "dw in", "dwin", "dwi n", "rwy n", "rwyn", "rwy", "in", "i n", "yn", "n", "yn cael", "cael",
		"ennill", "fy", "fy nghyflog", "nghyflog", "cyflog", "y cyflog", "fy nhal", "tal", "nhal", "yw", "ydy", "ydi",
		"mae", "mae n", "maen", "nawr", "rwan", "ar hyn o bryd", "cyn treth", "gros", "yw fy", "dim ond", "swm",
		"cyfanswm", "incwm", "fy incwm", "wedi codi i", "wedi gostwng i", "lawr i", "a", "ac", "o":
		return true
	}
	return false
}

// noMoney knows the words for no money at all.
func noMoney(phrase string) bool {
	switch phrase {
	case "nothing", "nil", "none", "no income", "no pay", "no wage", "no wages", "no money", "nowt", "dim", "dim byd",
		"dim incwm", "dim cyflog", "dim arian", "nothing at all", "zilch", "nada":
		return true
	}
	return false
}

// poundWord knows the words for pounds.
func poundWord(phrase string) bool {
	switch phrase {
	case "£", "pound", "pounds", "pund", "punds", "pouns", "lb", "quid", "quids", "squid", "gbp", "sterling",
		"nicker", "smackers", "punt", "bunt", "phunt", "bunnoedd", "bunnau", "o bunnoedd", "o bunnau", "o bunne",
		"punnoedd":
		return true
	}
	return false
}
