package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"parley/dialogs/answers"
)

// inspect runs the command on lines and returns its lines.
func inspect(t *testing.T, lines string, args ...string) []string {
	t.Helper()
	var out, problems strings.Builder
	status := run(append([]string{"inspect"}, args...), &streams{In: strings.NewReader(lines), Out: &out, Err: &problems})
	if status != 0 || problems.Len() > 0 {
		t.Fatalf("inspect %v ends with %d and %s", args, status, &problems)
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

// nearlySure is a confidence of 0.99 or more.
var nearlySure = regexp.MustCompile(`"confidence":0\.99\d*`)

func TestInspect(t *testing.T) {
	for _, test := range []struct{ kind, in, want string }{
		{"phone", "07700 900123", `{"input":"07700 900123","ok":true,"e164":"+447700900123","type":"mobile","sms":true}`},
		{"phone", "0113 496 0123", `{"input":"0113 496 0123","ok":true,"e164":"+441134960123","type":"landline","sms":false}`},
		{"phone", "none", `{"input":"none","ok":false,"error":"Write a phone number, like 07700 900123.","code":"not_understood"}`},
		{"email", " Sam+x@Example.com", `{"input":" Sam+x@Example.com","ok":true,"address":"sam+x@example.com"}`},
		{"sms", `hello\nworld`, `{"input":"hello\\nworld","ok":true,"text":"hello\nworld","encoding":"GSM-7","characters":11,"segments":1}`},
		{"sms", "‘tŷ’", `{"input":"‘tŷ’","ok":true,"text":"'tŷ'","encoding":"UCS-2","characters":4,"segments":1}`},
		{"sms", "", `{"input":"","ok":true,"text":"","encoding":"GSM-7","characters":0,"segments":0}`},
		{"money", "£1.2k pm", `{"input":"£1.2k pm","ok":true,"amount":"1200.00","period":"month","weekly":"276.16","confirm":false}`},
		{"money", "about 400", `{"input":"about 400","ok":true,"amount":"400.00","period":null,"confirm":true}`},
		{"money", "<b>&", `{"input":"<b>&","ok":false,"error":"Write an amount in pounds, like 410 a week.","code":"not_understood"}`},
		{"period", "every 4 weeks", `{"input":"every 4 weeks","ok":true,"period":"four_weeks"}`},
		{"date", "3 November", `{"input":"3 November","ok":true,"date":"2026-11-03","confirm":false}`},
		{"date", "ddoe", `{"input":"ddoe","ok":true,"date":"2026-11-21","confirm":true}`},
		{"nights", "every other weekend", `{"input":"every other weekend","ok":true,"per_year":52,"confirm":true}`},
		{"yesno", "nac ydw", `{"input":"nac ydw","ok":true,"value":false}`},
		{"name", "my name is Siân O’Neil", `{"input":"my name is Siân O’Neil","ok":true,"name":"Siân O'Neil"}`},
		{"address", `12 High Street\nLeeds ls11aa`, `{"input":"12 High Street\\nLeeds ls11aa","ok":true,"lines":["12 High Street","Leeds"],"postcode":"LS1 1AA"}`},
		{"postcode", "ls11aa", `{"input":"ls11aa","ok":true,"postcode":"LS1 1AA"}`},
		{"ni", "ab 12 34 56 c", `{"input":"ab 12 34 56 c","ok":true,"number":"AB123456C"}`},
		{"reference", "3000 1234 5678", `{"input":"3000 1234 5678","ok":true,"reference":"300012345678"}`},
		{"intent", "PAY", `{"input":"PAY","ok":true,"intent":"report-income-change","confidence":1,"alternatives":[],"danger":false}`},
		{"intent", "he hits me", `{"input":"he hits me","ok":true,"intent":"danger","confidence":1,"alternatives":[],"danger":true}`},
		{"number", "2½", `{"input":"2½","ok":true,"value":2.5,"confirm":false}`},
	} {
		got := inspect(t, test.in+"\n", test.kind, "--now", "2026-11-22")
		if len(got) == 1 { // each training is as sure as it is
			got[0] = nearlySure.ReplaceAllString(got[0], `"confidence":1`)
		}
		if len(got) != 1 || got[0] != test.want {
			t.Errorf("%s %q is %s, want %s", test.kind, test.in, got, test.want)
		}
	}
}

func TestInspectAnswersEveryLineInOrder(t *testing.T) {
	long := strings.Repeat("yes ", 1<<18)
	lines := inspect(t, "yes\r\n\nno\n"+long+"\n\xff\nye", "yesno")
	want := []bool{true, false, true, false, false, true}
	if len(lines) != len(want) {
		t.Fatalf("%d lines, want %d", len(lines), len(want))
	}
	for i, line := range lines {
		var answer struct {
			OK    bool
			Error string
		}
		if err := json.Unmarshal([]byte(line), &answer); err != nil || answer.OK != want[i] || (answer.Error == "") != answer.OK {
			t.Errorf("line %d is %.200s, %v", i+1, line, err)
		}
	}
}

func TestInspectSpeaksWelsh(t *testing.T) {
	lines := inspect(t, "cant\nxyzzy\n", "money", "--language", "cy")
	for i, want := range []string{`"amount":"100.00"`, "Ysgrifennwch swm mewn punnoedd"} {
		if !strings.Contains(lines[i], want) {
			t.Errorf("line %d is %s, want %s", i+1, lines[i], want)
		}
	}
}

func TestInspectTakesTodayFromTheClock(t *testing.T) {
	var answer struct{ Date answers.Date }
	if err := json.Unmarshal([]byte(inspect(t, "yesterday", "date")[0]), &answer); err != nil || !answer.Date.Valid() {
		t.Errorf("yesterday is %v, %v", answer.Date, err)
	}
}

func TestInspectUsedWrongly(t *testing.T) {
	for _, args := range [][]string{{"inspect"}, {"inspect", "shoe"}, {"inspect", "date", "--now", "yesterday"}, {"inspect", "date", "--language", "fr"}} {
		var out, problems strings.Builder
		if status := run(args, &streams{In: strings.NewReader("1\n"), Out: &out, Err: &problems}); status != 2 || out.Len() > 0 || problems.Len() == 0 {
			t.Errorf("%v ends with %d, %q and %q", args, status, &out, &problems)
		}
	}
}

// Every kind on offer is read.
func TestInspectHasAReaderForEveryKind(t *testing.T) {
	for kind := range inspectors() {
		inspect(t, "1\n", kind)
	}
}
