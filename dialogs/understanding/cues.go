package understanding

import (
	"slices"
	"strings"

	"parley/dialogs/answers"
)

// cues adds what reviewed phrases tell beside the intent.
func (r *Reader) cues(reading *Reading, words []string) {
	if len(words) == 3 {
		alone(reading, words[1])
	}
	if slices.Contains(circumstances, reading.Intent) {
		reading.Whose = whoseOf(words)
	}
	reading.Wish = Wish(wishes.first(words))
	if reading.Intent == None {
		reading.Pointer = Pointer(pointers.first(words))
	}
	if reading.Intent == PaymentMade && whoseOf(words) == OtherPerson || slices.Contains(changes, reading.Intent) && denied(words) {
		reading.Firm = false
	}
	reading.Firm = reading.Firm && len(words)-2 >= matterWords && (!given(words) || slices.Contains(questions, reading.Intent)) && !isValue(words)
}

// circumstances are intents that can be told of another person too.
var circumstances = []string{ReportIncomeChange, LostJob, NewJob, SelfEmployment, BenefitsChange, ChangeAddress}

// alone reads one word: by the list of those that we ask people to send, or else
// only when hardly anything else can be meant.
func alone(reading *Reading, word string) {
	if intent, ok := keywords[word]; ok {
		*reading = Reading{Intent: intent, Confidence: 1, Danger: reading.Danger, Language: reading.Language}
	} else if reading.Confidence < lone && reading.Intent != InDanger {
		reading.Intent, reading.Confidence, reading.Doubt = None, 1-reading.Confidence, false
	}
}

var keywords = map[string]string{
	"pay": ReportIncomeChange, "cyflog": ReportIncomeChange, "payments": PaymentQuery, "taliadau": PaymentQuery,
	"balance": PaymentQuery, "balans": PaymentQuery, "paid": PaymentMade, "person": SpeakToPerson, "rhywun": SpeakToPerson,
}

// changes are those and others that a word can deny.
var changes = append([]string{ChildLeft, NewChild}, circumstances...)

// denied reports whether a text may say that something is not so, or only may be.
func denied(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(denials, w) })
}

var denials = []string{"not", "never", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "havent", "hasnt", "aint", "wont", "if", "ddim", "nid", "heb", "erioed", "os"}

// whoseOf is the first person that a text names: "my ex" is another's. What the
// writer only thinks or heard is skipped over.
func whoseOf(words []string) Whose {
	for i, word := range words {
		next := words[min(i+1, len(words)-1)]
		switch {
		case slices.Contains(otherWords, word):
			return OtherPerson
		case slices.Contains(ownWords, word) && !slices.Contains(otherWords, next) && !slices.Contains(hearsay, next):
			return Own
		}
	}
	return ""
}

var (
	ownWords   = []string{"i", "im", "ive", "ill", "id", "my", "me", "we", "our", "fy", "fi", "dwi", "dwin", "rwyf", "rydw", "rwyn", "mi"}
	otherWords = []string{
		"he", "she", "hes", "shes", "his", "her", "ex", "exs", "dad", "father", "mum", "mam", "mother", "partner", "partners", "wife", "wifes", "husband", "husbands", "boyfriend", "girlfriend",
		"son", "daughter", "other", "fo", "hi", "mhartner", "phartner", "partner", "gwr", "ngwr", "gwraig", "ngwraig", "tad",
	}
	hearsay = []string{"think", "know", "heard", "hear", "believe", "reckon", "found", "want", "need", "told", "saw", "seen", "just"}
)

// questions may begin like a date: "when is my next payment".
var questions = []string{PaymentQuery, CalculationQuery, ProgressUpdate, SendEvidence, EnforcementQuery}

// isValue reports whether a short text is an amount or nights and no more: the
// answer to a question that was asked.
func isValue(words []string) bool {
	if len(words)-2 > valueWords {
		return false
	}
	text := strings.Join(words[1:len(words)-1], " ")
	_, amount := answers.ReadMoney(text, answers.Context{})
	_, nights := answers.ReadNights(text, answers.Context{})
	return amount == nil || nights == nil
}

// valueWords is how many words such an answer has at most.
const valueWords = 5

// matterWords is how many words a matter has that leads away from a question.
const matterWords = 4

// given reports whether a text begins like an answer, a date, a reason or a
// condition: a part of what was asked more often than a matter of its own.
func given(words []string) bool { return slices.Contains(asides, words[1]) }

var asides = []string{"since", "when", "because", "cos", "coz", "cause", "after", "before", "until", "till", "if", "unless", "from", "ers", "pan", "achos", "oherwydd", "cyn", "os", "with", "about",
	"yes", "yeah", "yep", "no", "nope", "only", "it", "its", "ok", "not", "ie", "na", "ydw", "ydi", "ydy", "nac", "oes", "dim"}

// wishes say how somebody wants to be reached.
var wishes = newLexicon([]list{
	{name: string(NoCalls), phrases: []string{"dont|no|not|stop ring|call|phone|calling|ringing|phoning me|$|anymore", "no phone? calls", "dont like the? phone|phones", "peidiwch a ffonio|galw", "dim galwadau"}},
	{name: string(NoTexts), phrases: []string{"dont|stop|no text|texting|texts|txt me|$|anymore|please", "peidiwch a thecstio|textio"}},
	{name: string(ByLetter), phrases: []string{"letters|letter|post|writing only", "only by|in|through|via the? post|letter|writing", "only write|letters|letter", "rather|prefer|want|like a|it|you|get|have|by? in|by|to|letter|letters|post? letter|letters|post|writing|write", "in writing please|only|from", "write to me instead|only|please|by", "llythyr|llythyrau|post yn? unig|plis", "drwyr|trwyr post"}},
	{name: string(ByEmail), phrases: []string{"email|emails only", "only by|via|use email", "email me instead|please|only|back", "prefer|rather email|emails", "ebost yn? unig|plis", "ebostiwch fi"}},
	{name: string(ByText), phrases: []string{"text|texts only", "only text|by|via text|$", "text me instead|please|only|back", "prefer|rather text|texts", "tecst yn? unig|plis"}},
	{name: string(ByCall), phrases: []string{"phone|calls|call only", "ring|call|phone me instead|please|only|back", "prefer|rather a|to|you? phone|call|ring|talk", "ffoniwch fi", "ffonio fi"}},
})

// pointers say what another office deals with.
var pointers = newLexicon([]list{
	{name: string(UniversalCredit), phrases: []string{"universal credit", "uc payment|claim|journal|advance|stopped|account|money|sanction", "my|the|on uc", "work coach", "jobcentre", "job centre|center", "credyd|gredyd cynhwysol", "ganolfan waith"}},
	{name: string(CouncilTax), phrases: []string{"council tax", "the|my council", "treth y? cyngor|gyngor"}},
	{name: string(FamilyCourt), phrases: []string{"divorce", "court order|hearing|papers", "family court", "contact|access|residence|custody order|hearing|rights", "see|seeing my|the kids|children|son|daughter", "cafcass", "child arrangements order", "ysgariad", "gorchymyn llys", "llys teulu"}},
	{name: string(HousingOffice), phrases: []string{"housing benefit|association|officer|list", "council house|flat", "landlord", "homeless", "eviction", "tai cyngor", "budd dal tai"}},
	{name: string(TaxOffice), phrases: []string{"hmrc", "tax code|return|rebate|credits|refund", "self assessment", "child benefit", "cod treth", "budd dal plant"}},
	{name: string(OtherBenefits), phrases: []string{"pip claim|assessment|form|payment", "dla form|claim", "my|state pension", "esa claim|form|assessment", "carers allowance", "blue badge", "school meals|uniform"}},
})
