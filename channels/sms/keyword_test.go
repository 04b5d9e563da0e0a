package sms_test

import (
	"strings"
	"testing"

	"parley/channels/channeltest"
	"parley/channels/sms"
	"parley/gateway"
)

func TestKeyword(t *testing.T) {
	for want, texts := range map[gateway.Keyword][]string{
		gateway.Stop: {
			"STOP", "stop", "Stop", " stop \n", "Stop.", "STOP!!", "\"stop\"", "“Stop”",
			"STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "optout",
			"stop texting me", "Stop texting me!", "please stop texting me", "Please stop messaging me.",
			"pls stop texting", "stop contacting me please", "Can you stop texting me?", "could you please stop messaging us",
			"STOP SENDING ME TEXTS", "stop sending messages to this number", "stop sending me these messages", "stop the messages", "stop all texts",
			"don't text me", "Don’t text me", "dont text me", "do not text me", "don't text me again", "Don't message me any more",
			"dont contact me anymore", "never text me again", "do not send me any more texts", "no more texts please", "No more messages",
			"unsubscribe me", "opt out", "Opt-out", "please opt me out", "take me off your list", "remove my number from the list",
			"stopio", "Stopiwch", "STOPIWCH!", "stopiwch decstio fi", "stopiwch anfon negeseuon ata i", "plis stopiwch anfon negeseuon",
			"peidiwch â thecstio", "Peidiwch â thecstio fi", "peidiwch a thecstio fi eto", "Peidiwch ag anfon negeseuon ataf i",
			"peidiwch ag anfon mwy o negeseuon os gwelwch yn dda", "paid a thecstio fi", "peidiwch â chysylltu â fi", "dim mwy o negeseuon",
		},
		gateway.Begin: {"START", "start", "Start.", "UNSTOP", "dechrau", "Ailddechrau"},
		gateway.Help:  {"HELP", "help", "Help!", "INFO"},
		gateway.NoKeyword: {
			"", " ", "...", "?",
			"YES", "yes", "1", "no", "ie", "OK",
			"I had to stop work on 3 March", "My job will stop in May", "end of the month", "The end", "cancel my direct debit?", "cancel?", "stop?",
			"cancel my payment", "please cancel", "stop please phone me instead of writing", "I quit my job", "quit my job on 3 March",
			"start of the month", "I start on Monday", "when does it start?", "help me", "can you help", "HELP with my payslip", "info about my case",
			"stop texting my ex", "stop contacting my employer", "Stop messaging me at work", "don't text me before 9am", "don't text me, phone me",
			"do not contact my boss", "he won't stop texting me", "my ex will not stop messaging me", "how do I stop texting?",
			"don't stop texting me", "stop taking money from my wages", "stop the payments", "no more money", "not stop", "nonstop", "st0p",
			"stop my payments", "send me no more than two letters", "I don't text",
			"stopiodd fy nghyflog ym mis Mai", "peidiwch â ffonio cyn naw", "peidiwch â phoeni", "dechrau'r mis", "diwedd y mis",
			"peidiwch â thecstio cyn naw", "dim mwy o arian",
			strings.Repeat("stop ", 40), strings.Repeat("please ", 20) + "stop texting me", "stop\x00", "\xffstop",
		},
	} {
		for _, text := range texts {
			if got := sms.Keyword(text); got != want {
				t.Errorf("Keyword(%q) = %q, want %q", text, got, want)
			}
		}
	}
}

// TestAnswered: who answers a keyword, when Twilio is set to. When we are, it
// is never Twilio.
func TestAnswered(t *testing.T) {
	for _, c := range []struct {
		text, optOutType string
		keyword          gateway.Keyword
		byTwilio         bool
	}{
		{"STOP", "", gateway.Stop, true},
		{"cancel", "", gateway.Stop, true},
		{" start ", "", gateway.Begin, true},
		{"Help", "", gateway.Help, true},
		{"please stop texting me", "", gateway.Stop, false},
		{"stopiwch", "", gateway.Stop, false},
		{"Stop.", "", gateway.Stop, false},
		{"Yes", "", gateway.NoKeyword, false},
		{"", "", gateway.NoKeyword, false},
		{"stopiwch", "STOP", gateway.Stop, true},
		{"ENOUGH", "STOP", gateway.Stop, true},
		{"CYMORTH", "HELP", gateway.Help, true},
		{"Yes", "START", gateway.NoKeyword, false},
		{"ENOUGH", "NONSENSE", gateway.NoKeyword, false},
	} {
		w := text(theirSID, c.text)
		w.form.Set("OptOutType", c.optOutType)
		for _, setting := range []sms.Keywords{sms.KeywordsByTwilio, sms.KeywordsByParley} {
			r := &channeltest.Receiver{}
			post(newChannel(t, func(config *sms.Config) { config.Keywords = setting }), r, w)
			got := r.Inbound()[0]
			if answered := c.byTwilio && setting == sms.KeywordsByTwilio; got.Keyword != c.keyword || got.Answered != answered {
				t.Errorf("answers by %s: %q (%s) is %q, answered %t; want %q, %t",
					setting, c.text, c.optOutType, got.Keyword, got.Answered, c.keyword, answered)
			}
		}
	}
}

func FuzzKeyword(f *testing.F) {
	f.Add("STOP")
	f.Add("Don’t text me again, please!")
	f.Add("peidiwch â thecstio fi")
	f.Add("\xff\x00")
	f.Fuzz(func(t *testing.T, text string) {
		keyword := sms.Keyword(text)
		if keyword == gateway.NoKeyword {
			return
		}
		// A keyword is the whole text: with an answer beside it, it is none.
		if longer := text + " I had to stop work on 3 March"; sms.Keyword(longer) != gateway.NoKeyword {
			t.Errorf("Keyword(%q) = %q", longer, sms.Keyword(longer))
		}
	})
}
