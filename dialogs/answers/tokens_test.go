package answers

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestScan(t *testing.T) {
	for text, want := range map[string]string{
		"£1.2K p/m":            "£ 1 . 2 k p / m",
		"I don’t know":         "i dont know",
		"dw i'n cael £400":     "dw in cael £ 400",
		"tŷ, Ŵyr a’r w\u0302r": "ty , wyr ar wr",
		"18kpa 18kish 2kids":   "18 k pa 18 k ish 2 k ids",
		"１２，３":                 "12 , 3",
		"“yes”\u200b\u00a0😀ok": "yes ok",
		"a\x00b\xffc":          "a \uFFFD b \uFFFD c",
		"3–4…":                 "3 - 4 .",
		"ДА нет":               "да нет",
		"👍🏽":                   "👍",
	} {
		s, code := scan(text)
		if code != "" || s.text != want {
			t.Errorf("%q is %q (%s), want %q", text, s.text, code, want)
		}
	}
}

// A sentence's tokens are its text, in order, with one space between them.
func TestScanKeepsTokensAndTextTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		s, code := scan(text)
		if code != "" {
			return
		}
		var words []string
		for i := range s.tokens {
			words = append(words, s.word(i))
			if strings.ContainsAny(s.word(i), " \t\n") || s.word(i) == "" {
				t.Fatalf("%q has the token %q", text, s.word(i))
			}
		}
		if joined := strings.Join(words, " "); joined != s.text || s.phrase(0, len(s.tokens)) != joined {
			t.Fatalf("%q: tokens %q, text %q", text, joined, s.text)
		}
		again, _ := scan(s.text)
		if again.text != s.text {
			t.Fatalf("%q is %q, which is %q", text, s.text, again.text)
		}
	})
}

// Every reader answers a megabyte of anything at once.
func TestReadersOfAMegabyte(t *testing.T) {
	for _, text := range []string{"yes ", "1 ", "£400 a week ", "a", "\x00", "\xff", "😀", "９", " ", "\u200b", "a@b.", "0"} {
		long := strings.Repeat(text, 1<<20/len(text))
		begin := time.Now()
		for name, err := range readAll(long) {
			if err == nil {
				t.Errorf("%s takes a megabyte of %q", name, text)
			}
		}
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("a megabyte of %q takes %v", text, took)
		}
	}
}

// readAll gives a text to every reader.
func readAll(text string) map[string]error {
	read := map[string]error{}
	_, read["yes or no"] = ReadYesNo(text, inEnglish)
	_, read["choice"] = ReadChoice(text, directions, inEnglish)
	_, read["number"] = ReadNumber(text, inEnglish)
	_, read["money"] = ReadMoney(text, inEnglish)
	_, read["period"] = ReadPeriod(text, inEnglish)
	_, read["date"] = ReadDate(text, inEnglish)
	_, read["nights"] = ReadNights(text, inEnglish)
	_, read["phone"] = ReadPhone(text, inEnglish)
	_, read["email"] = ReadEmail(text, inEnglish)
	_, read["text"] = ReadText(text, 1, 1000)
	_, read["choices"] = ReadChoices(text, directions, inEnglish)
	_, read["name"] = ReadName(text, inEnglish)
	_, read["address"] = ReadAddress(text, inEnglish)
	_, read["postcode"] = ReadPostcode(text, inEnglish)
	_, read["national insurance"] = ReadNationalInsurance(text, inEnglish)
	_, read["case reference"] = ReadCaseReference(text, inEnglish)
	return read
}
