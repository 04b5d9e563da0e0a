package understanding

// welsh are the phrases of each intent, in the forms of north and south and
// with their mutations. Apostrophes and accents are gone: "mae'r" is "maer".
var welsh = map[string][]string{
	WrongPerson: {"rhif|person anghywir $", "rhif|person anghywir mae|sori|dwi|peidiwch|diolch", "nid fy rhif", "ddim fy rhif"},
	SpeakToPerson: {
		"^ rhywun|person $", "siarad|sgwrsio a|ag|gyda|efo|hefo rhywun|pherson|chi|chynghorydd|swyddog", "^ ffoniwch|ffonio fi", "ffoniwch fi yn|nol|plis|heddiw|yfory|os", "allwch|fedrwch chi ffonio",
	},
	CannotPay: {
		"methu|fethu TALU", "methu|fethu ei? fforddio", "ni allaf|fedraf dalu", "ni allaf|fedraf ei? fforddio", "alla|fedra|galla i ddim TALU|fforddio", "alla|fedra|galla i ddim ei fforddio", "allai ddim TALU|fforddio", "ddim yn gallu|medru ei? TALU|fforddio",
		"i|dwi|dwin|rwyn|in|byddaf wedi|yn|n? methu|fethu un|taliad|daliad|fy", "wedi methu taliad|un", "mwy o amser i dalu", "talu llai bob|y|yr", "dim|heb digon|arian|pres i dalu", "trafferth TALU", "trafferth gyda|efo|hefo|gydar|efor fy|y? TALIAD", "hol hi gyda|efo|hefo|gydar|efor fy|y? TALIAD", "gostwng fy nhaliadau",
	},
	PaymentMade: {
		"i|dwi|rwyf|rwy wedi|newydd TALU", "^ wedi TALU", "wedi TALU eisoes|yn|ddoe|heddiw barod?", "talais|dalais", "wnes|nes i dalu|anfon|drosglwyddo", "wedi|newydd anfon|trosglwyddo|gyrru yr|y|fy arian|taliad|pres|nhaliad", "wedi gwneud y|fy? TALIAD", "wedi mynd|gadael o? fy nghyfrif|banc",
	},
	MissedPayment: {
		"NHW heb TALU", "NHW ddim wedi|yn TALU", "NHW byth yn TALU", "NHW yn|n? gwrthod TALU", "NHW wedi stopio TALU", "stopio talu", "nid yw|ydy NHW wedi|yn TALU",
		"heb gael|dderbyn fy|y|unrhyw|dim? TALIAD|arian|pres", "ddim wedi cael|derbyn fy|y|unrhyw|dim|yr? TALIAD|arian|pres", "heb gael fy nhalu", "heb fy nhalu", "ddim wedi cael fy nhalu", "TALIAD|arian|pres heb|ddim wedi? dod|ddod|cyrraedd|gyrraedd", "nid yw|ywr|ydy|ydyr y|fy|yr? TALIAD|arian wedi dod|cyrraedd",
		"TALIAD ar goll", "TALIAD yn? hwyr", "ble|lle mae|maer|ma fy|y|yr? TALIAD|arian|pres", "dim TALIAD eto|gan|wedi", "dim TALIAD y|yr mis|wythnos", "dim arian|pres eto|gan|wedi", "aros am fy|y|yr TALIAD|arian|pres", "NHW * TALU yn? hwyr", "NHW * TALU dim ond|hanner",
	},
	CalculationQuery: {
		"sut * cyfrifo|gyfrifo|cyfrifwyd|gyfrifwyd", "wedii|ei gyfrifo", "sut * gweithio|weithio allan", "sut * penderfynu|benderfynu", "sut daethoch|ddaethoch|gawsoch chi", "pam * gymaint|cymaint", "pam * cyn|mor lleied|uchel|isel", "pam * swm|TALIAD * newid|codi|gostwng|cynyddu", "eglurwch|esboniwch|egluro|esbonio * swm|cyfrifiad",
		"y|fy|r|eich cyfrifiad|nghyfrifiad|gyfrifiad", "pa incwm|gyflog", "amcangyfrif $", "cael amcangyfrif", "faint * ddylwn|dylwn|ddylai|dylai",
	},
	PaymentQuery: {
		"pryd * TALIAD nesaf|nesa", "^ fy|y? TALIAD nesaf|nesa", "faint yw|ywr|ydy|ydi|fydd fy|y? TALIAD", "faint sydd|sy arna|arnaf|ar|yn|ar? i|ol|ddyledus", "faint syn ddyledus", "faint dwi|dwin|dw|rydw|rwyn|fydda|fyddaf|mae|maen * dalu|gael|dderbyn|talu|cael", "fy malans", "balans $", "ol ddyledion|ddyled", "^ fy? TALIAD $", "ydw i mewn dyled|credyd",
		"pryd ga|caf|gaf|fydda|fyddaf|dwi|dwin|dw|rydw * nhalu|TALIAD|arian|pres", "pryd mae|maer|bydd|fydd|ddaw fy|y|yr? TALIAD|arian|pres", "pryd maen|maer * ddyledus", "hanes|dyddiadau fy|y? TALIAD", "gweld|dangos|gwirio|am fy nhaliadau|nhaliad", "fy nhaliad diwethaf|olaf", "y|r taliad diwethaf|olaf", "pa gyfrif", "ydych|gawsoch chi * TALIAD|arian|pres", "ydy|ydi fy|y|r|yr TALIAD|arian * cyrraedd|mynd|dod",
	},
	ProgressUpdate: {
		"beth sydd|sy yn? digwydd", "beth syn digwydd", "beth yw|ywr|ydir|ydyr sefyllfa|diweddaraf|hanes", "unrhyw|oes newyddion|ddiweddariad|diweddariad", "^ diweddariad|newyddion", "ydych|gawsoch chi * SLIP|cais|neges|ebost", "ydy|ydi fy|y|r * SLIP|cais|neges|ebost * cyrraedd", "dal i aros|ddisgwyl am ateb|benderfyniad|lythyr|alwad", "dal i aros|ddisgwyl i glywed", "pryd * clywed|glywed|penderfyniad|benderfyniad|penderfynu", "heb glywed", "ddim wedi clywed", "faint o amser",
	},
	SendEvidence: {
		"sut|ble|lle * anfon|gyrru|ddanfon|hanfon|uwchlwytho", "anfon|gyrru|danfon|atodi|hanfon * SLIP", "pa dystiolaeth|ddogfennau", "ga|caf|alla|gallaf i anfon|yrru|atodi",
	},
	LostJob: {
		"colli|golli|collais|gollais i? fy|ei? swydd|ngwaith|gwaith", "di waith", "ddi waith", "diwaith|ddiwaith", "diweithdra", "niswyddo|diswyddo", "cael fy sacio", "cael y? sac", "dileu fy swydd", "swydd|contract|nghontract|cytundeb|nghytundeb wedi dod|gorffen|darfod", "gadael|adael|gadewais fy swydd|ngwaith", "^ heb|dim waith|gwaith|swydd",
		"tal salwch", "sal or gwaith", "ffwrdd or gwaith yn sal", "ar y sic", "ddim yn gweithio nawr|rwan|bellach|mwyach",
	},
	NewJob: {
		"^ swydd|gwaith|cyflogwr newydd", "cael|gael|ges|cefais|gen|gennyf|dechrau|cychwyn|ddechrau|gychwyn|dechreuais i? swydd|gwaith|waith|job newydd|arall", "cyflogwr|gyflogwr newydd", "newid|newidiais i? fy? swydd|gwaith|swyddi|cyflogwr", "dechrau|cychwyn|ddechrau|dechreuais i? gweithio|weithio|gwaith|swydd", "wedi cael gwaith|swydd|job", "nol yn y gwaith", "nol yn|mewn|ir? gwaith|gweithio", "am fy swydd newydd",
	},
	SelfEmployment: {
		"hunangyflogedig", "hunan gyflogedig", "gweithio i mi|fi fy? hun", "gweithio drosof|dros fy hun", "dechrau|cychwyn|ddechrau|cau|agor|gwerthu|sefydlu fy|y? musnes|busnes|fusnes", "musnes|busnes wedi cau|gorffen|methu|dod", "stopio|dechrau masnachu", "fy elw wedi|yn|n", "unig fasnachwr", "llawrydd",
	},
	ChildLeft: {
		"gadael|adael|gadawodd|gorffen|orffen|gorffennodd yr|y|ei|eu? YSGOL", "gadaelr|adaelr|gorffenr YSGOL", "ddim yn|mewn yr? YSGOL bellach|mwyach|rwan|nawr", "ddim mewn addysg", "troi|droi|trodd yn? 16|17|18|19|20|ugain", "PLENTYN yn|n|wedi 16|17|18|19|20|ugain|ddeunaw", "pen blwydd yn 18|19|20|ugain",
		"PLENTYN * gadael|adael cartref", "PLENTYN * symud allan|dramor", "PLENTYN * dramor", "mabwysiadu|fabwysiadu", "dal plant wedi stopio|gorffen|dod", "prentisiaeth|brentisiaeth", "PLENTYN * dechrau|cychwyn gweithio|gwaith",
	},
	NewChild: {
		"babi|fabi|baban|faban newydd", "plentyn|blentyn newydd", "cael|gael|disgwyl|ddisgwyl|ges|cefais|gen|gennym i? babi|fabi|baban|faban|efeilliaid", "gen|gennyf|gennym i? blentyn arall", "plentyn|blentyn arall yn|n|gyda|efo|wedi byw|symud|fi|ni", "feichiog|beichiog", "babi|baban wedi cyrraedd|ei|cael", "geni babi|plentyn|ein", "ychwanegu|adio fy|y|ein|at? PLENTYN|babi|fabi", "llysblentyn|llysfab|llysferch|llysblant",
	},
	OvernightStays: {
		"nosweithiau * newid|newidiodd|anghywir|gostwng|cynyddu", "mwy|llai|rhagor o nosweithiau", "nifer y nosweithiau", "newid yn|i|ir|y nosweithiau", "anghytuno ar|am|ynghylch y? nosweithiau", "ddim yn? cytuno ar|am|ynghylch y? nosweithiau", "aros dros nos", "arosiadau|arhosiadau dros? nos", "PLENTYN * aros|byw|cysgu gyda|efo|hefo fi|mi", "aros|byw|cysgu gyda|efo|hefo fi|mi mwy|llai|nawr|rwan|llawn|bob|drwyr", "ddim yn aros|cysgu gyda|efo|dros|yma|bellach|mwyach",
		"PLENTYN wedi symud ata|ataf|i", "symud i fyw gyda|efo|ata|ataf fi|mi|i", "prif ofalwr", "gofal ar y cyd", "gofal cyfartal", "gorchymyn cyswllt wedi", "gweld fy|y plant mwy|llai",
	},
	ReportIncomeChange: {
		"^ cyflog $", "^ fy CYFLOG $", "CYFLOG wedi gostwng|codi|newid|mynd|lleihau|cynyddu|disgyn|haneru|dyblu|cael", "CYFLOG yn|n is|uwch|llai|fwy|wahanol|mynd|newid|gostwng|codi", "CYFLOG i lawr|fyny", "CYFLOG llai|mwy|is|uwch", "gostyngodd|cododd|newidiodd fy? CYFLOG", "codiad|gostyngiad|newid|newidiadau|toriad|cynnydd yn|mewn|i|o? fy|y? CYFLOG", "torri|newid|colli|gostwng|cynyddu fy|yr|y? CYFLOG|goramser|ngoramser|bonws",
		"llai|mwy o gyflog|oriau|incwm", "ennill|nennill llai|mwy", "goramser|bonws wedi stopio|gorffen|dod|mynd", "gweithio|mynd rhan|ran amser", "gweithio yn? rhan|ran amser", "dyrchafiad|ddyrchafiad", "am|adrodd|riportio|ynghylch * nghyflog|incwm",
	},
	SmallTalk: {"^ helo|shwmae|diolch|hwyl|iawn", "^ bore|prynhawn da", "diolch|hwyl $"},
}
