package corpus_test

import (
	"fmt"
	"testing"

	"parley/dialogs/understanding"
	"parley/dialogs/understanding/corpus"
)

func TestACorrectionIsALine(t *testing.T) {
	for _, c := range []struct {
		corpus.Correction
		file, line string // "" for an error
	}{
		{corpus.Correction{Text: "they let me go\non friday", Intents: []string{"lost-job"}, Language: "en"}, "train/lost-job.en.txt", "they let me go on friday"},
		{corpus.Correction{Text: "he waits outside", Intents: []string{"danger"}, Danger: understanding.Abuse, Language: "en"}, "train/danger-abuse.en.txt", "he waits outside"},
		{corpus.Correction{Text: "new job, new number", Intents: []string{"new-job", "change-contact-details"}, Language: "en"}, "train/two.en.txt", "new-job, change-contact-details | new job, new number"},
		{corpus.Correction{Text: "i moved and he follows me", Intents: []string{"change-address", "danger"}, Danger: understanding.Abuse, Language: "en"}, "train/two.en.txt", "change-address, danger-abuse | i moved and he follows me"},
		{corpus.Correction{Text: "ring 07700 900 123 or sam@example.org, I owe 1200", Intents: []string{"change-contact-details"}, Language: "cy"}, "train/change-contact-details.cy.txt", "ring 00000 000 000 or name@example.com I owe 1200"},
		{corpus.Correction{Text: "# 1 dad", Intents: []string{"none"}, Language: "en"}, "train/none.en.txt", "1 dad"},
		{corpus.Correction{Text: "hm", Intents: []string{"nothing"}, Language: "en"}, "", ""},
		{corpus.Correction{Text: "hm", Intents: []string{"danger"}, Language: "en"}, "", ""},
		{corpus.Correction{Text: "hm", Language: "en"}, "", ""},
		{corpus.Correction{Text: "hm", Intents: []string{"none"}, Language: "fr"}, "", ""},
		{corpus.Correction{Text: " ", Intents: []string{"none"}, Language: "en"}, "", ""},
	} {
		file, line, err := c.Line()
		if file != c.file || line != c.line || (err != nil) != (c.file == "") {
			t.Errorf("%+v: %q %q %v", c.Correction, file, line, err)
		}
	}
}

func ExampleCorrection_Line() {
	file, line, err := corpus.Correction{Text: "got the boot", Intents: []string{understanding.LostJob}, Language: "en"}.Line()
	fmt.Println(file, line, err)
	// Output: train/lost-job.en.txt got the boot <nil>
}
