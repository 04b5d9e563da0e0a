package understanding

// dangers are looked for in this order: a threat by the writer must not be
// answered with helplines, and a watched phone must not be answered at length.
var dangers = newLexicon([]list{
	{name: string(Watched), phrases: []string{
		"reads my texts", "reads my phone", "reading my phone", "read my phone", "looks at my phone", "goes through my phone", "has my password", "reading my texts", "reads my messages", "reading my messages", "checks my phone", "checking my phone",
		"has my phone", "watches my phone", "watching my phone", "sees my messages", "see my messages", "tracks my phone", "tracking me",
		"spying on me", "hacked my phone", "hacked my email", "not safe to text", "isnt safe to text", "dont text this number he", "dont text this number she",
		"darllen fy negeseuon", "gwylio fy ffon", "edrych ar fy ffon", "ddim yn saff i decstio",
	}},
	{name: string(Threat), phrases: []string{
		"i will kill him", "i will kill her", "i will kill them", "ill kill him", "ill kill her", "ill kill them", "im going to kill him", "im going to kill her",
		"gonna kill him", "gonna kill her", "i will hurt him", "i will hurt her", "ill hurt him", "ill hurt her", "im going to hurt him", "im going to hurt her",
		"i will find her", "i will find him", "she will pay for this", "burn her house", "burn his house", "burn your office", "i will kill you", "ill kill you",
		"im going to kill you", "i know where you work", "mi ladda i hi", "mi ladda i fo", "fe laddaf i",
	}},
	{name: string(SelfHarm), phrases: []string{
		"kill myself", "killing myself", "end my life", "ending my life", "end it all", "take my own life", "taking my own life", "suicide", "suicidal",
		"want to die", "better off dead", "dont want to live", "dont want to be here anymore", "cant go on", "self harm", "self harming", "hurt myself", "hurting myself",
		"hunanladdiad", "lladd fy hun", "eisiau marw", "methu mynd ymlaen", "niweidio fy hun",
	}},
	{name: string(ChildAtRisk), phrases: []string{
		"hits the kids", "hit the kids", "hits my son", "hits my daughter", "hit my son", "hit my daughter", "hits the children", "hit the children", "hurts the kids",
		"hurts my son", "hurts my daughter", "hurting my child", "hurting the children", "hurt my child", "hurt my kids", "take the kids from me", "abducted", "child is not safe", "kids are not safe",
		"children are not safe", "social services", "abusing my", "taro fy mab", "taro fy merch", "taro|taror r? plant", "brifo|brifor r? plant",
	}},
	{name: string(Abuse), phrases: []string{
		"hit me", "hits me", "hitting me", "beat me", "beats me up", "beaten me", "hurt me", "hurts me", "hurting me", "punched me", "strangled me", "choked me", "raped me",
		"threatened me", "threatens me", "threatening me", "threatened to kill", "threatens to kill", "going to kill me", "will kill me", "tried to kill me",
		"scared of him", "scared of her", "afraid of him", "afraid of her", "frightened of him", "frightened of her", "terrified of", "im scared", "im afraid of", "im frightened",
		"abusive", "abuse", "abused", "abuses me", "violent", "violence", "stalking me", "stalks me", "stalker", "following me", "follows me home", "controls me", "controlling me",
		"not safe", "isnt safe", "unsafe", "in danger", "refuge", "injunction", "non molestation", "restraining order", "he found me", "she found me", "made me sign", "forcing me", "forced me",
		"taro fi", "fy nharo", "fy mwrw", "fy mygwth", "bygwth fi", "ofn arna i", "ofn arnaf", "dwi n? ofni", "dwin|rwyn|in ofni", "ofni fo", "ofni hi", "trais", "cam drin", "camdrin", "fy nilyn", "ddim yn saff", "ddim yn ddiogel", "mewn perygl",
	}},
})
