package answers

import (
	"strings"
	"testing"
)

func TestReadName(t *testing.T) {
	read := func(text string) string {
		name, err := ReadName(text, inEnglish)
		return outcome(name, false, err)
	}
	checkRows(t, []row{
		{"Sam Example", "Sam Example"}, {"  sam   example \n", "sam example"}, {"SAM EXAMPLE", "SAM EXAMPLE"}, {"Sam", "Sam"}, {"Jo", "Jo"}, {"Bo", "Bo"},
		{"Siân O’Neil", "Siân O'Neil"}, {"D'Arcy", "D'Arcy"}, {"Anne-Marie Smith-Jones", "Anne-Marie Smith-Jones"}, {"J. R. Hartley", "J. R. Hartley"}, {"J.R. Hartley", "J.R. Hartley"}, {"Dr Sam Example", "Dr Sam Example"}, {"Mr. Example", "Mr. Example"},
		{"Łukasz Żółć", "Łukasz Żółć"}, {"محمد علي", "محمد علي"}, {"李小龍", "李小龍"}, {"Ольга Иванова", "Ольга Иванова"}, {"Zoe\u0308 Example", "Zoe\u0308 Example"}, {"प्रिया शर्मा", "प्रिया शर्मा"},
		{"my name is Sam Example", "Sam Example"}, {"My name's Sam", "Sam"}, {"it's Sam Example", "Sam Example"}, {"Hi, I'm Sam", "!not_understood"}, {"Hi I'm Sam", "Sam"}, {"Sam Example, thanks", "Sam Example"}, {"Sam Example.", "Sam Example"}, {"Sam !", "Sam"}, {"Name: Sam Example", "Sam Example"}, {"Courtney Love", "Courtney Love"},
		{"Fy enw i yw Siân Jones", "Siân Jones"}, {"Siân Jones ydw i", "Siân Jones"}, {"Siân Jones, diolch", "Siân Jones"}, {"Enw: Siân", "Siân"},
		{"yes", "!not_understood"}, {"No", "!not_understood"}, {"later", "!not_understood"}, {"STOP", "!not_understood"}, {"ie", "!not_understood"}, {"not sure", "!unsure"}, {"idk", "!unsure"},
		{"J", "!not_understood"}, {"Sam1", "!not_understood"}, {"07700 900123", "!not_understood"}, {"sam@example.com", "!not_understood"}, {"Sam/Ali", "!not_understood"}, {"Sam & Ali", "!not_understood"}, {"<b>Sam</b>", "!not_understood"}, {"Sam 😀", "!not_understood"}, {"Sam, Ali", "!not_understood"}, {"Sam\x00", "!not_understood"}, {"Sam\xff", "!not_understood"}, {"--", "!not_understood"}, {"'''", "!not_understood"}, {"O--Neil", "!not_understood"},
		{"I would rather not say who I am to you", "!not_understood"}, {strings.Repeat("a", 71), "!too_long"}, {strings.Repeat("Sam ", 200), "!too_long"}, {"", "!empty"}, {" \u200b ", "!empty"},
	}, read)
}

func FuzzReadName(f *testing.F) {
	f.Add("my name is Siân O’Neil")
	f.Add("\u0308\u0308")
	f.Fuzz(func(t *testing.T, text string) {
		name, err := ReadName(text, inEnglish)
		if err != nil {
			return
		}
		if strings.ContainsAny(name, "\x00\n\r\t<>&\"0123456789") || name != strings.TrimSpace(name) || strings.Contains(name, "  ") {
			t.Errorf("%q is %q", text, name)
		}
	})
}
