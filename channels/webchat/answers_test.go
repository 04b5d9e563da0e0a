package webchat

import (
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/templates"
)

// The page's script is held to the same cases, see src/chat/answers.test.js.
func TestAFormSaysWhatOneWouldWrite(t *testing.T) {
	content, err := os.ReadFile("testdata/answers.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Kind     dialogs.AskKind
		Language templates.Language
		Form     url.Values
		Want     string
	}
	if err := json.Unmarshal(content, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if got := answerText(c.Kind, c.Language, c.Form); got != c.Want {
			t.Errorf("%s %v says %q, want %q", c.Kind, c.Form, got, c.Want)
		}
	}
}

// What the fields of each kind say is what the engine's readers read.
func TestTheEngineReadsWhatFormsSay(t *testing.T) {
	today := answers.Context{Today: answers.Date{Year: 2026, Month: 11, Day: 22}}
	for _, l := range templates.Languages() {
		pay := question{Language: l, Ask: dialogs.Ask{Kind: dialogs.ForMoneyPerPeriod}}
		for _, period := range pay.Choices() {
			text := answerText(dialogs.ForMoneyPerPeriod, l, url.Values{"answer": {"410.50", period.Text}})
			money, err := answers.ReadMoney(text, today)
			if err != nil || money.Period == "" || money.Confirm {
				t.Errorf("%q is read as %+v, %v", text, money, err)
			}
		}
		nights := question{Language: l, Ask: dialogs.Ask{Kind: dialogs.ForNights}}
		for _, period := range nights.Choices() {
			for _, count := range []string{"1", "3"} {
				text := answerText(dialogs.ForNights, l, url.Values{"answer": {count, period.Text}})
				if read, err := answers.ReadNights(text, today); err != nil || read.Confirm {
					t.Errorf("%q is read as %+v, %v", text, read, err)
				}
			}
		}
		for month := 1; month <= 12; month++ {
			text := answerText(dialogs.ForDate, l, url.Values{"answer": {"2", string(rune('0' + month%10)), "2025"}})
			if month > 9 {
				text = answerText(dialogs.ForDate, l, url.Values{"answer": {"2", "1" + string(rune('0'+month%10)), "2025"}})
			}
			read, err := answers.ReadDate(text, today)
			if err != nil || read.Date != (answers.Date{Year: 2025, Month: month, Day: 2}) || read.Confirm {
				t.Errorf("%q is read as %+v, %v", text, read, err)
			}
		}
		text := answerText(dialogs.ForAddress, l, url.Values{"answer": {"12 High Street", "", "Leeds", "ls1 1aa"}})
		if read, err := answers.ReadAddress(text, today); err != nil || read.Postcode != "LS1 1AA" || len(read.Lines) != 2 {
			t.Errorf("%q is read as %+v, %v", text, read, err)
		}
	}
}

func FuzzAnswerText(f *testing.F) {
	f.Add("date", "en", "answer=1&answer=11&answer=2026")
	f.Add("many", "cy", "answer=a&answer=%00&own=+")
	f.Add("check", "", "say=CHANGE+2&answer=%ff")
	f.Fuzz(func(t *testing.T, kind, language, form string) {
		fields, err := url.ParseQuery(form)
		if err != nil {
			return
		}
		text := answerText(dialogs.AskKind(kind), templates.Language(language), fields)
		if text != strings.TrimSpace(text) {
			t.Errorf("%q has space around it", text)
		}
		most := 0
		for _, values := range fields {
			for _, value := range values {
				most += len(value) + len("Chwefror, ")
			}
		}
		if len(text) > most {
			t.Errorf("%d bytes were made of %d", len(text), most)
		}
	})
}
