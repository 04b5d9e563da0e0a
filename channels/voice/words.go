package voice

import (
	"strings"

	"parley/templates"
)

// phrase is something that the telephone itself says, around the dialogs. None
// of it names the service, an amount or a person.
type phrase int

const (
	sayHello phrase = iota
	sayLanguage
	sayReference
	sayReferenceLength
	sayPIN
	sayNoMatch
	sayCannotCheck
	sayWhatNow
	sayStar
	sayOtherWays
	sayOtherText
	sayNotHeard
	sayNotUnderstood
	sayHold
	sayTrouble
	sayCallAgain
	sayMore
	sayGoodbye
	sayPutThrough
	sayPosition
	sayWaited
	sayOfferText
	sayOfferCallback
	sayOfferMessage
	sayClosed
	sayHoliday
	sayNever
	sayNobody
	sayTextSent
	sayNoText
	sayCallback
	sayNoCallback
	sayRecord
	sayRecorded
	sayNothingRecorded
	sayCheckKeys
	sayLaterKey
	sayWhisper
	sayConfirmed
	sayNotConfirmed
	sayTake
	sayTaken
)

var phrases = map[templates.Language]map[phrase]string{
	templates.English: {
		sayHello:           "Hello.",
		sayLanguage:        "For English, press 1.",
		sayReference:       "If you have your reference of 12 figures, key it in now. If you do not have it, press the hash key.",
		sayReferenceLength: "A reference has 12 figures.",
		sayPIN:             "Now key in your PIN, then press the hash key.",
		sayNoMatch:         "Those do not match what we hold.",
		sayCannotCheck:     "We cannot check that now. A person can help you.",
		sayWhatNow:         "To talk to a person, press 1. To work out an amount or to leave a few words, press 2.",
		sayStar:            "At any time, press the star key for a person or other ways to go on.",
		sayOtherWays:       "To talk to a person, press 1. To go back, press 2. To hear the question again, press the hash key.",
		sayOtherText:       "Press 3 and we will text you a link to do this now.",
		sayNotHeard:        "Sorry, we did not hear you.",
		sayNotUnderstood:   "Sorry, we did not understand that.",
		sayHold:            "One moment, please.",
		sayTrouble:         "Sorry, something is not working. Please hold on.",
		sayCallAgain:       "Sorry, this is not working now. Please call again later.",
		sayMore:            "For something else, press 1. To talk to a person, press 2. Or hang up.",
		sayGoodbye:         "Goodbye.",
		sayPutThrough:      "Please hold. We will put you through to a person.",
		sayPosition:        "You are number ((number)) in line.",
		sayWaited:          "The last callers waited for about ((minutes)).",
		sayOfferText:       "Press 1 and we will text you a link to do this now.",
		sayOfferCallback:   "Press 2 to be called back without losing your place.",
		sayOfferMessage:    "Press 3 to leave a message.",
		sayClosed:          "Nobody is here to answer now. We open on ((opens)).",
		sayHoliday:         "Today is a bank holiday, and nobody is here to answer. We open on ((opens)).",
		sayNever:           "Nobody is here to answer.",
		sayNobody:          "Sorry, nobody could answer yet.",
		sayTextSent:        "We are sending you a message. You can go on there.",
		sayNoText:          "Sorry, we cannot text you from here.",
		sayCallback:        "We will call you at the number that we hold for you.",
		sayNoCallback:      "Sorry, we cannot call you back from here.",
		sayRecord:          "Leave your message after the tone, then press the hash key.",
		sayRecorded:        "Thank you. We have your message. A person will listen to it.",
		sayNothingRecorded: "There was no message.",
		sayCheckKeys:       "With keys, press 1 and then the hash key if all is right. To change an answer, press 2, its number, and the hash key.",
		sayLaterKey:        "Or press 1.",
		sayWhisper:         "A caller is waiting, in English.",
		sayConfirmed:       "They have shown who they are.",
		sayNotConfirmed:    "They have not shown who they are.",
		sayTake:            "Press 1 to take the call.",
		sayTaken:           "The call is not waiting any more.",
	},
	templates.Welsh: {
		sayHello:           "Helo.",
		sayLanguage:        "I siarad Cymraeg, pwyswch 2.",
		sayReference:       "Os yw eich cyfeirnod 12 ffigur gennych, rhowch ef ar y bysellau nawr. Os nad yw gennych, pwyswch y fysell hash.",
		sayReferenceLength: "Mae 12 ffigur mewn cyfeirnod.",
		sayPIN:             "Nawr rhowch eich PIN ar y bysellau, yna pwyswch y fysell hash.",
		sayNoMatch:         "Nid yw'r rheini'n cyfateb i'r hyn sydd gennym.",
		sayCannotCheck:     "Ni allwn wirio hynny nawr. Gall person eich helpu.",
		sayWhatNow:         "I siarad â pherson, pwyswch 1. I gyfrifo swm neu i adael ychydig eiriau, pwyswch 2.",
		sayStar:            "Unrhyw bryd, pwyswch y fysell seren am berson neu ffyrdd eraill o barhau.",
		sayOtherWays:       "I siarad â pherson, pwyswch 1. I fynd yn ôl, pwyswch 2. I glywed y cwestiwn eto, pwyswch y fysell hash.",
		sayOtherText:       "Pwyswch 3 ac anfonwn ddolen atoch mewn neges destun i wneud hyn nawr.",
		sayNotHeard:        "Mae'n ddrwg gennym, ni chlywsom chi.",
		sayNotUnderstood:   "Mae'n ddrwg gennym, nid oeddem yn deall hynny.",
		sayHold:            "Un funud, os gwelwch yn dda.",
		sayTrouble:         "Mae'n ddrwg gennym, mae rhywbeth o'i le. Arhoswch os gwelwch yn dda.",
		sayCallAgain:       "Mae'n ddrwg gennym, nid yw hyn yn gweithio nawr. Ffoniwch eto'n nes ymlaen.",
		sayMore:            "Am rywbeth arall, pwyswch 1. I siarad â pherson, pwyswch 2. Neu rhowch y ffôn i lawr.",
		sayGoodbye:         "Hwyl fawr.",
		sayPutThrough:      "Arhoswch os gwelwch yn dda. Byddwn yn eich cysylltu â pherson.",
		sayPosition:        "Rydych yn rhif ((number)) yn y ciw.",
		sayWaited:          "Arhosodd y galwyr diwethaf am tua ((minutes)).",
		sayOfferText:       "Pwyswch 1 ac anfonwn ddolen atoch mewn neges destun i wneud hyn nawr.",
		sayOfferCallback:   "Pwyswch 2 i ni eich ffonio'n ôl heb golli eich lle.",
		sayOfferMessage:    "Pwyswch 3 i adael neges.",
		sayClosed:          "Nid oes neb yma i ateb nawr. Rydym yn agor ar ((opens)).",
		sayHoliday:         "Mae heddiw'n ŵyl banc, ac nid oes neb yma i ateb. Rydym yn agor ar ((opens)).",
		sayNever:           "Nid oes neb yma i ateb.",
		sayNobody:          "Mae'n ddrwg gennym, ni allai neb ateb eto.",
		sayTextSent:        "Rydym yn anfon neges atoch. Gallwch barhau yno.",
		sayNoText:          "Mae'n ddrwg gennym, ni allwn anfon neges destun atoch o'r fan hon.",
		sayCallback:        "Byddwn yn eich ffonio ar y rhif sydd gennym i chi.",
		sayNoCallback:      "Mae'n ddrwg gennym, ni allwn eich ffonio'n ôl o'r fan hon.",
		sayRecord:          "Gadewch eich neges ar ôl y tôn, yna pwyswch y fysell hash.",
		sayRecorded:        "Diolch. Mae eich neges gennym. Bydd person yn gwrando arni.",
		sayNothingRecorded: "Nid oedd neges.",
		sayCheckKeys:       "Gyda'r bysellau, pwyswch 1 ac yna'r fysell hash os yw popeth yn gywir. I newid ateb, pwyswch 2, ei rif, a'r fysell hash.",
		sayLaterKey:        "Neu pwyswch 1.",
		sayWhisper:         "A caller is waiting, in Welsh.",
		sayConfirmed:       "They have shown who they are.",
		sayNotConfirmed:    "They have not shown who they are.",
		sayTake:            "Press 1 to take the call.",
		sayTaken:           "The call is not waiting any more.",
	},
}

// in is a phrase in a language; pairs are names and what stands for them.
func (p phrase) in(language templates.Language, pairs ...string) string {
	if language != templates.Welsh {
		language = templates.English
	}
	text := phrases[language][p]
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.Replace(text, "(("+pairs[i]+"))", pairs[i+1], 1)
	}
	return text
}
