package understanding_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"parley/dialogs"
	"parley/dialogs/understanding"
)

// What people write about each matter, as they write it.
var about = map[string]map[string][]string{
	"en": {
		understanding.PaymentQuery: {
			"When is my next payment?", "wen is my nxt payment", "whens the next payment due", "how much do I owe", "hw mch do i owe u", "How much is my next payment",
			"what's my balance", "payments", "my payments", "BALANCE", "am i in arrears", "how much arrears do I have", "when do i get paid", "when will I get my money", "when will my payment come",
			"hello when does the maintenance go in", "Can I check my payments please", "did you get my payment?", "has my payment gone through", "what account do I pay into", "how much am I getting this month",
			"I need a payment statement", "when was my last payment", "have I paid enough", "Do I owe any money?", "When am I due to pay", "i have a question about my payments", "what do i owe",
		},
		understanding.CalculationQuery: {
			"How is it worked out?", "how did you work that out", "how is my payment calculated", "why do I pay so much", "why is it so high", "Why has my payment gone up?", "why am I paying more now", "how did you get to that figure",
			"can I have a breakdown of it", "explain the amount please", "which income did you use", "what tax year have you used", "I want an estimate", "how much should I pay", "how did you come up with £85", "I don't understand your calculation",
			"why do i only get 40 a week", "what income is it based on", "how you work it all out",
		},
		understanding.ProgressUpdate: {
			"any update?", "have you got my payslip", "did you get my letter", "what is happening with my case", "whats going on with my claim", "any news on my case", "how long will it take", "still waiting for an answer",
			"has my form arrived", "I haven't heard anything", "when will I hear back", "have you received the documents i sent", "update on my case please",
		},
		understanding.SendEvidence: {"How do I send my payslips?", "where do i upload it", "can i email you my payslip", "what evidence do you need", "I want to send you my p45", "whats the address to post it"},
		understanding.MissedPayment: {
			"he hasn't paid", "He hasnt paid me", "my ex has not paid this month", "she didn't pay", "still not had any money", "no payment again", "I haven't received my payment", "havent had my november payment", "payment is late", "my payment hasn't come",
			"payment missing", "Where is my money?", "where's my payment", "I've not been paid", "he only paid half", "his dad never pays", "My ex is refusing to pay", "she paid me late again", "still waiting on my payment", "he stopped paying", "missed payment",
			"the other parent isn't paying", "not recieved any maintenance", "payment not arrived",
		},
		understanding.CannotPay: {
			"I cannot pay this month", "i cant pay", "can't afford it", "I can't afford the payments", "cnt pay til friday", "im going to miss a payment", "I missed my payment", "I might miss this month's payment", "ive missed a payment", "struggling to pay",
			"need more time to pay", "I'm behind with my payments", "can I set up a payment plan", "im skint", "unable to pay", "I won't be able to pay", "sorry but I can't pay because I lost my job", "the payments are too high", "can I pay a bit less", "I cant keep up with it", "will be late with my payment",
		},
		understanding.PaymentMade: {
			"I paid", "I've paid", "ive already paid", "I have paid it", "I paid £120 on Monday", "i paid her direct", "already paid", "PAID", "I sent the money yesterday", "i made a payment last week", "paid today", "i paid my ex cash", "payment has left my account", "I have just made an extra payment", "I gave her £50", "i transferred 200 to him",
		},
		understanding.LostJob: {
			"I lost my job", "I lost my job on 3 March", "been made redundant", "I got sacked", "ive been laid off", "my contract has ended", "Im on sick pay", "off sick", "I'm unemployed", "out of work atm", "lost my job so need help", "I was let go last week", "left my job", "signed off for 6 weeks", "not working anymore", "my company has gone bust",
		},
		understanding.NewJob: {
			"I've got a new job", "new job", "started a new job on Monday", "I have a new employer", "I've changed jobs", "got work", "back in work", "I am starting work next week", "working for someone else now", "got a job!", "moved to a new employer", "I've started a full time job",
		},
		understanding.SelfEmployment: {
			"I'm self-employed now", "I have gone self employed", "started my own business", "closed my business", "no longer self employed", "sole trader", "I'm working for myself", "my business has closed", "I've stopped trading", "my profits are down", "freelance now",
		},
		understanding.OvernightStays: {
			"The overnight stays have changed", "overnight stays", "my nights have changed", "more nights now", "he stays with me more", "we don't agree on the nights", "the kids live with me now", "shared care", "My son has moved in with me", "she doesn't stay over anymore", "change to nights", "I have them more", "the nights are wrong", "she no longer stays", "we've gone to 50/50 custody", "you have the wrong number of nights",
		},
		understanding.ChildLeft: {
			"my son left school", "she left college in June", "My daughter has turned 20", "he has finished sixth form", "my eldest is 20 now", "he dropped out of college", "my son moved abroad", "my daughter was adopted", "no longer in education", "child benefit has stopped", "he started an apprenticeship", "my son has started work", "my kids are living abroad", "our daughter has left home",
		},
		understanding.NewChild: {
			"I've had a baby", "we had another baby", "new baby", "my wife is pregnant", "I want to add a child", "add my daughter to the case", "another child lives with me", "my partner's kids live with us", "we're having twins", "I have a stepson", "baby born on 3 May", "had twins",
		},
		understanding.ReportIncomeChange: {
			"PAY", "my pay's gone down", "My pay has gone up", "my wages have changed", "pay cut", "I got a pay rise", "got promoted", "they cut my hours", "they cut overtime, hit rate is low", "less hours at work", "my income is lower now", "gone part time", "im getting paid less", "overtime has stopped", "I want to report a change in my income",
			"change of pay", "my bonus ended", "Hello, my salary changed", "my pay is down because I lost my job", "i am earning less",
		},
		understanding.SpeakToPerson: {"person", "PERSON", "can I speak to someone please", "I want to talk to a human", "call me please", "can you ring me", "I need to speak to an adviser about my missing payment", "real person pls"},
		understanding.WrongPerson:   {"wrong number mate", "You have the wrong number", "wrong person sorry", "this is not my number"},
		understanding.SmallTalk:     {"Hello!", "thanks", "ok thank you"},
	},
	"cy": {
		understanding.PaymentQuery: {
			"Pryd mae fy nhaliad nesaf?", "pryd ma'r taliad nesa", "faint sydd arna i", "faint sy'n ddyledus", "faint dw i'n ei dalu", "taliadau", "fy nhaliadau", "beth yw fy malans", "oes gen i ôl-ddyledion?", "pryd ga i fy arian", "pryd bydd y taliad yn dod", "gweld fy nhaliadau", "ydych chi wedi cael fy nhaliad", "pa gyfrif ddylwn i ei ddefnyddio", "faint yw fy nhaliad", "pryd fydda i'n cael fy nhalu",
		},
		understanding.CalculationQuery: {
			"Sut mae'n cael ei gyfrifo?", "sut mae'r swm wedi'i gyfrifo", "pam dw i'n talu cymaint", "pam mae mor uchel", "Esboniwch y swm", "sut mae'n cael ei weithio allan", "pa incwm ddefnyddioch chi", "faint ddylwn i dalu", "pam mae fy nhaliad wedi codi", "sut daethoch chi at hynny",
		},
		understanding.ProgressUpdate: {"Beth sy'n digwydd?", "unrhyw newyddion?", "ydych chi wedi cael fy slip cyflog", "dal i aros am ateb", "pryd fydda i'n clywed", "dw i heb glywed dim", "beth yw'r diweddaraf"},
		understanding.SendEvidence:   {"Sut ydw i'n anfon fy slip cyflog?", "ble dw i'n anfon y llythyr", "pa dystiolaeth sydd ei hangen", "ga i anfon llun"},
		understanding.MissedPayment: {
			"Mae o heb dalu", "dydy hi ddim wedi talu", "mae fy ex heb dalu y mis hwn", "dw i heb gael fy nhaliad", "heb dderbyn taliad", "dim taliad eto", "ble mae fy arian?", "lle mae'r taliad", "mae'r taliad yn hwyr", "taliad ar goll", "nid yw'r taliad wedi dod", "mae'r tad yn gwrthod talu", "mae o wedi stopio talu", "mae'r taliad heb gyrraedd",
		},
		understanding.CannotPay: {
			"Dw i'n methu talu", "methu fforddio", "ni allaf dalu", "alla i ddim talu y mis yma", "dydw i ddim yn gallu talu", "angen mwy o amser i dalu", "dwi'n mynd i fethu taliad", "dim arian i dalu", "dwi'n cael trafferth talu", "ar ei hôl hi gyda fy nhaliadau", "ni allaf ei fforddio",
		},
		understanding.PaymentMade: {
			"Dw i wedi talu", "rwyf wedi talu", "dwi wedi talu yn barod", "talais i ddoe", "wnes i dalu £120", "wedi talu", "dwi wedi anfon yr arian", "dw i newydd dalu", "mae'r taliad wedi mynd o fy nghyfrif", "dw i wedi gwneud taliad",
		},
		understanding.LostJob: {
			"Dw i wedi colli fy swydd", "mi wnes i golli fy swydd", "dw i'n ddi-waith", "di-waith", "ces i fy niswyddo", "mae fy nghontract wedi dod i ben", "tâl salwch", "dw i'n sâl o'r gwaith", "dwi ddim yn gweithio bellach", "diweithdra", "dw i wedi gadael fy swydd",
		},
		understanding.NewJob:         {"Swydd newydd", "mae gen i swydd newydd", "dw i wedi cael swydd newydd", "ges i waith newydd", "dw i wedi newid swydd", "dw i wedi dechrau gweithio", "cyflogwr newydd", "nôl yn y gwaith"},
		understanding.SelfEmployment: {"Dw i'n hunangyflogedig", "hunan-gyflogedig nawr", "dw i wedi dechrau busnes", "dw i wedi cau fy musnes", "gweithio i fi fy hun", "mae fy musnes wedi cau"},
		understanding.OvernightStays: {
			"Mae'r nosweithiau wedi newid", "mwy o nosweithiau", "aros dros nos", "mae'r plant yn byw gyda fi nawr", "dydyn ni ddim yn cytuno ar y nosweithiau", "gofal ar y cyd", "mae fy mab wedi symud ata i", "mae hi ddim yn aros gyda fi bellach", "arosiadau dros nos", "newid i'r nosweithiau",
		},
		understanding.ChildLeft: {
			"Mae fy mab wedi gadael yr ysgol", "mae hi wedi gorffen coleg", "wedi gadael ysgol", "trodd yn 20", "mae fy merch yn 20 nawr", "mae'r plentyn yn byw dramor", "cafodd ei fabwysiadu", "prentisiaeth", "budd-dal plant wedi stopio", "mae fy mab wedi gadael cartref",
		},
		understanding.NewChild: {"Mae gen i fabi newydd", "babi newydd", "dw i wedi cael babi", "mae hi'n feichiog", "ychwanegu plentyn", "plentyn newydd yn y cartref", "mae gen i blentyn arall", "ychwanegu fy merch at yr achos"},
		understanding.ReportIncomeChange: {
			"Mae fy nghyflog wedi gostwng", "CYFLOG", "fy nghyflog wedi codi", "cyflog i lawr", "mae fy incwm wedi newid", "llai o oriau", "maen nhw wedi torri fy oriau", "codiad cyflog", "newid yn fy incwm", "dw i'n ennill llai", "gweithio rhan amser nawr", "mae'r goramser wedi stopio",
		},
		understanding.SpeakToPerson: {"rhywun", "RHYWUN", "hoffwn siarad â rhywun", "allwch chi ffonio?", "siarad gyda pherson"},
		understanding.WrongPerson:   {"rhif anghywir", "rhif anghywir sori"},
		understanding.SmallTalk:     {"Helo", "diolch yn fawr"},
	},
}

func TestWhatAMessageIsAbout(t *testing.T) {
	reader := shipped(t)
	for language, intents := range about {
		tried, right := 0, 0
		for intent, texts := range intents {
			for _, text := range texts {
				tried++
				if got := reader.Read(text); got.Intent == intent {
					right++
				} else {
					t.Logf("%s %q: %q, want %q", language, text, got.Intent, intent)
				}
			}
		}
		if least := map[string]float64{"en": 0.85, "cy": 0.75}[language]; float64(right) < least*float64(tried) {
			t.Errorf("%s: %d of %d", language, right, tried)
		}
	}
}

// What is an answer, somebody else's matter, what is not so, or words that only
// look like those of a matter.
var aboutNothing = map[string][]string{
	"en": {
		// Answers.
		"down", "up", "about the same", "410 a week", "£1,200 a month", "3 nights a week", "every other weekend", "3 Nov", "since I lost my job on 3 Nov", "when my son left school", "my ex paid me", "he paid me £120",
		"because I lost my job", "from my new job", "since I started a new job", "when she turned 20", "bank transfer", "cash", "my ex", "with the other parent", "with me", "12 High Street, Leeds LS1 1AA", "yes, 38 hours", "at the new school",
		"I get paid 400 a week", "I am paid monthly", "paid every four weeks", "I earn 410 a week", "Universal Credit and pay", "no", "not yet", "all of them", "none of these", "1, 2", "the income", "part of it", "I am the father", "my dad", "Sam and Jo", "after the baby",
		// Not so.
		"I haven't lost my job", "I have not got a new job", "I am not expecting", "it isn't because my hours were cut", "I don't have a new baby",
		// Of somebody else, or of what only may be.
		"my ex has lost his job", "he got a new job", "she is self employed", "he has been made redundant", "my partner lost their job", "what if I lose my job", "if he doesn't pay", "my ex got a pay rise",
		// Other matters, and other meanings.
		"I moved house", "I cannot pay by card", "can't pay online", "wrong number of children", "the other person", "personal", "the bill is killing my budget", "I paid for his shoes", "we went to court", "I changed my phone number", "I lost my phone",
		"lost my letters", "school holidays", "it is a new school", "I had a look", "the new form", "a job well done", "I left it at home", "", "😀", "turn left at 20 High Street",
	},
	"cy": {
		"i lawr", "i fyny", "tua'r un fath", "410 yr wythnos", "£1,200 y mis", "3 noson yr wythnos", "bob yn ail benwythnos", "3 Tachwedd", "ers i mi golli fy swydd ar 3 Tachwedd", "pan adawodd fy mab yr ysgol", "gyda fi", "gyda'r rhiant arall", "oherwydd colli fy swydd", "o fy swydd newydd",
		"ers dechrau swydd newydd", "trosglwyddiad banc", "arian parod", "nac ydw", "ydw", "ddim eto", "dim un o'r rhain", "pob un", "yr incwm", "1, 2", "Siân a Mari", "12 Stryd Fawr, Bangor", "dw i'n cael 400 yr wythnos", "bob mis", "Ysgol y Bryn", "rhan ohono", "talodd fy ex fi", "mae o wedi talu i mi",
		"dw i heb golli fy swydd", "does gen i ddim swydd newydd", "mae fy ex wedi colli swydd", "mae hi wedi cael swydd newydd", "mae fy mhartner yn hunangyflogedig", "os colli fy swydd",
		"dw i wedi symud tŷ", "fy mhlant i", "y tŷ newydd", "mae'r tywydd yn braf", "ffôn newydd", "collais fy ffôn", "gwyliau ysgol", "rhif anghywir o nosweithiau", "methu cofio", "roeddwn yn sâl", "mae cwestiwn gen i",
	},
}

func TestWhatAMessageIsNotAbout(t *testing.T) {
	reader := shipped(t)
	led := ledByDialogs(t)
	for language, texts := range aboutNothing {
		wrong := 0
		for _, text := range texts {
			if got := reader.Read(text); got.Firm && got.Whose != understanding.OtherPerson && led[got.Intent] {
				wrong++
				t.Logf("%s %q: %q %.2f, want none", language, text, got.Intent, got.Confidence)
			}
		}
		if wrong > len(texts)/8 {
			t.Errorf("%s: %d of %d", language, wrong, len(texts))
		}
	}
}

// ledByDialogs are the intents that the shipped dialogs take.
func ledByDialogs(t *testing.T) map[string]bool {
	all, err := dialogs.Load(os.DirFS(filepath.Join("..", "scripts")))
	if err != nil {
		t.Fatal(err)
	}
	led := map[string]bool{}
	for _, d := range all {
		for _, intent := range d.Intents {
			led[intent] = true
		}
	}
	return led
}

func TestAMessageMayBeAboutMore(t *testing.T) {
	got := shipped(t).Read("I lost my job last week. Also my daughter has moved in with me full time")
	want := []string{understanding.LostJob, understanding.OvernightStays}
	if all := append([]string{got.Intent}, got.Others...); !slices.Contains(all, want[0]) || !slices.Contains(all, want[1]) {
		t.Errorf("%q, want %q", all, want)
	}
}
