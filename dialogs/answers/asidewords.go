package answers

// courtesy knows what people say around an answer.
func courtesy(phrase string) bool {
	switch phrase {
	case "please", "pls", "plz", "plse", "pleas", "thanks", "thank you", "thankyou", "thank u", "thanx", "thx",
		"tnx", "ty", "ta", "many thanks", "cheers", "x", "xx", "xxx", "hi", "hello", "hiya", "hey", "hi there",
		"good morning", "morning", "good afternoon", "afternoon", "good evening", "evening", "mate", "love", "sir",
		"madam", "miss", "sorry", "soz", "um", "umm", "er", "erm", "uh", "oh", "ah", "well", "so", "regards",
		"kind regards", "many thanks again", "thanks again", "thanks very much", "thank you very much",
		// Welsh.
		"diolch", "diolch yn fawr", "diolch i chi", "diolch yn fawr iawn", "os gwelwch yn dda", "os gweli din dda",
		"os gweli di n dda", "plis", "sori", "helo", "shwmae", "smae", "haia", "bore da", "prynhawn da",
		"noswaith dda", "wel", "cofion", "hwyl":
		return true
	}
	return false
}

// hedges knows the words that make a value approximate, or one that would not
// be meant (pay after tax).
func hedges(phrase string) bool {
	switch phrase {
	case "about", "abt", "abou", "around", "arround", "roughly", "ruffly", "roughley", "approx", "aprox",
		"approximately", "aproximately", "circa", "ca", "~", "≈", "ish", "or so", "or thereabouts", "thereabouts",
		"something like", "somewhere around", "in the region of", "on or around", "on or about", "maybe", "mayb",
		"probably", "prob", "probs", "prolly", "perhaps", "i think", "think", "i reckon", "reckon", "i guess",
		"guess", "i believe", "nearly", "almost", "just over", "just under", "would be", "will be", "should be",
		"give or take", "odd", "on average", "average", "averages", "usually", "normally", "mostly", "not sure but",
		"i think its", "after tax", "net", "take home", "in my hand", "in hand", "clear",
		// Welsh.
		"tua", "oddeutu", "rhyw", "mwy neu lai", "fwy neu lai", "efallai", "falle", "ella", "tybed", "dwi n meddwl",
		"dwin meddwl", "rwy n meddwl", "rwyn meddwl", "dw i n meddwl", "dw in meddwl", "yn fras", "ar gyfartaledd",
		"fel arfer", "bron", "bron i", "ar ol treth", "wedi treth":
		return true
	}
	return false
}

// doubt knows how people say that they do not know.
func doubt(phrase string) bool {
	switch phrase {
	case "idk", "i dont know", "dont know", "dunno", "dono", "i dunno", "dk", "not sure", "unsure", "im not sure",
		"i am not sure", "i am unsure", "no idea", "no clue", "havent a clue", "cant remember", "i cant remember",
		"dont remember", "i forget", "i forgot", "forgot", "hard to say", "cant say", "i cant say", "could be",
		"might be", "depends", "it depends", "it varies", "varies", "not certain", "maybe", "perhaps", "possibly",
		"🤷", "🤔", "i dont no", "dont no", "who knows",
		// Welsh.
		"dwi ddim yn gwybod", "dwim yn gwybod", "dwi m yn gwybod", "dim syniad", "ddim yn siwr", "dwi ddim yn siwr",
		"dim yn siwr", "ansicr", "dwn i ddim", "ddim yn cofio", "dwi ddim yn cofio", "dim yn cofio", "methu cofio",
		"dwnim", "dwni m", "smo fin gwybod", "smo fi n gwybod", "sain siwr", "sa in siwr", "sai n gwybod",
		"sain gwybod", "sa in gwybod", "sa i n gwybod", "dim yn gwybod", "ddim yn gwybod", "efallai", "falle", "ella",
		"dibynnu", "mae n dibynnu", "maen dibynnu":
		return true
	}
	return false
}
