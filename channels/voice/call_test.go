package voice_test

import (
	"strings"
	"testing"

	"parley/gateway"
)

// known is how somebody who has shown who they are comes to the first question.
const known = `
	> 1
	< If you have your reference of 12 figures…
	> 300012345678
	< Now key in your PIN, then press the hash key.
	> 1234567#
	< Hello. For Welsh, say Cymraeg. What is it about?…
`

func TestIncomeChangeByKeys(t *testing.T) {
	w := newWorld(t)
	w.calls(samPhone, `
		< Hello.
		< For English, press 1.
		< I siarad Cymraeg, pwyswch 2.
	`+known+`
		< At any time, press the star key…
		> 1
		< Has your pay before tax gone up or down? Press 1 for up. Press 2 for down. Press 3 for about the same. Or say your answer.
		> 2
		< How much are you paid now, before tax?…
		> 410*50#
		< How often is £410.50 paid?…
		> 1
		< When did your pay change?…
		> 03112026#
		< Keep your latest payslip. We will write to tell you how to send it. Say "later" to go on. Or press 1.
		> 1
		< This is only an estimate: you may have to pay about £42.22 a week.…
		< Check your answers.…
		> 21#
		< Has your pay before tax gone up or down?…
		> 2
		< Check your answers.…
		> 1#
		< Thank you. We will write to you by 21 December 2026.…
		< For something else, press 1. To talk to a person, press 2. Or hang up.
		> 0
		< Goodbye.
		= over
	`)
	reports, err := w.store.Reports(t.Context(), samReference)
	if err != nil || len(reports) != 1 || !strings.Contains(string(reports[0].Answers), "410.50") {
		t.Errorf("reports %+v, %v", reports, err)
	}
}

func TestIncomeChangeInWelshBySpeech(t *testing.T) {
	w := newWorld(t, func(c *familyCase) { c.PayingParent.Language = "cy" })
	w.calls(samPhone, `
		< Helo.
		< Hello.
		< I siarad Cymraeg, pwyswch 2.
		< For English, press 1.
		> (silence)
		< Os yw eich cyfeirnod 12 ffigur gennych…
		> 300012345678
		< Nawr rhowch eich PIN ar y bysellau, yna pwyswch y fysell hash.
		> 1234567#
		> fy nghyflog
		< A yw eich cyflog cyn treth wedi mynd i fyny neu i lawr?…
		> i lawr
		> £410 yr wythnos
		> 3 Tachwedd 2026
		> wedyn
		< Gwiriwch eich atebion.…
		> iawn
		< Diolch. Byddwn yn ysgrifennu atoch erbyn…
		< Am rywbeth arall, pwyswch 1.…
		> (hangs up)
		= over
	`)
	if reports, err := w.store.Reports(t.Context(), samReference); err != nil || len(reports) != 1 {
		t.Errorf("reports %+v, %v", reports, err)
	}
}

// Who chose the wrong language is heard in the other all the same.
func TestTheLanguageOfTheNumberIsOnlyTheFirst(t *testing.T) {
	w := newWorld(t)
	w.calls("", `
		< Hello.
		< Helo.
		> 2
		< Os yw eich cyfeirnod 12 ffigur gennych…
		> #
		< I siarad â pherson, pwyswch 1.…
		> 2
		< Helo. For English, say English.…
		> english
		< Hello. For Welsh, say Cymraeg. What is it about?…
	`)
}

func TestAWrongPINAndThenTheRightOne(t *testing.T) {
	w := newWorld(t)
	w.calls(samPhone, `
		> 1
		> 300012345678
		> 0000000#
		< Those do not match what we hold.
		< If you have your reference of 12 figures…
		> 300012345678
		< Now key in your PIN, then press the hash key.
		> 1234567#
		< Hello. For Welsh, say Cymraeg.…
	`)
	if items := w.work(gateway.SecretWork); len(items) != 0 {
		t.Errorf("the team is told %+v", items)
	}
}

// Whether there is such a reference, whether it is this PIN, and whether the
// person has any PIN are all answered alike, and so is a reference cut short.
func TestNothingIsToldByAWrongPIN(t *testing.T) {
	var scripts []string
	for _, reference := range []string{samReference, "999999999999"} {
		w := newWorld(t)
		line := w.calls(samPhone, `
			> 1
			> `+reference+`
			< Now key in your PIN, then press the hash key.
			> 0000000#
			> `+reference+`
			> 1111111#
			> `+reference+`
			> 2222222#
			> `+reference+`
			> 3333333#
			< We cannot check that now. A person can help you.
			< Please hold. We will put you through to a person.
		`)
		scripts = append(scripts, strings.ReplaceAll(strings.Join(line.Script(), "\n"), reference, "REFERENCE"))
		if told := w.work(gateway.SecretWork); (len(told) == 1) != (reference == samReference) {
			t.Errorf("%s: the team is told %+v", reference, told)
		}
	}
	if scripts[0] != scripts[1] {
		t.Errorf("a reference that there is and one that there is not are answered otherwise:\n%s\n\n%s", scripts[0], scripts[1])
	}
}

// The caller is kept out, by the number they call from; the person is not, who
// calls from elsewhere.
func TestTooManyTriesBlockTheCallerAndNotThePerson(t *testing.T) {
	for name, numbers := range map[string]struct{ theirs, other string }{
		"a number": {"+447700900555", samPhone}, "a withheld number": {"", samPhone},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			for range 2 {
				w.calls(numbers.theirs, "> 1\n> 300012345678\n> 0000000#\n> 300012345678\n> 1111111#\n> (hangs up)")
			}
			w.calls(numbers.theirs, "> 1\n> 300012345678\n> 1234567#\n< We cannot check that now. A person can help you.")
			w.calls(numbers.other, known)
		})
	}
}

func TestSpeechMisheard(t *testing.T) {
	w := newWorld(t)
	w.calls(samPhone, known+`
		> a change of pay
		< Has your pay before tax gone up or down?…
		> down (mumbled)
		< Sorry, we did not understand that.
		< Has your pay before tax gone up or down?…
		> lowered the boom on the lake
		< Choose one of the answers offered. Has your pay before tax gone up or down?…
		> down
		< How much are you paid now, before tax?…
	`)
}

func TestSilence(t *testing.T) {
	w := newWorld(t)
	w.calls(samPhone, known+`
		> 1
		< Has your pay before tax gone up or down?…
		> (silence)
		< Sorry, we did not hear you.
		< Has your pay before tax gone up or down?…
		> (silence)
		< Sorry, we did not hear you.
		> (silence)
		< Please hold. We will put you through to a person.
	`)
	w.calls("+447700900444", `
		> (silence)
		< If you have your reference…
		> (silence)
		< To talk to a person, press 1.…
		> (silence)
		< Please hold. We will put you through to a person.
	`)
}

func TestTheStarKey(t *testing.T) {
	w := newWorld(t)
	w.calls(samPhone, known+`
		> 1
		< Has your pay before tax gone up or down?…
		> 2
		< How much are you paid now, before tax?…
		> *
		< To talk to a person, press 1. To go back, press 2. To hear the question again, press the hash key.
		< Press 3 and we will text you a link to do this now.
		> 2
		< Has your pay before tax gone up or down?…
		> *
		> #
		< Has your pay before tax gone up or down?…
		> *
		> 1
		< Thank you. A person will take it from here.…
		< Please hold. We will put you through to a person.
	`)
}

// "We will text you a link to do this now."
func TestDigitalAssist(t *testing.T) {
	w := newWorld(t)
	w.calls(samPhone, known+`
		> 1
		< Has your pay before tax gone up or down?…
		> 2
		< How much are you paid now, before tax?…
		> *
		> 3
		< We are sending you a message. You can go on there.
		< Goodbye.
		= over
	`)
	text := w.texts.to(samPhone)
	if !strings.Contains(text, "How much are you paid now") || !strings.Contains(text, "https://chat.example/l/") {
		t.Errorf("texted %q", text)
	}
}

// A caller whom nobody knows is helped in general, and told of no case.
func TestSomebodyUnknown(t *testing.T) {
	w := newWorld(t)
	w.calls(samPhone, `
		> 1
		> #
		< To talk to a person, press 1.…
		> 2
		< Hello. For Welsh, say Cymraeg. What is it about? Press 1 for work out an amount.…
		> 3
		< What is your name?…
		> Sam
		< What number is safe for us to call?…
		> 07700900123#
		< What is it about?…
		> about my case
		< Check your answers.…
		> 1#
		< Thank you. A person will call you by…
		> (hangs up)
		= over
	`)
}
