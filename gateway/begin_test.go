package gateway_test

import (
	"strings"
	"testing"
)

func TestTheFirstMessageAnswersWhatItCan(t *testing.T) {
	h := newHouse(t, family())
	got := h.text(payingPhone, "my pay is down, £410 a week since 1 November 2026")
	if len(got) != 1 || !strings.HasPrefix(got[0], "Has your pay before tax gone up or down?") && !strings.HasPrefix(got[0], "Keep your latest payslip") {
		t.Fatalf("answered %q", got)
	}
	if strings.HasPrefix(got[0], "Has your pay") {
		got = h.text(payingPhone, "down")
	}
	if len(got) != 1 || !strings.HasPrefix(got[0], "Keep your latest payslip") {
		t.Errorf("pay and date are asked again: %q", got)
	}
}

func TestTheMessageThatBeginsADialogIsNotAskedAgain(t *testing.T) {
	h := newHouse(t, family())
	if got := h.text(payingPhone, "I lost my job on 3 November 2026"); len(got) != 1 || strings.Contains(got[0], "What has changed with your work") || strings.Contains(got[0], "When did this happen") {
		t.Errorf("answered %q", got)
	}
}
