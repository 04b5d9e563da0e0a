package understanding

// dangers are looked for in this order: a threat by the writer must not be
// answered with helplines, and a watched phone must not be answered at length.
// The phrases are reviewed one by one, and nothing overrules them; what may as
// well be a figure of speech is left to the network.
var dangers = newLexicon([]list{
	{name: string(Watched), unless: asked, phrases: []string{
		"reads my texts|phone|messages|emails|mail", "OTHER is|was|keeps|been|always reading my texts|phone|messages|emails", "hes|shes reading my texts|phone|messages|emails", "OTHER can|could|will|might|always read my texts|phone|messages|emails",
		"looks|goes|going|went|looking|going through|thru my phone|messages|texts|emails", "looks at my phone", "OTHER is|was|keeps|always looking at my phone", "has|knows|got my password|passwords|passcode|pin", "checks|checking my phone|messages|texts", "OTHER has|have|takes|took|holds|keeps my phone", "watches|watching my phone", "sees my messages|texts",
		"OTHER can|will|might see my messages|texts|phone|emails|location", "tracks|tracking my phone|car", "tracking me", "tracker|airtag in|on|under my", "spying|spies on me", "hacked my phone|email|emails|account", "spyware", "NOT safe to text|message|ring|call|phone|reply|talk|write", "dont text|ring|call|message|phone|write|reply this? number? back? he|she|hes|shes", "not alone i? cant? talk", "cant talk he|she|hes|shes is? here|back|home|coming|in",
		"opens my|all|our my? letters|post|mail", "listens|listening in on|to", "listens|listening to my calls", "watches|watching me type|write|do", "reads|checks|sees everything|all i|on|that|my", "OTHER * find|finds out i|ive texted|messaged|rang|wrote|contacted|called|been", "OTHER cant|mustnt|must not? know|see i|ive|this|that|im",
		"darllen fy negeseuon|ffon|nhecstiau|ebyst|llythyrau", "gwylio fy ffon", "edrych ar fy ffon", "agor fy llythyrau|mhost", "mynd drwy|trwy fy ffon|negeseuon", "tsiecio|checio fy? n? ffon|negeseuon", "ddim yn saff|ddiogel i decstio|siarad|ffonio|ateb", "saff siarad|ateb|tecstio",
	}},
	{name: string(Threat), unless: notThreats, phrases: []string{
		"i will|wanna kill|hurt|stab|batter|burn THEM", "ill|gonna kill|hurt|stab|batter|burn THEM", "im|am|gonna going|gonna to? kill|hurt|stab|batter|burn THEM", "i want to kill|hurt|stab THEM", "i will|ill find THEM|you", "will pay for this $", "burn|smash|torch her|his|your|their|the house|office|car|place|building",
		"i will kill|hurt you", "ill kill|hurt you|yous", "im|am|gonna going|gonna to? kill|hurt you", "i know where you|yous work|live", "i know where they|she live|lives", "come|coming down there and|with",
		"better|should|wants|want to? watch her|his|their|your back", "break|smash|kick|cave|stove his|her|your|their legs|face|head|teeth|jaw|arms", "cut|slit his|her|your|their throat", "put a bullet|knife in", "dead man walking", "hes|shes|youre|your|ur|is a? dead man|woman|meat", "put him|her|you|them in hospital|the|a ground|grave|box|hospital", "do time for him|her|this|them|you|it", "ill|gonna swing for",
		"mi ladda i hi|fo|nhw", "fe laddaf i", "dwi|fi am|yn|n|mynd? i? ladd|lladd o|hi|e|fe|nhw", "gwylio ei|dy|eich cefn", "torri|torra i? ei|dy goesau|goesa|wyneb",
	}},
	{name: string(SelfHarm), unless: others, phrases: []string{
		"kill|killing|top|topping|unalive myself|meself|masel|mesel", "end|ending|ended my|it life|all", "take|taking|took my own? life", "suicidal", "commit|attempt|attempted|considering|contemplating suicide", "thinking|think|thoughts|thought|talk|talking of|about suicide|dying|killing", "suicide watch|note", "want|wanna|wish|rather to? be|i|die|dead|was|were dead|$|today|tonight|anymore|now", "i want|wanna to? die", "better off dead|without me", "dont|not|no want|longer|wanna want|to? to? live $|anymore|any|like|now|no", "dont|not wanna live $|anymore|any|like|now", "dont want|wanna to? be here|alive anymore|any|no|$", "dont want to wake up", "i cant go on $|like|anymore|any|much|living|with", "no point living|in|me living|going|being on|alive|here|$",
		"nothing to live for", "nothing left to live", "no reason to live", "self harm|harming|harmed|harms", "hurting|cutting|harming myself", "want|going|gonna|about|scared ill|i|to? might|will|to|hurt|cut hurt|cut|harm? myself", "i|ive|ill * overdose|overdosed", "tired of living|life", "tired of being alive|here", "enough of life|living", "wake up * dead", "wish i wasnt|hadnt|was|were born|woken|here|dead|never", "never been born", "load|pile of pills|tablets", "saving|saved|lined|counting up? * pills|tablets", "not be here tomorrow|anymore|much",
		"hunanladdiad", "hunanladdol", "lladd fy? n? hun|hunan", "eisiau|isio|isho|moyn marw", "methu mynd|cario ymlaen|mlaen", "niweidio fy hun", "torri fy? n? hun", "ddim eisiau|isio|moyn byw", "gwell hebdda|hebddo i|fi", "cymryd gormod o dabledi",
	}},
	{name: string(ChildAtRisk), unless: asked, phrases: []string{
		"hits|hit|slaps|slapped|beats|punched|kicked|hurts|hurting|hurt|smacks|smacked|shakes|shook|choked|abuses|abused|abusing|bruised|hitting|beating|slapping|neglects|neglecting|touches|touching the|my|our|her|his kids|son|daughter|children|child|baby|boy|girl|wee|little|bairn|bairns|lad|wean|weans", "abducted", "kidnapped", "CHILD is|are not safe|unsafe", "CHILD at risk|harm", "CHILD in danger",
		"CHILD * bruises|bruised", "bruise|bruises|bruising|marks * on|all|over my|his|her CHILD|arm|arms|leg|legs|back|face", "groomed|grooming|molested|molesting|molests my|her|him|our|the", "touched|touches|touching her|him inappropriately|down", "child protection plan|register", "CHILD is|are|being|was? scared|terrified|frightened|petrified of his|her|their|the|going dad|father|mum|mam|mother|stepdad|home|there", "left|leaves|leaving the|my|them|him|her kids|children|baby|alone|on alone|own|her|his|their", "drink|drunk|drinks|drunken driving|drives|drive with * CHILD", "my|mums|mams dad|mum|stepdad|boyfriend|mam hits|hurts|beats|touches me",
		"taro|brifo|curo|bwrw fy? mab|merch|plant|plentyn", "taror|brifor|curor|bwrwr r? plant|plentyn|mab|ferch", "PLENTYN ddim|mewn yn? saff|ddiogel|perygl", "cam drin plant|fy|y", "cleisiau|cleisia ar|dros ei|fy|y PLENTYN|goesau|breichiau|freichiau",
	}},
	{name: string(Abuse), unless: things, phrases: []string{
		"OTHER has|had|just|always|still|keeps|used|to? hit|hits|hitting|beat|beats|beating me", "hit|hits|hitting|beat|beats|beaten|beating me $|and|again|when|so|last|every|if|for|because|cos|hard|before|in|on|while|once|twice|all|black", "beat me up", "hurt|hurts me $|and|again|when|so|last|every|if|bad|badly|before|or|for|because", "OTHER is|was|been|keeps? hurting me", "punched|punches|punching|strangled|strangles|choked|raped|rapes|slapped|slaps|assaulted|attacked me", "kicked|kicks me $|and|in|down|again|hard|when", "threatened|threatens|threatening me $|and|again|if|because|cos|so|over|by|since|all|that|saying|to", "threatened|threatens|threatening to kill",
		"he|hes|she|shes|ex|husband|wife|boyfriend * going|gonna to? kill|hurt me", "he|hell|she|shell|ex|husband|wife|boyfriend will|would|might? kill me", "tried|trying to kill me", "scared|afraid|frightened|terrified|petrified|feart of him|her|my|what", "im|am|so|too scared|frightened|terrified $|he|she|hes|shes|here|at", "im|am|so|too scared|frightened|terrified to go|be|leave|tell|say|speak|answer|come|sleep|claim|ask", "scared|afraid|frightened|fear for my life|safety", "abusive ex|husband|wife|partner|relationship|marriage|man|father|boyfriend",
		"is|was|hes|shes|gets|got|been|very|so|really abusive|violent", "OTHER is|was|gets|got|being|very|so aggressive|dangerous", "ex is dangerous|violent|abusive", "domestic|physical|physically|sexual|sexually|emotional|financial abuse|violence|abused|abusive", "abused|abuses|abusing me", "abused by my|him|her|his|the|a", "violent|abusive to|towards|with me|us", "violent ex|man|husband|partner|father",
		"stalking|stalks me $|and|again|he|she|online|since|for", "stalker", "OTHER is|keeps|been|was? following|follows me|us", "hes|shes following me|us", "being followed", "followed me home|to|from|round|around", "controls|controlling me|everything|my", "coercive", "dont|not feel safe", "im not safe", "NOT safe at|here|with|if home|here|him|her|he|she", "in danger $|from|because|here|now|at|please|help", "in a|the refuge", "live|living|stay|staying|fled|placed|moved * refuge", "non molestation|mol", "restraining order", "injunction against", "occupation order", "marac", "walking|walk on eggshells|eggshells", "black|swollen|bust eye|lip", "put his|her hands round|around|on", "hands round|around my neck|throat", "outside|outside my house|door|work|flat every|now|again|all|watching", "fled * with|from|him|her|my|violence|the",
		"find|finds|found out where|whaur i|we|im live|am|living|are|moved", "OTHER cant|mustnt|must|cannot * know|find where", "never be? told where", "i live|am in|living in fear", "he|she found me", "OTHER forcing|forced|makes|made|making me to|sign|do|into|have|lie|close|cancel|say|hand|give", "made|forced me sign|close|cancel|drop", "wont let me leave|out|go|work", "locks|locked me in", "hell|shell|hed|shed kill|hurt|batter me|us", "police said|told|say im|i|hes high|at|risk|dangerous",
		"taro fi|mi", "fy nharo|mwrw|mrifo|mygwth", "OTHER bygwth fi", "n|yn|yw|wedi bygwth fi", "maen|yn|o|e|hi|mae bygwth|brifo|bwrw|curo|taro fi", "ofn arna|arnaf i? ohono|ohoni|fo|hi|$|mynd|fy|ei|be|beth", "dwi n? ofni fo|hi|fy|mynd|ei|am", "dwin|rwyn|in ofni fo|hi|fy|mynd|ei|am", "ofni fo|hi", "trais", "camdrin|cam fi|drin|gan|domestig", "fy nilyn", "ddim yn saff|ddiogel $|adre|adra|gartref|yma|efo|gyda|hefo", "mewn perygl", "lloches merched|menywod|i|ers", "mewn lloches",
	}},
})

// What takes the meaning of danger away when it stands close before.
var (
	asked      = []string{"you", "yous", "did", "have", "havent", "want", "chi"}            // "have you read my messages"
	notThreats = []string{"he", "she", "hes", "shes", "they", "him", "her", "said", "says"} // those of another
	others     = []string{"he", "she", "hes", "shes", "they", "him", "her", "ex", "not", "himself", "herself", "amount"}
	things     = []string{"it", "bill", "bills", "cost", "costs", "prices", "tax", "rent", "virus", "covid", "flu", "news", "charge", "charges", "fees", "payments", "not", "never", "youre", "you", "letter", "letters", "your", "staff", "landlord", "bank", "council", "neighbour", "ffi", "biliau"}
)

// classes are words that phrases name together.
var classes = map[string][]string{
	"OTHER": {"he", "she", "hes", "shes", "ex", "exs", "him", "her", "they", "partner", "husband", "wife", "boyfriend", "girlfriend", "dad", "mum", "mam", "father", "mother", "fella", "bloke", "who"},
	"THEM":  {"him", "her", "them", "the", "my", "that", "someone", "somebody"},
	"CHILD": {"child", "kid", "kids", "children", "son", "daughter", "lad", "boy", "girl", "bairn", "bairns", "wean", "weans", "baby", "babies"},
	"NOT":   {"not", "never", "isnt", "aint", "no"},

	"PLENTYN": {"plentyn", "blentyn", "mhlentyn", "plant", "blant", "mab", "fab", "merch", "ferch", "hogyn", "hogan"},
}
