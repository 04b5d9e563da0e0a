package answers

// payTalk measures the words at a token that people put around an amount and
// that leave it as it is: "my wage is", "before tax", "dwi'n cael". Words that
// change an amount or deny it ("used to", "less", "not") are not among them.
func (s *sentence) payTalk(at int) int {
	_, n := longest(s, at, 4, payWord)
	return n
}

func payWord(phrase string) bool {
	switch phrase {
	case "i", "im", "i am", "ive", "my", "me", "is", "its", "it is", "thats", "that is", "that", "it", "the", "of", "at", "on", "now", "currently",
		"at the moment", "atm", "right now", "these days", "at present", "presently", "just", "only", "paid", "payed", "get", "gets", "getting", "got",
		"i get paid", "receive", "recieve", "earn", "earns", "earning", "earnings", "make", "making", "take home pay", "pay", "payment", "payments", "wage", "wages",
		"salary", "income", "work", "job", "comes to", "works out at", "works out as", "amount", "amounts to", "total", "in total", "all in",
		"before tax", "before deductions", "before stoppages", "before tax and ni", "gross", "b4 tax", "b 4 tax", "pre tax", "pre - tax", "same", "basic",
		"answer", "the answer is", "exactly", "yes", "yeah", "yep", "ok", "okay", "and", "be", "will be", "would be", "to be", "how often", "gone down to", "gone up to", "has gone down to", "has gone up to", "went down to", "went up to", "dropped to", "down to", "increased to", "reduced to", "cut to", "including overtime", "inc overtime", "with overtime", "wedi codi i", "wedi gostwng i", "lawr i", "a", "ac", "every time",
		"dw i", "dwi", "dw in", "dwin", "dwi n", "rwy n", "rwyn", "rwy", "in", "i n", "yn", "n", "yn cael", "cael", "ennill", "fy", "fy nghyflog", "nghyflog", "cyflog",
		"y cyflog", "fy nhal", "tal", "nhal", "yw", "ydy", "ydi", "mae", "mae n", "maen", "nawr", "rwan", "ar hyn o bryd", "cyn treth", "gros", "yw fy",
		"dim ond", "swm", "cyfanswm", "incwm", "fy incwm", "o":
		return true
	}
	return false
}

// hedges knows the words that make a value approximate, or one that would not
// be meant (pay after tax).
func hedges(phrase string) bool {
	switch phrase {
	case "about", "abt", "abou", "around", "arround", "roughly", "ruffly", "roughley", "approx", "aprox", "approximately", "aproximately", "circa", "ca", "~", "≈",
		"ish", "or so", "or thereabouts", "thereabouts", "something like", "somewhere around", "in the region of", "on or around", "on or about", "maybe", "mayb", "probably", "prob", "probs",
		"prolly", "perhaps", "i think", "think", "i reckon", "reckon", "i guess", "guess", "i believe", "nearly", "almost", "just over", "just under",
		"give or take", "odd", "- odd", "on average", "average", "averages", "usually", "normally", "mostly", "-ish", "- ish", "not sure but", "i think its", "after tax", "net", "take home", "in my hand", "in hand", "clear",
		"tua", "oddeutu", "rhyw", "mwy neu lai", "fwy neu lai", "efallai", "falle", "ella", "tybed", "dwi n meddwl", "dwin meddwl", "rwy n meddwl", "rwyn meddwl",
		"dw i n meddwl", "dw in meddwl", "yn fras", "ar gyfartaledd", "fel arfer", "bron", "bron i", "ar ol treth", "wedi treth":
		return true
	}
	return false
}

// noMoney knows the words for no money at all.
func noMoney(phrase string) bool {
	switch phrase {
	case "nothing", "nil", "none", "no income", "no pay", "no wage", "no wages", "no money", "nowt", "dim", "dim byd", "dim incwm", "dim cyflog", "dim arian", "nothing at all", "zilch", "nada":
		return true
	}
	return false
}

// doubt knows how people say that they do not know.
func doubt(phrase string) bool {
	switch phrase {
	case "idk", "i dont know", "dont know", "dunno", "dono", "i dunno", "dk", "not sure", "unsure", "im not sure", "i am not sure", "i am unsure", "no idea", "no clue", "havent a clue",
		"cant remember", "i cant remember", "dont remember", "i forget", "i forgot", "forgot", "hard to say", "depends", "it depends", "it varies", "varies", "not certain",
		"maybe", "perhaps", "possibly", "🤷", "🤔", "i dont no", "dont no", "who knows",
		"dwi ddim yn gwybod", "dwim yn gwybod", "dwi m yn gwybod", "dim syniad", "ddim yn siwr", "dwi ddim yn siwr", "dim yn siwr", "ansicr", "dwn i ddim", "ddim yn cofio", "dwi ddim yn cofio", "dim yn cofio", "methu cofio", "dwnim", "dwni m", "smo fin gwybod", "smo fi n gwybod",
		"sai n gwybod", "sain gwybod", "sa in gwybod", "sa i n gwybod", "dim yn gwybod", "ddim yn gwybod", "efallai", "falle", "ella", "dibynnu", "mae n dibynnu", "maen dibynnu":
		return true
	}
	return false
}
