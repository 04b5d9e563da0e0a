package understanding

// english are the phrases of each intent, texting habits and slips included.
var english = map[string][]string{
	WrongPerson: {
		"wrong number|person $", "wrong number|person mate|pal|love|sorry|please|pls|you|i|im|not|dont|stop|and|but|thanks", "not my number",
	},
	SpeakToPerson: {
		"^ person|human|someone $", "a|real|actual person|human", "speak|talk|chat to|with you|someone|somebody|anyone|anybody", "speak|talk|chat to|with a|an person|human|adviser|advisor|agent|caseworker|manager|real",
		"^ can|could|will|would you? please|pls? call|phone|ring me", "^ call|phone|ring me", "call|phone|ring me back|please|pls|plz|asap|today|tomorrow", "call back", "callback",
	},
	CannotPay: {
		"CANNOT pay $", "CANNOT pay anything|any|all|it|this|that|my|the|you|u|so|until|till|til|yet|now|today|tomorrow|anymore|atm|because|cos|as|im|i|and|maintenance|child|for|next",
		"can not pay|afford", "unable to pay", "NOT be? able to pay", "CANNOT make|meet my|the|this|next * PAYMENT", "CANNOT keep up",
		"CANNOT afford $", "CANNOT afford it|this|that|so|my|the|these|maintenance|anymore", "CANNOT afford to pay|make", "NOT be? able to afford",
		"struggling|struggle to pay|make|keep", "struggling|struggle with my|the? PAYMENT", "im|am struggling $", "struggling financially",
		"more|longer|extra time to pay", "pay a bit|little less", "pay less each|a|per|every|for|until", "set up a? payment|repayment plan", "lower|smaller|reduce my|the? payments|payment|instalments",
		"i|ive|ill|im * miss|missed|missing a|my|this|the|next|last|one * PAYMENT", "i|ive|ill|im * miss|missed|missing one|it|this $", "im|am|fallen behind with|on|in my|the? PAYMENT", "late with my|this|the PAYMENT",
		"no money to pay", "no money left", "im|am skint|broke", "PAYMENT are|is too high|expensive", "PAYMENT are|is too much for me|us",
	},
	PaymentMade: {
		"i|ive HAVE? HAVE? PAID $", "i|ive HAVE? HAVE? PAID my|the|this|it|you|u|him|her|them|on|by|today|yesterday|yday|last|already|direct|directly|cash|extra|more|twice|everything|maintenance|#",
		"i|ive HAVE? HAVE? sent|transferred the|my|a|her|him|you|it * money|PAYMENT", "i|ive HAVE? HAVE? sent|transferred #", "i|ive HAVE? HAVE? made a|an|my|the|this extra? PAYMENT",
		"^ PAID $", "^ already|just PAID", "^ PAID it|already|today|yesterday|this|on|my|#", "payment|money sent|made|transferred $", "payment|money sent|made|transferred on|today|yesterday|this|already",
		"payment|money has? left|gone|come|came|went out? of? my bank|account", "put the|some|#|it money? in|into her|his|the account|bank", "gave|given her|him cash|#",
	},
	MissedPayment: {
		"NOT PAID me|us", "THEY still? NOT PAYS", "THEY still? hasnt|havent|didnt|isnt been? PAYS", "THEY has|have|is|did|does|will still? not|never PAYS", "THEY keeps|keep not paying", "THEY has? stopped paying", "THEY is|has? refusing|refuses|refused to? pay", "stopped paying me|us|maintenance|$",
		"NOT been? had|got|get|received|receive|recieved|seen a|any|my|the|this|last * PAYMENT|money", "NOT been PAID", "no PAYMENT $", "no PAYMENT again|yet|received|recieved|from|this|for|since|last|in|has", "no money from|again|yet|received|this",
		"PAYMENT is|was|are|has been? late|missing|overdue|short", "PAYMENT late|overdue|missing $", "^ missed|missing|late payment|payments $", "PAYMENT has|have|was been? missed", "missing a|my|one|the payment",
		"PAYMENT|money still? NOT been? come|came|arrive|arrived|turned|gone|shown|landed|cleared|in", "PAYMENT|money has|have|did still? not come|came|arrive|arrived|turned|gone|shown|landed|cleared",
		"where is? my|the money|PAYMENT", "wheres my|the money|PAYMENT", "waiting for|on my|a|the|this|last|his|her * PAYMENT|money", "THEY only|just PAID", "THEY has? PAID|pays me? late|short|less",
	},
	CalculationQuery: {
		"how * worked out", "how * work it|this|that|the|my * out", "how * calculated|calculate|calculating|calculation", "PAYMENT|amount worked out", "how did|do|have you|u|they get|got|come|came|arrive|arrived to|at|up|with|this|that|the|my|#", "how did|do|have you|they decide|decided * much|amount|pay",
		"why * so much|high|low|little", "why * this|that much", "why am|do i|we * pay|paying this|that|more|#", "why do|does|am|is i|she|he|we only? get|getting|gets less|only|#", "why has|did|is my|the * gone|go|went|going|increased|changed|change|different|dropped", "why has|did|is it * gone|go|went|going|increased|changed|change|different|dropped",
		"breakdown of|for|please|pls|$", "explain how|the|my|your? calculation|amount|figure|figures|sum|sums|PAYMENT", "my|the|your calculation|calculations|assessment", "what|which|whose tax? income|earnings|salary|wages|year|figures did|do|have|has|is|are|was you|u|it|they? * use|used|using|based",
		"an|rough|quick estimate", "^ estimate $", "how much should|would i|he|she|we|they|my", "how much * supposed|meant to pay|get|be",
	},
	PaymentQuery: {
		"WHEN * my|the|our next|nxt PAYMENT|one", "WHEN next|nxt PAYMENT", "what|whats * my|the|our next|nxt PAYMENT", "^ my|the? next|nxt PAYMENT", "next|nxt PAYMENT date|due|amount",
		"how|hw much|mch do|did|is|will|am|are|have|has i|we|it|he|she * owe|owed|due|left|outstanding|paying|getting|get|paid|pay|behind", "how|hw much is|was|are|will my|the|this|next * PAYMENT", "how much is owed|due|left|outstanding", "how much arrears", "what do|did i owe|pay|get", "what is? my|the * balance|arrears", "whats my|the * balance|arrears", "my|account|current|outstanding balance",
		"^ my|the? balance|arrears|PAYMENT $", "am i|we in arrears|credit|debt", "am i|we behind $", "do i have|owe any? arrears|money", "check|see|view|show|find|about|tell * my payments|balance|arrears", "payment|account statement", "statement of|for my|the|account|payments", "payment|payments history|schedule|dates",
		"which|what bank? account do|should|does|is|did", "WHEN is|was it|PAYMENT due|taken", "WHEN is|was my|the PAYMENT due|taken|coming", "WHEN am i|we due|getting|PAID|going", "WHEN do|will|can|should|did i|we be|get|getting|have|need|expect to? get|be? PAYS|money|my", "WHEN will|does|do|is|should|did|has my|the|this|his|her * money|PAYMENT come|coming|arrive|go|going|leave|be|reach|clear|land", "WHEN will|does it come|arrive|go|leave|reach",
		"my|the last|latest|previous|recent payment|payments", "did|have|has|hav you|u|cms * get|got|received|recieved|receive|had my|the|a|this * PAYMENT|money", "has|did|is my|the|a|his|her|this|last * PAYMENT|money gone|go|been|arrived|arrive|come|cleared|clear|there|in|through",
		"have i paid enough|everything|all|off", "have i paid too much", "query|question about|on|with|re my? payment|payments",
	},
	ProgressUpdate: {
		"have|has|had|did|hav you|u|cms * got|received|recieved|receive|get|had|seen * DOCUMENT|email|application|claim|message|report", "has|have|did my|the * DOCUMENT|email|application|claim|report|message arrived|arrive|come|been",
		"any|an update|updates|news|progress", "update on|about|regarding|re my|the|this", "^ update|updates|progress $", "what is|has|have? happening|happened|going|goin on? with|about|to * case|claim|application|report|change|review|complaint", "whats happening|happened|going|goin on? with|about|to * case|claim|application|report|change|review|complaint", "whats happening|going|the on|status|latest $", "what is happening|going|the on|status|latest $",
		"how long * take|hear|wait", "how long until|before|till * decision|reply|answer|hear", "how much longer", "still waiting to|for|on hear|a|an|my|your decision|answer|reply|response|letter|call|update|to|from|back|review", "waiting to hear", "status of my|the|this", "where are we|you|u at|up|with",
		"NOT heard anything|back|from", "heard nothing", "when will|do|can i|you|u hear|know|write|reply|decide",
	},
	SendEvidence: {
		"how|where do|can|should|shall|would i|we send|post|upload|email|submit|attach|forward", "how|where to send|post|upload|email|submit", "can|shall|should|may i send|post|upload|email|attach|forward", "send|sending|sent|upload|uploading|post|email|submit|attach|forward you|in|over|off|my|the|a|some|these|last|latest * DOCUMENT",
		"what evidence|proof|documents|paperwork do|does|is|should", "address to send|post",
	},
	LostJob: {
		"lost|losing|lose my|the? job|jobs|work", "made|being redundant", "redundancy", "been|got|was|getting sacked|fired|dismissed", "got|given the sack", "laid off", "been|got|was let go", "out of work", "out of a job", "unemployed",
		"contract|job|employment has|is|was|just|ends|end ended|finished|over|gone|terminated|finishing|ending|expired", "contract|job ended|finished|ends|expired", "got|have no job", "^ no job", "without a job", "left|quit|leaving|resigned|packed from|in? my job|work|employer", "handed in my notice", "handed my notice",
		"sick pay", "ssp", "off sick", "off work sick|ill", "on the sick", "long term sick", "signed off", "NOT working at|anymore|any|now", "no longer working|employed", "company|firm|employer has? went|gone|closed|shut|folded bust|under|down|$",
	},
	NewJob: {
		"^ new|different job|employer", "a|another|different new? job|employer $", "got|have|started|starting|start|found|landed|getting a|another|my new|different|full|part? time? job|employer|role|position", "got|ive|started|starting|found|have new job|work|employment",
		"got|started|starting|found work|working|employment", "about my new job|employer", "change|changed|changing of|my? jobs|job|employer|employers", "switched|moved|swapped to? a? new? jobs|job|employer|employers", "back at|to|in work", "working|work for|at someone|somebody else|different|new", "working|work for|at a new|different company|firm|employer|place", "new payroll",
	},
	SelfEmployment: {
		"im|am|now|gone|going|went|became|become|becoming|been|being|started|starting|stopped|registered now|being|as|to? self employed|employment", "im|am|gone|went|become|now selfemployed", "^ self employed|employment", "NOT|longer self employed", "given up self employment",
		"my|own own|small? business has|is|closed|shut|folded|failed|going|went|doing|collapsed", "started|starting|set|setting|opened|closed|closing|shut|sold|selling|run|running up|down? a|my own|small|new? business|company|shop", "sole trader", "freelance|freelancing|freelancer",
		"working|work|worked for myself", "stopped|ceased|started trading", "my|business profit|profits|turnover has|have|is|are|went|gone|down|up|fallen|dropped|changed",
	},
	ChildLeft: {
		"left|leaving|leaves|finished|finishing|finishes|quit|quitting|completed his|her|their|full|sixth|6th? time|form? SCHOOL", "left|leaving|finished|quit sixth|6th form", "dropped|dropping|drop out of? his|her|the|sixth|6th? form? SCHOOL", "longer in|at full? time? SCHOOL", "NOT in|at|going|to to|full? time? SCHOOL",
		"turned|turning|turns|reached 16|17|18|19|20|twenty|eighteen|nineteen", "CHILD is|are|was|now|will now|just|nearly|be|over? 16|17|18|19|20|twenty|eighteen|nineteen", "20th|18th|19th birthday",
		"CHILD has|have|is|are|just? left|leaving|moved|moving home|out|abroad|overseas|away", "CHILD * abroad|overseas|emigrated|emigrating", "CHILD * adopted", "been|being|was|got adopted", "adoption", "left the uk|country with", "took|taken|taking CHILD abroad|overseas",
		"child benefit has|have|is|was? been? stopped|ended|ending|finished|stopping", "apprenticeship|apprentice", "CHILD has|is|just|now? started|starting|got a|full|to? time? work|working|job",
	},
	NewChild: {
		"^ new? baby $", "had|having|expecting|got|have a|another|my|our|new? second|third? baby|twins", "expecting $", "had|have|got another child|kid", "baby born|arrived $", "baby is|was|has|on due|born|arrived|been|the", "baby born|arrived|due on|today|yesterday|last|in|this", "new baby", "pregnant", "gave|given birth", "birth of my|our",
		"another CHILD|baby living|lives|moved|to|on|in|at|now|with|$", "add|adding|include a|an|another|my|our|the|new|this * CHILD|baby", "partners|wifes|girlfriends|boyfriends|husbands CHILD has|have|now|live|lives|moved", "stepson|stepdaughter|stepchild|stepchildren|stepkids", "step son|daughter|child|kids|children", "CHILD moved|moving in with us",
	},
	OvernightStays: {
		"overnights|overnight stays|stay|nights|contact|care", "overnights have|changed|$", "over night stays|stay", "nights have|has|are|is * changed|change|increased|gone|different|dropped|wrong|agreed", "nights changed|wrong|dropped|increased", "change|changes|changed|changing|wrong|dispute|disagree|update to|in|of|with|the|on|number|my|our|about * nights",
		"more|fewer|less|extra|additional|another nights|nites|overnights", "NOT|dont|disagree agree? * nights", "CHILD|he|she|they now|all|both stays|stay|sleeps|sleep|lives|live with|at|here", "CHILD|he|she|they stays|stay|lives|live with me|us now|more|full|most|every", "CHILD|he|she|they is|are|has|have staying|living|stayed|been with|at me|mine|us more|now|full|less",
		"CHILD|he|she|they stays|stay|staying more|less|longer|extra", "CHILD|he|she|they NOT stay|staying|sleep|sleeps|stayed|come|coming over|at|with|here|anymore|overnight", "CHILD|he|she|they no longer stays|stay|sleeps|sleep|comes|come", "CHILD|he|she|they has|have|is|are|just? moved|moving|come|coming back? in? to? live? with me", "CHILD|he|she|they live|lives|stay|stays with me $",
		"have|having|got|see|seeing him|her|them|CHILD more|less", "have|having|got|see|seeing my|our|the CHILD more|less", "shared|joint|equal care|custody", "main|primary carer", "contact|custody|access order|arrangement|arrangements|days|has|have? has|have? changed|change|stopped|ended", "50 50 custody|care|split|shared|now|with",
	},
	ReportIncomeChange: {
		"^ pay $", "my|our PAY $", "my|our PAY is|has|have|was|were|are|will|just|went|gone|got|been|changed|dropped|fell|fallen|up|down|reduced|cut|cuts|increased|rose|risen|less|more|different|lower|higher|decreased|halved|doubled|going|changing|stopped|ended", "my take home|pay pay? has|is|went|down|up",
		"pay|wage|wages|salary|income has|have|is|are been|gone|going? gone|going|down|up|changed|less|more|dropped|increased|reduced|cut|different|lower|higher", "pay|wages|wage|salary|income went|gone|changed|dropped|reduced|increased|down|up", "pay|wage|salary|hours|income cut|cuts|rise|increase|drop|reduction|raise", "payrise|paycut", "had|got|getting|given a raise|promotion", "promoted",
		"cut|cutting|reduced|lost|reduce|dropped|losing|changed|changing|increased my|all|the|our|some? hours|hrs|overtime|shifts|pay|wages|wage|salary|bonus|income", "gone|going|went|dropped|dropping down? to? part|full time", "part time now|hours", "less|more|fewer|reduced|no hours|hrs|shifts|overtime|pay|wages|income", "overtime|bonus|commission has|have|is? been? stopped|ended|gone|finished|cut|dropped",
		"im|get|getting|now|being|am paid|earning|earn|getting? less|more $", "paid|earn|earning less|more", "change|changes|changed in|of|to my|me|the? PAY", "report|tell|update|change|about|regarding * my PAY", "less|more money coming|now|from|at", "furlough|furloughed",
	},
	SmallTalk: {"^ hello|hi|hiya|hey|thanks|thank|ta|cheers|bye|ok|okay", "thanks|bye|cheers $", "thank you $"},
}
