package answers

// stanceOf knows the words for yes and no.
func stanceOf(phrase string) stance {
	switch phrase {
	case "yes", "y", "ye", "yea", "yeah", "yeh", "yh", "yhh", "yer", "ya", "yah", "yas", "yess", "yees", "yep",
		"yepp", "yeap", "yup", "yip", "yeppers", "yus", "yesh", "yessir", "yeahh", "aye", "ay", "aye aye", "yh yh",
		"oh yes", "uh huh", "mhm", "mm hmm",
		// Slips of the finger.
		"yse", "eys", "yws", "yrs", "ys", "yed", "tes", "ues", "yex", "yeas", "yeha", "yaeh", "yesd", "yesx",
		// Agreement.
		"ok", "okay", "okey", "oki", "okey dokey", "okie dokie", "okie", "k", "kk", "oky", "ok then", "okay then",
		"alright", "all right", "alrite", "fine", "fine by me", "sure", "sure thing", "for sure", "of course",
		"ofcourse", "ofc", "course", "defo", "def", "deffo", "definitely", "definately", "definitly", "definetly",
		"absolutely", "absolutly", "certainly", "correct", "corect", "true", "right", "exactly", "indeed",
		"affirmative", "agreed", "i agree", "agree", "accept", "i accept", "go ahead", "go on then", "go on",
		"spot on", "perfect", "great", "cool", "confirm", "confirmed", "i confirm", "understood", "i understand",
		"got it", "will do", "i will do", "yesplease", "yesthanks", "happy with that", "totally",
		"100 %", "very much so", "yes indeed", "always",
		// The sign or the number offered.
		"👍", "✅", "✔", "☑", "1", "one", "option 1", "option one", "number 1", "number one", "opsiwn 1", "rhif 1",
		// Welsh.
		"ie", "ia", "iep", "iawn", "iawn te", "iawn gen i", "iawn ta", "oce", "oci", "siwr", "siwr iawn", "yn siwr", "wrth gwrs",
		"cywir", "mae hynnyn gywir", "mae hynny n gywir", "maen gywir", "mae n gywir", "yn gywir", "yn union",
		"yn bendant", "bendant", "yn sicr", "cytuno", "dwin cytuno", "dwi n cytuno", "rwyn cytuno", "rwy n cytuno",
		"gwir", "maen wir", "mae n wir", "do", "dyna ni", "dyna fo", "pob tro", "eitha reit", "reit":
		return affirmed
	case "no", "n", "nope", "nop", "nopes", "noe", "nah", "na", "naa", "naah", "nay", "nar", "nahh", "noo", "noh",
		"uh uh", "nuh uh", "nu", "bo",
		// Slips of the finger.
		"npe", "noep", "nio", "nno", "onpe", "neh",
		// Refusal and denial.
		"no thanks", "no thank you", "no thankyou", "no ta", "no thx", "no way", "no chance", "no never", "never",
		"nevr", "not at all", "definitely not", "definately not", "def not", "defo not", "absolutely not",
		"certainly not", "of course not", "course not", "not yet", "im afraid not", "i am afraid not",
		"unfortunately not", "sadly not", "not now", "not right now", "not currently",
		"not at the moment", "not at present", "i never", "i never have", "i never did", "never have", "never did",
		"nothanks", "nothankyou", "not any more", "not anymore", "no longer", "no more", "none", "negative", "false",
		"wrong", "incorrect", "not correct", "not right", "not true", "untrue", "disagree", "i disagree",
		"i do not agree", "i dont agree", "nothing", "not me", "not mine", "not the case",
		// The sign or the number offered.
		"👎", "❌", "✖", "🚫", "2", "two", "option 2", "option two", "number 2", "number two", "opsiwn 2", "rhif 2",
		// Welsh.
		"nage", "naci", "nace", "nag e", "nag yw", "nac yw", "naddo", "naddo fo", "nadw", "nadi", "nagw", "nagyw",
		"nagoes", "nacoes", "nacydw", "nagydw", "nadyn", "nagdw", "nac dw", "nag dw", "nagos", "nac os", "nag os",
		"na ddo", "dim", "dim o gwbl", "ddim o gwbl", "dim diolch", "na diolch", "na ddiolch", "dim byd", "dim eto",
		"ddim eto", "dim mwy", "ddim bellach", "byth", "anghywir", "maen anghywir", "mae n anghywir", "ddim yn gywir",
		"dyw hynny ddim yn gywir", "yn bendant ddim", "yn sicr ddim", "yn anffodus ddim", "wrth gwrs ddim", "dwi ddim", "dw i ddim",
		"dydw i ddim", "rwy ddim", "dydy o ddim", "dydi o ddim", "dyw e ddim", "dydy e ddim", "dydy hi ddim",
		"dydi hi ddim", "dyw hi ddim", "dydyn ni ddim", "does dim", "does gen i ddim", "s dim", "sdim", "oes ddim",
		"does na ddim", "wnes i ddim", "nes i ddim", "wna i ddim", "fydda i ddim", "sai", "sa i", "dim fi":
		return denied
	case "not really", "not sure", "yes and no", "ish", "sort of", "kind of", "kinda", "sometimes", "i think so",
		"think so", "dont think so", "i dont think so", "i think not", "probably", "probably not", "possibly not",
		"maybe not", "weithiau", "mewn ffordd", "dwin meddwl", "dwi n meddwl", "dwi ddim yn meddwl", "?", "❓", "what",
		"beth":
		return doubtful
	}
	return silent
}

// yesNoTalk knows the words that leave a yes or a no as it is.
func yesNoTalk(phrase string) bool {
	switch phrase {
	case "my answer is", "the answer is", "its a", "it is a", "that is a", "thats a", "for", "im afraid",
		"i am afraid", "unfortunately", "maen ddrwg gen i", "mae n ddrwg gen i", "yn anffodus", "gwaethar modd",
		"gwaetha r modd", "very", "really", "then", "indeed", "actually", "reply", "answer", "ateb", "diolch", "chi",
		"a big", "just", "ma ddrwg gen i":
		return true
	}
	return false
}

// beginsJudgement knows the words before "right" and "wrong".
func beginsJudgement(phrase string) bool {
	switch phrase {
	case "its", "it is", "thats", "that is", "this is", "all", "its all", "thats all", "everything is", "everythings",
		"everything", "they are", "theyre", "looks", "it looks", "that looks", "all looks", "sounds", "that sounds",
		"is", "all is":
		return true
	}
	return false
}

func isSubject(word string) bool {
	switch word {
	case "i", "we", "he", "she", "it", "they", "you", "that", "this", "there", "u", "both":
		return true
	}
	return false
}

func isAuxiliary(word string) bool {
	switch word {
	case "do", "am", "have", "has", "is", "are", "did", "will", "can", "does", "was", "were", "would", "should",
		"had", "could":
		return true
	}
	return false
}

// isNegated knows the auxiliaries with "not" in them, without apostrophe. On
// its own "cant" is no in both languages' texts: "a hundred" answers no such
// question.
func isNegated(word string) bool {
	switch word {
	case "dont", "doesnt", "havent", "hasnt", "isnt", "isent", "arent", "didnt", "wont", "cant", "cannot", "wasnt",
		"werent", "wouldnt", "shouldnt", "hadnt", "couldnt", "aint", "havnt", "hasent", "dosent", "dosnt", "didint",
		"donot":
		return true
	}
	return false
}

// shortened knows a subject and its verb in one word.
func shortened(word string) bool {
	switch word {
	case "im", "ive", "its", "hes", "shes", "theyre", "theyve", "weve", "were", "thats", "youre", "ill":
		return true
	}
	return false
}

// answerVerb knows the verbs that answer yes in Welsh, by person and tense.
func answerVerb(word string) bool {
	switch word {
	case "ydw", "yndw", "yndi", "ydy", "ydi", "ydyw", "yw", "ydych", "ydyn", "ydan", "ydach", "dw", "odw", "odi",
		"wyt", "oes", "oedd", "oeddwn", "oeddech", "oedden", "gwnaf", "gwna", "gnaf", "gna", "gwnai", "wnaf", "gwnes",
		"gwneud", "gwnawn", "gwnan", "bydd", "bydda", "byddaf", "byddai", "byddwn", "byddan", "byddant", "buodd",
		"bues", "bu", "baswn", "basa", "base", "basai", "gallaf", "galla", "gallai", "gallwn", "gall", "medraf",
		"medra", "medrwn", "caf", "ca", "cei", "cewch", "cawn", "cafodd", "ces", "cefais", "hoffwn", "mae", "maen",
		"maent", "dylwn", "dylai", "dylen":
		return true
	}
	return false
}

// mutatedVerb knows the verbs as they stand after "na".
func mutatedVerb(word string) bool {
	switch word {
	case "dw", "dwi", "wnaf", "wna", "wnai", "wnawn", "wnes", "wnan", "fydd", "fydda", "fyddaf", "fyddai", "fyddwn",
		"fyddan", "fuodd", "fues", "fu", "faswn", "fasa", "fasai", "fase", "allaf", "alla", "allai", "all", "allwn",
		"fedraf", "fedra", "fedrwn", "chaf", "cha", "chei", "chewch", "chawn", "chafodd", "ches", "chefais", "hoffwn",
		"dydw", "dydy", "dydi", "dyw", "ddylwn", "ddylai", "oedd", "oeddwn", "dyn":
		return true
	}
	return false
}

func isWelshPronoun(word string) bool {
	switch word {
	case "i", "o", "e", "fo", "fe", "hi", "ni", "chi", "nhw", "nw", "ti", "yna", "na", "ma":
		return true
	}
	return false
}
