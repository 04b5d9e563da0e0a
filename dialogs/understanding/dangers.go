package understanding

// dangers are looked for in this order: a threat by the writer must not be
// answered with helplines, and a watched phone must not be answered at length.
// The phrases are reviewed one by one, and nothing overrules them; what may as
// well be a figure of speech is left to the network.
var dangers = newLexicon([]list{
	{name: string(Watched), unless: asked, phrases: []string{
		"reads my texts|phone|messages|emails|mail", "OTHER is|was|keeps|been|always? reading my texts|phone|messages|emails|mail", "OTHER can|could|will|might? read my texts|phone|messages|emails",
		"looks|looking at my phone", "goes|going|went through|thru my phone|messages|texts", "has|knows|got my password|passwords|passcode|pin", "checks|checking my phone|messages|texts", "OTHER has|have|takes|took|holds|keeps my phone", "watches|watching my phone", "sees my messages|texts",
		"OTHER can|will|might see my messages|texts|phone|emails", "tracks|tracking my phone", "tracking me", "tracker on my", "spying on me", "hacked my phone|email|emails|account", "NOT safe to text|message|ring|call", "dont text|ring|call|message this number he|she", "not alone i? cant? talk",
		"darllen fy negeseuon|ffon|nhecstiau|ebyst", "gwylio fy ffon", "edrych ar fy ffon", "ddim yn saff|ddiogel i decstio|siarad|ffonio",
	}},
	{name: string(Threat), unless: notThreats, phrases: []string{
		"i will|would|could|wanna kill|hurt|stab|batter|burn THEM", "ill|gonna kill|hurt|stab|batter|burn THEM", "im|am going to kill|hurt|stab|batter|burn THEM", "i want to kill|hurt|stab THEM", "i will|ill find THEM|you", "will pay for this $", "burn|smash|torch her|his|your|their|the house|office|car|place|building",
		"i will|would|could kill|hurt you", "ill kill|hurt you|yous", "im|am going to kill|hurt you", "i know where you|yous work|live", "i know where they|she live|lives", "come|coming down there and|with", "mi ladda i hi|fo|nhw", "fe laddaf i", "dwi am|n? ladd|lladd o|hi",
	}},
	{name: string(SelfHarm), unless: others, phrases: []string{
		"kill|killing|top|topping myself", "end|ending my|it life|all", "take|taking my own? life", "suicide|suicidal", "want|wanna|wish to? be|i|die|dead|was|were dead|$|today|tonight|anymore|now", "better off dead|without me", "dont|not|no want|longer|wanna want|to? to? live $|anymore|any|like|now|no", "dont|not wanna live $|anymore|any|like|now", "dont want to be here|alive anymore|$", "dont want to wake up", "i cant go on $|like|anymore|any|much|living|with", "no point living|in living|going on",
		"nothing to live for", "no reason to live", "self harm|harming|harmed", "hurting|cutting myself", "want|going|gonna|about|scared ill|i|to? might|will|to|hurt|cut hurt|cut|harm? myself", "overdose|overdosed",
		"hunanladdiad", "lladd fy? hun", "eisiau|isio|moyn marw", "methu mynd ymlaen", "niweidio fy hun", "ddim eisiau|isio|moyn byw",
	}},
	{name: string(ChildAtRisk), unless: asked, phrases: []string{
		"hits|hit|slaps|slapped|beats|punched|kicked|hurts|hurting|hurt|smacks|smacked|shakes|shook|choked|abuses|abused|abusing|bruised the|my|our|her|his kids|son|daughter|children|child|baby|boy|girl|wee|little|bairn|bairns|lad|wean|weans", "abducted", "CHILD is|are not safe|unsafe", "CHILD at risk|harm", "CHILD in danger",
		"taro|brifo|curo|bwrw fy? mab|merch|plant|plentyn", "taror|brifor|curor|bwrwr r? plant|plentyn|mab|ferch", "PLENTYN ddim|mewn yn? saff|ddiogel|perygl",
	}},
	{name: string(Abuse), unless: things, phrases: []string{
		"hit|hits|hitting|beat|beats|beaten|beating me", "beat me up", "hurt|hurts me", "OTHER is|was|been|keeps? hurting me", "punched|punches|punching|strangled|strangles|choked|raped|rapes|slapped|slaps|assaulted|attacked me", "kicked|kicks me $|and|in|down|again|hard|when", "threatened|threatens|threatening me|to", "threatened|threatens|threatening to kill",
		"OTHER * going|gonna to? kill me", "OTHER will|would|might kill me", "tried|trying to kill me", "scared|afraid|frightened|terrified|petrified|feart of him|her|my|what|the", "im|am|so scared|frightened|terrified $|he|she|hes|shes|here|at", "im|am|so scared|frightened|terrified to go|be|leave|tell|say|speak|answer|come|sleep", "scared|afraid|frightened|fear for my life|safety", "abusive ex|husband|wife|partner|relationship|marriage|man|father|boyfriend",
		"is|was|hes|shes|gets|got|been|very|so|really abusive|violent|aggressive", "domestic|physical|physically|sexual|sexually|emotional|financial abuse|violence|abused|abusive", "abused|abuses|abusing me", "abused by", "violent|abusive to|towards|with me|us", "violent ex|man|husband|partner|father",
		"stalking|stalks me", "stalker", "following|follows me|us", "controls|controlling me|everything|my", "dont feel safe", "im not safe", "NOT safe at|here|with|if home|here|him|her|he|she", "in danger $|from|because|here|now|at|please|help", "in a|the refuge", "womens refuge|aid", "non molestation|mol", "restraining order", "injunction against",
		"he|she found me", "OTHER forcing|forced|makes|made|making me to|sign|do|into|have|lie", "OTHER made me sign", "wont let me leave|out|go",
		"taro fi|mi", "fy nharo|mwrw|mrifo|mygwth", "bygwth fi", "ofn arna|arnaf i? ohono|ohoni|fo|hi|$|mynd|fy|ei", "dwi n? ofni fo|hi|fy|mynd|ei|am", "dwin|rwyn|in ofni fo|hi|fy|mynd|ei|am", "ofni fo|hi", "trais", "camdrin|cam fi|drin|gan|domestig", "fy nilyn", "ddim yn saff|ddiogel $|adre|gartref|yma|efo|gyda|hefo", "mewn perygl",
	}},
})

// What takes the meaning of danger away when it stands close before.
var (
	asked      = []string{"you", "yous", "did", "have", "havent", "chi"}                    // "have you read my messages"
	notThreats = []string{"he", "she", "hes", "shes", "they", "him", "her", "said", "says"} // those of another
	others     = []string{"he", "she", "hes", "shes", "they", "him", "her", "ex", "not", "himself", "herself"}
	things     = []string{"it", "bill", "bills", "cost", "costs", "prices", "tax", "rent", "virus", "covid", "flu", "news", "charge", "charges", "fees", "payments", "not", "never", "youre", "you", "letter", "letters", "your", "staff", "landlord", "bank", "council", "neighbour", "door"}
)

// classes are words that phrases name together.
var classes = map[string][]string{
	"OTHER": {"he", "she", "hes", "shes", "ex", "exs", "him", "her", "they", "partner", "husband", "wife", "boyfriend", "girlfriend", "dad", "mum", "mam", "father", "mother", "fella", "bloke", "who"},
	"THEM":  {"him", "her", "them", "the", "my", "that", "someone", "somebody"},
	"CHILD": {"child", "kid", "kids", "children", "son", "daughter", "lad", "boy", "girl", "bairn", "bairns", "wean", "weans", "baby", "babies"},
	"NOT":   {"not", "never", "isnt", "aint", "no"},

	"PLENTYN": {"plentyn", "blentyn", "mhlentyn", "plant", "blant", "mab", "fab", "merch", "ferch", "hogyn", "hogan"},
}
