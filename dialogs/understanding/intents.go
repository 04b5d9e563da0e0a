package understanding

import "slices"

// intents are told apart in this order. What the writer did or cannot do comes
// before what the other parent did, and what is asked before what has changed.
var intents = newLexicon([]list{
	either(WrongPerson, nil),
	either(SpeakToPerson, denials),
	either(CannotPay, others),
	either(PaymentMade, others),
	either(MissedPayment, asides),
	either(CalculationQuery, nil),
	either(PaymentQuery, nil),
	either(ProgressUpdate, nil),
	either(SendEvidence, nil),
	either(LostJob, others),
	either(NewJob, others),
	either(SelfEmployment, others),
	either(ChildLeft, asides),
	either(NewChild, asides),
	either(OvernightStays, asides),
	either(ReportIncomeChange, others),
	either(SmallTalk, nil),
})

// either is the list of an intent in both languages: everybody may write in
// either, and mix them.
func either(intent string, unless []string) list {
	return list{intent, unless, slices.Concat(english[intent], welsh[intent])}
}

var (
	// denials say that something is not so.
	denials = []string{
		"not", "never", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "havent", "hasnt", "aint", "wont",
		"ddim", "nid", "heb", "erioed",
	}
	// asides come before what gives a date, a reason or a condition: a part of
	// an answer more often than a matter of its own.
	asides = slices.Concat(denials, []string{
		"since", "when", "because", "cos", "coz", "cause", "after", "before", "until", "till", "if", "unless", "from",
		"ers", "pan", "achos", "oherwydd", "cyn", "os",
	})
	// others are those of whom the same can be told as of the writer. "They" is
	// not among them: they are the employer, as often as not.
	others = slices.Concat(asides, classes["CHILD"], classes["PLENTYN"], []string{
		"he", "she", "hes", "shes", "his", "her", "their", "ex", "exs", "dad", "father", "mum", "mother", "parent", "partner", "partners", "wife", "wifes", "husband", "husbands", "boyfriend", "girlfriend", "mums", "dads", "who",
		"fo", "hi", "gwr", "gwraig", "ngwr", "ngwraig", "mam", "tad", "ffrind", "mhartner", "phartner",
	})
)

// classes are words that phrases name together.
var classes = map[string][]string{
	"CHILD": {
		"child", "childs", "kid", "kids", "children", "son", "sons", "daughter", "daughters", "lad", "boy", "boys", "girl", "girls", "eldest", "oldest", "youngest", "twins",
		"stepson", "stepdaughter", "stepchild",
	},
	"DOCUMENT": {
		"payslip", "payslips", "wageslip", "wageslips", "p45", "p60", "evidence", "proof", "documents", "document", "docs", "paperwork", "letter", "letters", "form", "forms",
		"receipt", "receipts", "photo", "photos", "bank", "statements", "accounts",
	},
	"CANNOT":  {"cant", "cannot", "cnt", "carnt", "couldnt"},
	"HAVE":    {"have", "already", "just", "did"},
	"NOT":     {"not", "never", "hasnt", "havent", "hvnt", "didnt", "doesnt", "isnt", "wont", "aint"},
	"PAID":    {"paid", "payed", "payd"},
	"PAY":     {"pay", "pays", "wage", "wages", "salary", "sallary", "income", "earnings", "hours", "hrs", "shifts", "overtime", "bonus"},
	"PAYMENT": {"payment", "payments", "paymnt", "pymt", "payemnt", "maintenance", "maintanance", "maintenence"},
	"PAYS":    {"pay", "pays", "paid", "payed", "payd", "paying"},
	"SCHOOL":  {"school", "skool", "college", "collage", "education", "uni", "university"},
	"THEY":    {"he", "she", "hes", "shes", "they", "ex", "dad", "father", "mum", "mother", "parent"},
	"WHEN":    {"when", "wen", "whens"},

	"CYFLOG":  {"cyflog", "gyflog", "nghyflog", "chyflog", "incwm", "hincwm", "oriau", "enillion", "henillion"},
	"NHW":     {"o", "e", "fo", "hi", "nhw", "ex", "tad", "dad", "mam", "arall"},
	"PLENTYN": {"plentyn", "blentyn", "mhlentyn", "phlentyn", "plant", "blant", "mab", "fab", "merch", "ferch", "hogyn", "hogan", "hynaf"},
	"SLIP":    {"slip", "slipiau", "tystiolaeth", "dogfennau", "llythyr", "llythyrau", "ffurflen", "llun", "lluniau", "p45", "p60"},
	"TALIAD":  {"taliad", "daliad", "thaliad", "nhaliad", "taliadau", "daliadau", "thaliadau", "nhaliadau", "cynhaliaeth", "gynhaliaeth"},
	"TALU":    {"talu", "dalu", "thalu", "nhalu"},
	"YSGOL":   {"ysgol", "coleg", "chweched", "addysg", "brifysgol"},
}
