package main

import (
	"strings"
	"testing"
)

func TestCampaignsAreLookedAtFromTheCommandLine(t *testing.T) {
	url := running(t)
	for _, test := range []struct {
		args   []string
		status int
		out    string
		says   string
	}{
		{[]string{"campaign", "list"}, 0, "{\n  \"campaigns\": []\n}\n", ""},
		{[]string{"campaign", "show", "payment-due-2026-12-12"}, 1, "", "parley: There is no such campaign.\n"},
		{[]string{"campaign", "pause", "payment-due-2026-12-12"}, 1, "", "parley: There is no such campaign.\n"},
		{[]string{"campaign", "resume", "payment-due-2026-12-12"}, 1, "", "parley: There is no such campaign.\n"},
		{[]string{"campaign", "cancel", "payment-due-2026-12-12"}, 1, "", "parley: There is no such campaign.\n"},
		{[]string{"campaign", "dry-run"}, 0, "", "nothing is due within 24 hours\n"},
		{[]string{"campaign", "dry-run", "greetings"}, 1, "", "parley: A value cannot be right. (notice is not known)\n"},
		{[]string{"campaign", "dry-run", "--hours", "1000"}, 1, "", "parley: A value cannot be right. (hours must be a number from 1 to 744)\n"},
	} {
		status, out, says := parley("", append(test.args, "--url", url)...)
		if status != test.status || out != test.out || says != test.says {
			t.Errorf("%s: status %d, out %q, says %q", strings.Join(test.args, " "), status, out, says)
		}
	}
}

func TestWhereNothingAnswersItIsSaidWhereAndWhatToDo(t *testing.T) {
	status, out, says := parley("", "campaign", "list", "--url", "http://127.0.0.1:1")
	const want = "parley: nothing answers at http://127.0.0.1:1: start a gateway with parley serve or parley demo, or say where one is with --url\n"
	if status != 1 || out != "" || says != want {
		t.Errorf("status %d, out %q, says %q", status, out, says)
	}
}
