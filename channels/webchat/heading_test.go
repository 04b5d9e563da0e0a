package webchat

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/dialogs"
)

func TestTheQuestionIsTheHeading(t *testing.T) {
	for _, c := range []struct {
		text     string
		kind     dialogs.AskKind
		question string
		hint     []string
	}{
		{"Who?", dialogs.ForName, "Who?", nil},
		{"How much are you paid now, before tax? Say how often too, like 450 a week.", dialogs.ForMoneyPerPeriod,
			"How much are you paid now, before tax?", []string{"Say how often too, like 450 a week."}},
		{"Hello. Cymraeg? Type CYMRAEG. What is it about?", dialogs.ForChoice, "What is it about?", []string{"Hello. Cymraeg? Type CYMRAEG."}},
		{"Back to where we were. How much is it? In pounds.", dialogs.ForMoney, "How much is it?", []string{"Back to where we were.", "In pounds."}},
		{"Add a photo of your latest payslip. Or type \"later\" to go on.", dialogs.ForFile, "Add a photo of your latest payslip.", []string{"Or type \"later\" to go on."}},
		{"Before we go on we need to know that it is you. Enter your PIN.", dialogs.ForIdentity, "Enter your PIN.", []string{"Before we go on we need to know that it is you."}},
		{"Did you mean £410.50 a week?", dialogs.ForYesNo, "Did you mean £410.50 a week?", nil},
		{"Where do you work?\n\nAnswer in your own words.", dialogs.ForText, "Where do you work?", []string{"Answer in your own words."}},
		{"", dialogs.ForText, "", nil},
	} {
		question, hint := parted(c.text, c.kind)
		if diff := cmp.Diff([]any{c.question, c.hint}, []any{question, hint}); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}
