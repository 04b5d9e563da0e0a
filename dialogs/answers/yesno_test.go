package answers

import (
	"strconv"
	"strings"
	"testing"
)

func yesNo(text string) string {
	yes, err := ReadYesNo(text, inEnglish)
	return outcome(strconv.FormatBool(yes), false, err)
}

// rows makes a row of each text between the bars.
func rows(want, texts string) []row {
	var list []row
	for text := range strings.SplitSeq(texts, "|") {
		list = append(list, row{strings.TrimSpace(text), want})
	}
	return list
}

func TestReadYesNo(t *testing.T) {
	checkRows(t, rows("true", `
		yes | Yes | YES | yes. | yes! | yes!!! | y | Y | ye | yea | yeah | yeh | yh | yep | yup | yip | ya | yas | yess | yesss | YEEESSS | yeahhh | yeppp | yess sir | aye |
		"yes" | 'yes' | *yes* | yes 😊 | yes x | yes xx | yes please | yes pls | yes thanks | yes thank you | yep thanks | yes mate | hi yes | oh yes | um yes | yes yes | yes yes yes |
		ok | OK | okay | k | kk | ok thanks | ok then | alright | fine | that's fine | sure | of course | definitely | defo | absolutely | correct | that's correct | thats right | true | right | it's correct | its all right | all correct | yes it's all correct | looks good | that looks right | perfect | spot on | i confirm | will do | yesplease | exactly | agreed | i agree |
		I do | i am | I have | yes I do | yes i am | yes it is | yes it has | it is | it does | they do | he does | yes she has | yes we have | Yes, I have. | i did | yeah i did | i will | i can | there is | yes that is correct | yes that's right |
		1 | 1. | (1) | one | option 1 | 1 yes | 1 for yes | 1 - yes | yes 1 | 👍 | 👍🏽 | ✅ | yes 👍 | yse | tes | my answer is yes | ｙｅｓ`), yesNo)
	checkRows(t, rows("true", "ye\u200bs|\u202eyes|yes\u00a0please|yes\nplease"), yesNo)
	checkRows(t, rows("false", `
		no | No | NO | no. | no! | n | N | nope | nop | nah | naa | nay | noo | nooo | NOOOOO | nahhh | nopee | "no" | no 😢 | no x | no thanks | no thank you | no ta | no sorry | sorry no | hi no | oh no | no no | no no no |
		never | no way | not at all | definitely not | absolutely not | certainly not | of course not | not yet | not any more | no longer | none | false | wrong | that's wrong | incorrect | that's not right | not true | i disagree | no its not right | its wrong | it's not correct | no that's not right | not at the moment | i never have | nothanks |
		I don't | i dont | I do not | dont | no I don't | no i dont | I haven't | i havent | have not | i have not | no I have not | I'm not | im not | no im not | it isn't | it isnt | it's not | it hasn't | no it has not | they don't | they do not | he doesn't | she hasn't | we haven't | I didn't | no i didnt | i won't | i can't | cannot | there isn't | i wasn't | no she doesnt |
		2 | 2. | (2) | two | option 2 | 2 no | 2 for no | 2 - no | no 2 | 👎 | ❌ | no 👎 | noe | onpe | the answer is no | unfortunately not | im afraid not | ｎｏ`), yesNo)
	checkRows(t, rows("!two_values", `
		1,2 | yes no | no yes | yes 2 | 1 no | 1 2 | 👍👎 | yes i dont | no i do | no it is | ok no | yeah nah | nah yeah | yes im not | no one`), yesNo)
	checkRows(t, rows("!unsure", `
		maybe | perhaps | possibly | not sure | im not sure | i don't know | idk | dunno | yes and no | sometimes | sort of | kind of | cant say | could be | i think so | don't think so | probably | not really | yes? | no? | ? | it depends | 🤷 | 🤔 | probably not | yes maybe`), yesNo)
	checkRows(t, rows("!not_understood", `
		not yes | not no | not | yes or no | y/n | yes but only sometimes i think | yes if he pays | no problem | no worries | no he lives with me | 3 | 0 | 12 | yesterday | note | know | november | knot | yesno | hello | thanks | please | stop | help | 400 | £1 | no. 7 | yes\no | aren't i | y e s | +1 | -1`), yesNo)
	checkRows(t, rows("!empty", ``), yesNo)
}

func TestReadYesNoInWelsh(t *testing.T) {
	checkRows(t, rows("true", `
		ie | Ie | IE | ia | iep | iawn | iawn diolch | ydw | Ydw! | ydw diolch | ydi | ydy | ydyw | ydyn | ydych | yndw | oes | oes diolch | oes mae | do | Do. | do diolch | gwnaf | gwna | wnaf | bydd | byddaf | bydda i | oedd | oeddwn | gallaf | galla i | medraf | caf | mae | ydw i | ydi mae o |
		wrth gwrs | siŵr | yn siŵr | siŵr iawn | cywir | yn gywir | yn union | yn bendant | yn sicr | cytuno | dwi'n cytuno | gwir | ie plis | ie ie | ie ydw | ydw os gwelwch yn dda | hoffwn | rhif 1 | opsiwn 1 | 1 ie`), yesNo)
	checkRows(t, rows("false", `
		na | Na | NA. | nage | naci | naddo | naddo diolch | nac ydw | Nac ydw! | nag ydw | nac ydi | nag ydi | nac ydy | nag ydy | nac ydyn | nac ydych | nac oes | nag oes | nagoes | nac oedd | nag oedd | nac oeddwn | na wnaf | na wna i | na fydd | na fyddaf | na allaf | na chaf | nadw | nadi | nag yw | nac yw |
		na na | na nac ydw | na, nac oes | na diolch | na ddiolch | dim diolch | dim | dim o gwbl | byth | ddim eto | dim eto | anghywir | yn bendant ddim |
		dw i ddim | na dw i ddim | na dwi ddim | nac ydi mae'n ddrwg gen i | dwi ddim | dydw i ddim | dydy o ddim | dydi hi ddim | dyw e ddim | does dim | does gen i ddim | wnes i ddim | ydw i ddim | sori na | na sori | rhif 2 | opsiwn 2 | 2 na`), yesNo)
	checkRows(t, rows("!two_values", `ydw nac ydw | ie na | na ie | oes nac oes | na ydw | do naddo | ie 2`), yesNo)
	checkRows(t, rows("!unsure", `efallai | falle | ella | ddim yn siŵr | dwi ddim yn siŵr | dim syniad | dwi ddim yn gwybod | weithiau | mae'n dibynnu | dwi'n meddwl`), yesNo)
	checkRows(t, rows("!not_understood", `nid ie | nac | nag | nid | ydw os | bore da | diolch | heddiw`), yesNo)
}

func FuzzReadYesNo(f *testing.F) {
	for _, seed := range []string{"yes", "nooooo", "nac ydw i", "i do not", "yes\x00", "👍🏽", "1 for yes"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		yes, err := ReadYesNo(text, inEnglish)
		if err != nil {
			if yes {
				t.Errorf("%q is refused with a yes", text)
			}
			return
		}
		if len(text) > maxInput/2 {
			return
		}
		for _, denied := range []string{"not " + text, text + " or " + text} {
			if read, err := ReadYesNo(denied, inEnglish); err == nil && read == yes {
				t.Errorf("%q and %q are both %v", text, denied, yes)
			}
		}
	})
}
