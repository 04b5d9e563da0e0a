package voice_test

import "testing"

func TestIncomeChangeByTelephone(t *testing.T) {
	w := newWorld(t)
	w.calls(samPhone, `
		< Hello.
		< For English, press 1.
		< I siarad Cymraeg, pwyswch 2.
		> 1
		< If you have your reference of 12 figures…
		> 300012345678
		< Now key in your PIN, then press the hash key.
		> 1234567#
		< Thank you.
		< Hello. For Welsh, say Cymraeg. What is it about? Press 1 for a change of pay.…
		> 1
		< Has your pay before tax gone up or down? Press 1 for up.…
		> 2
		< How much are you paid now, before tax?…
		> 410#
		< How often is £410 paid?…
		> 1
		< When did your pay change?…
		> 03112026#
		< Keep your latest payslip.…
		> 1
		< Check your answers.…
		> 1#
		< Thank you. We will write to you by…
		< For something else, press 1.…
		> (hangs up)
		= over
	`)
}
