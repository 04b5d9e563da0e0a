package dialogs

import (
	"strings"

	"parley/templates"
)

// phraseName names a standing phrase of the language itself: what is said
// around a script's own words.
type phraseName int

const (
	sayReply phraseName = iota
	sayYesOrNo
	sayDidYouMean
	sayHowOften
	sayHowOftenThat
	sayCheck
	sayCheckReply
	sayCheckRight
	sayCheckChange
	sayWhichChange
	sayAsToldUs
	sayAsWeHave
	sayHelp
	sayFirst
	sayLeft
	sayHandoff
	sayHandoffCall
	sayHandoffBare
	sayHandoffBareCall
	sayWaiting
	sayLapsed
	sayCannotRead
	sayGaveUp
	sayNotInLanguage
	sayPress
	sayOrSay
	sayManyKeys
	sayKeyAmount
	sayKeyDate
	sayKeyNumber
	sayCheckSay
	sayReplyList
	sayReplyManyList
	sayNotAfterToday
	sayAfterToday
	sayRange
	sayNeedsWord
	sayNeedsFile
	sayNoPictures
	saySomeLost
	sayKept
	sayHaveFiles
	sayAfterThis
	sayNow
	sayBack
	sayWeb
	sayProofByLink
	sayProofHere
	sayProofByKeys
	sayCardOnceSure
	sayNoSecrets
	sayExact
	sayNights
	sayReplyMany
	sayNone
)

// standingPhrases are the words of each phrase. In them ((…)) stands for what
// is put in. PERSON, BACK and CHANGE are answered as commands in both languages.
var standingPhrases = map[templates.Language]map[phraseName]string{
	templates.English: {
		sayReply:           "Reply ((choices)).",
		sayYesOrNo:         "Reply 1 for yes or 2 for no.",
		sayDidYouMean:      "Did you mean ((value))?",
		sayHowOften:        "How often is ((value)) paid?",
		sayHowOftenThat:    "How often is that paid?",
		sayCheck:           "Check your answers.",
		sayCheckReply:      "Reply OK if all is right, or CHANGE and a number, like CHANGE 1.",
		sayCheckRight:      "All is right",
		sayCheckChange:     "To change an answer, write CHANGE and its number, like CHANGE 1.",
		sayWhichChange:     "Which answer is wrong? Reply CHANGE and its number, like CHANGE 1. Reply OK if all is right.",
		sayAsToldUs:        "as you told us",
		sayAsWeHave:        "as we have it",
		sayHelp:            "Answer in your own words. Reply BACK to go back or PERSON to reach a person.",
		sayFirst:           "This is the first question.",
		sayLeft:            "Questions left: ((count)).",
		sayHandoff:         "Thank you. We have kept what you told us and a person will take it from here. They will contact you by ((date)).",
		sayHandoffCall:     "Thank you. We have kept what you told us, but cannot contact you from here. To talk to a person, call the number on our letters, or find it on GOV.UK.",
		sayHandoffBare:     "Thank you. A person will take it from here. They will contact you by ((date)).",
		sayHandoffBareCall: "We cannot contact you from here. To talk to a person, call the number on our letters, or find it on GOV.UK.",
		sayWaiting:         "We are still waiting for your answer.",
		sayLapsed:          "We have not heard from you, so we have stopped asking. What you told us is kept.",
		sayCannotRead:      "Sorry, we did not understand that.",
		sayGaveUp:          "Sorry, we did not understand your answers, so we have stopped asking. What you told us is kept.",
		sayNotInLanguage:   "We cannot talk about this in English here. Reply PERSON to reach a person.",
		sayPress:           "Press ((key)) for ((choice)).",
		sayOrSay:           "Or say your answer.",
		sayManyKeys:        "Press the keys of all that apply, then the hash key. Or say them, or say none.",
		sayKeyAmount:       "Key in the amount in pounds, then press the hash key. Or say it.",
		sayKeyDate:         "Key in the date as eight figures, like 03 11 2026, then press the hash key. Or say it.",
		sayKeyNumber:       "Key in the number, then press the hash key. Or say it.",
		sayCheckSay:        "Say OK if all is right, or say change and a number, like change 1.",
		sayReplyList:       "Reply with the number or the words.",
		sayReplyManyList:   "Reply with the numbers of all that apply, like 1, 2, or NONE.",
		sayNotAfterToday:   "That day has not come yet. Give a date up to today.",
		sayAfterToday:      "Give a date that is still to come.",
		sayRange:           "Write a number from ((from)) to ((to)).",
		sayNeedsWord:       "Please reply ((word)).",
		sayExact:           "Please give the exact figure.",
		sayNights:          "((count)) nights a year",
		sayReplyMany:       "Reply with the numbers of all that apply, like 1, 2, or NONE: ((choices)).",
		sayNone:            "none of these",
		sayNeedsFile:       "Please send a file, or reply ((word)).",
		sayNoPictures:      "We cannot take pictures here. Please keep what you sent.",
		saySomeLost:        "We could not take all that you sent. Please keep it.",
		sayKept:            "Thank you. We have kept what you sent.",
		sayHaveFiles:       "we have what you sent",
		sayAfterThis:       "We will come to your other question after this.",
		sayNow:             "Now to the other matter: ((matter)).",
		sayBack:            "Back to where we were.",
		sayWeb:             "Open this link to go on in web chat.",
		sayProofByLink:     "Before we go on we need to know that it is you. Open the link and enter your PIN, or call the number on our letters. Reply PERSON to reach a person.",
		sayProofHere:       "Before we go on we need to know that it is you. Enter your PIN.",
		sayProofByKeys:     "Before we go on we need to know that it is you. Key in your PIN, then press the hash key.",
		sayCardOnceSure:    "You can pay by card in web chat once we know that it is you.",
		sayNoSecrets:       "We cannot take a PIN in a message. Do not send it to anybody.",
	},
	templates.Welsh: {
		sayReply:           "Atebwch ((choices)).",
		sayYesOrNo:         "Atebwch 1 am ie neu 2 am na.",
		sayDidYouMean:      "Oeddech chi'n golygu ((value))?",
		sayHowOften:        "Pa mor aml y telir ((value))?",
		sayHowOftenThat:    "Pa mor aml y telir hynny?",
		sayCheck:           "Gwiriwch eich atebion.",
		sayCheckReply:      "Atebwch IAWN os yw popeth yn gywir, neu NEWID a rhif, fel NEWID 1.",
		sayCheckRight:      "Mae popeth yn gywir",
		sayCheckChange:     "I newid ateb, ysgrifennwch NEWID a'i rif, fel NEWID 1.",
		sayWhichChange:     "Pa ateb sy'n anghywir? Atebwch NEWID a'i rif, fel NEWID 1. Atebwch IAWN os yw popeth yn gywir.",
		sayAsToldUs:        "fel y dywedoch wrthym",
		sayAsWeHave:        "fel y mae gennym ni",
		sayHelp:            "Atebwch yn eich geiriau eich hun. Atebwch YN ÔL i fynd yn ôl neu RHYWUN i siarad â pherson.",
		sayFirst:           "Dyma'r cwestiwn cyntaf.",
		sayLeft:            "Cwestiynau ar ôl: ((count)).",
		sayHandoff:         "Diolch. Rydym wedi cadw'r hyn a ddywedoch a bydd person yn parhau o'r fan hon. Bydd yn cysylltu â chi erbyn ((date)).",
		sayHandoffCall:     "Diolch. Rydym wedi cadw'r hyn a ddywedoch, ond ni allwn gysylltu â chi o'r fan hon. I siarad â pherson, ffoniwch y rhif ar ein llythyrau, neu chwiliwch amdano ar GOV.UK.",
		sayHandoffBare:     "Diolch. Bydd person yn parhau o'r fan hon. Bydd yn cysylltu â chi erbyn ((date)).",
		sayHandoffBareCall: "Ni allwn gysylltu â chi o'r fan hon. I siarad â pherson, ffoniwch y rhif ar ein llythyrau, neu chwiliwch amdano ar GOV.UK.",
		sayWaiting:         "Rydym yn dal i aros am eich ateb.",
		sayLapsed:          "Nid ydym wedi clywed gennych, felly rydym wedi peidio â gofyn. Rydym wedi cadw'r hyn a ddywedoch.",
		sayCannotRead:      "Mae'n ddrwg gennym, nid oeddem yn deall hynny.",
		sayGaveUp:          "Mae'n ddrwg gennym, nid oeddem yn deall eich atebion, felly rydym wedi peidio â gofyn. Rydym wedi cadw'r hyn a ddywedoch.",
		sayNotInLanguage:   "Ni allwn drafod hyn yn Gymraeg yma. Atebwch RHYWUN i siarad â pherson.",
		sayPress:           "((choice)): pwyswch ((key)).", // the choice first: after "am" its first letter would change
		sayOrSay:           "Neu dywedwch eich ateb.",
		sayManyKeys:        "Pwyswch fysellau popeth sy'n berthnasol, yna'r fysell hash. Neu dywedwch nhw, neu dywedwch dim.",
		sayKeyAmount:       "Rhowch y swm mewn punnoedd ar y bysellau, yna pwyswch y fysell hash. Neu dywedwch y swm.",
		sayKeyDate:         "Rhowch y dyddiad ar y bysellau mewn wyth ffigur, fel 03 11 2026, yna pwyswch y fysell hash. Neu dywedwch y dyddiad.",
		sayKeyNumber:       "Rhowch y rhif ar y bysellau, yna pwyswch y fysell hash. Neu dywedwch y rhif.",
		sayCheckSay:        "Dywedwch iawn os yw popeth yn gywir, neu dywedwch newid a rhif, fel newid 1.",
		sayReplyList:       "Atebwch gyda'r rhif neu'r geiriau.",
		sayReplyManyList:   "Atebwch gyda rhifau popeth sy'n berthnasol, fel 1, 2, neu DIM.",
		sayNotAfterToday:   "Nid yw'r diwrnod hwnnw wedi dod eto. Rhowch ddyddiad hyd at heddiw.",
		sayAfterToday:      "Rhowch ddyddiad sydd eto i ddod.",
		sayRange:           "Ysgrifennwch rif o ((from)) i ((to)).",
		sayNeedsWord:       "Atebwch ((word)) os gwelwch yn dda.",
		sayExact:           "Rhowch yr union ffigur os gwelwch yn dda.",
		sayNights:          "((count)) noson y flwyddyn",
		sayReplyMany:       "Atebwch gyda rhifau popeth sy'n berthnasol, fel 1, 2, neu DIM: ((choices)).",
		sayNone:            "dim un o'r rhain",
		sayNeedsFile:       "Anfonwch ffeil, neu atebwch ((word)).",
		sayNoPictures:      "Ni allwn dderbyn lluniau yma. Cadwch yr hyn a anfonoch.",
		saySomeLost:        "Nid oeddem yn gallu derbyn popeth a anfonoch. Cadwch ef os gwelwch yn dda.",
		sayKept:            "Diolch. Rydym wedi cadw'r hyn a anfonoch.",
		sayHaveFiles:       "mae gennym yr hyn a anfonoch",
		sayAfterThis:       "Down at eich cwestiwn arall ar ôl hyn.",
		sayNow:             "Nawr at y mater arall: ((matter)).",
		sayBack:            "Yn ôl at ein sgwrs.",
		sayWeb:             "Agorwch y ddolen hon i barhau mewn sgwrs ar y we.",
		sayProofByLink:     "Cyn parhau mae angen i ni wybod mai chi sydd yno. Agorwch y ddolen a rhowch eich PIN, neu ffoniwch y rhif ar ein llythyrau. Atebwch RHYWUN i siarad â pherson.",
		sayProofHere:       "Cyn parhau mae angen i ni wybod mai chi sydd yno. Rhowch eich PIN.",
		sayProofByKeys:     "Cyn parhau mae angen i ni wybod mai chi sydd yno. Rhowch eich PIN ar y bysellau, yna pwyswch y fysell hash.",
		sayCardOnceSure:    "Gallwch dalu â cherdyn mewn sgwrs ar y we unwaith y byddwn yn gwybod mai chi sydd yno.",
		sayNoSecrets:       "Ni allwn dderbyn PIN mewn neges. Peidiwch â'i anfon at neb.",
	},
}

var yesNoWords = map[templates.Language]map[bool]string{
	templates.English: {true: "yes", false: "no"},
	templates.Welsh:   {true: "ie", false: "na"},
}

// standing fills a standing phrase; pairs are names and what stands for them.
func standing(language templates.Language, name phraseName, pairs ...string) string {
	text := standingPhrases[language][name]
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.Replace(text, "(("+pairs[i]+"))", pairs[i+1], 1)
	}
	return text
}

// joined are two sentences, either of which may be none.
func joined(first, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	return first + " " + second
}
