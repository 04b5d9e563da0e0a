package answers

import (
	"strings"
	"testing"
)

func email(text string) string {
	address, err := ReadEmail(text, inEnglish)
	return outcome(address, false, err)
}

func TestReadEmail(t *testing.T) {
	checkRows(t, []row{
		{"sam@example.com", "sam@example.com"},
		{"Sam.Example@EXAMPLE.Com", "sam.example@example.com"},
		{"  sam@example.com \r\n", "sam@example.com"},
		{"\u200bsam@exam\u200bple.com\ufeff", "sam@example.com"},
		{"sam+parley@example.com", "sam+parley@example.com"},
		{"sam.o'neil@example.com", "sam.o'neil@example.com"},
		{"1234567890@example.com", "1234567890@example.com"},
		{"_______@example.com", "_______@example.com"},
		{"sam-example@sub.example-one.co.uk", "sam-example@sub.example-one.co.uk"},
		{"sam@example.name", "sam@example.name"},
		{"sam@example.superlongtopleveldomain", "sam@example.superlongtopleveldomain"},
		{"sam@123.com", "sam@123.com"},
		{"s@x.uk", "s@x.uk"},
		{"info@例え.テスト", "info@xn--r8jz45g.xn--zckzah"},
		{"info@german.vermögensberatung", "info@german.xn--vermgensberatung-pwb"},
		{"sam@tŷ.cymru", "sam@xn--t-foa.cymru"},
		{strings.Repeat("a", 64) + "@example.com", strings.Repeat("a", 64) + "@example.com"},

		{"", "!empty"},
		{"sam", "!not_understood"},
		{"@example.com", "!not_understood"},
		{"sam@", "!not_understood"},
		{"sam@example", "!not_understood"},
		{"sam@example.c", "!not_understood"},
		{"sam@example.c0m", "!not_understood"},
		{"sam@example..com", "!not_understood"},
		{"sam@.example.com", "!not_understood"},
		{"sam@example.com.", "!not_understood"},
		{"sam..x@example.com", "!not_understood"},
		{".sam@example.com", "!not_understood"},
		{"sam.@example.com", "!not_understood"},
		{"sam@x@example.com", "!not_understood"},
		{"sam example@example.com", "!not_understood"},
		{"sam@exam ple.com", "!not_understood"},
		{"sam at example dot com", "!not_understood"},
		{"sam@exam_ple.com", "!not_understood"},
		{"sam@-example.com", "!not_understood"},
		{"sam@example-.com", "!not_understood"},
		{"sam@example.com|gov.uk", "!not_understood"},
		{"sam@example,com", "!not_understood"},
		{"sam;x@example.com", "!not_understood"},
		{"sam@example.com;", "!not_understood"},
		{"sam,x@example.com", "!not_understood"},
		{"sam@example.com,ali@example.com", "!not_understood"},
		{"sam£@example.com", "!not_understood"},
		{"sam’x@example.com", "!not_understood"},
		{"\"sam\"@example.com", "!not_understood"},
		{"sam(x)@example.com", "!not_understood"},
		{"<sam@example.com>", "!not_understood"},
		{"Sam <sam@example.com>", "!not_understood"},
		{"mailto:sam@example.com", "!not_understood"},
		{"sam@192.168.0.1", "!not_understood"},
		{"sam@[192.168.0.1]", "!not_understood"},
		{"sam@xn---something.com", "!not_understood"},
		{"sâm@example.com", "!not_understood"},
		{"sam@example.com\x00", "!not_understood"},
		{"sam\xff@example.com", "!not_understood"},
		{strings.Repeat("a", 65) + "@example.com", "!not_understood"},
		{"sam@" + strings.Repeat("a", 64) + ".com", "!not_understood"},
		{"sam@" + strings.Repeat("a.", 160) + "com", "!too_long"},
	}, email)
}

func FuzzReadEmail(f *testing.F) {
	f.Add("sam@example.com")
	f.Add("info@例え.テスト")
	f.Add("a@xn--.com")
	f.Fuzz(func(t *testing.T, text string) {
		address, err := ReadEmail(text, inEnglish)
		if err != nil {
			return
		}
		if again, err := ReadEmail(address, inEnglish); err != nil || again != address {
			t.Errorf("%q is %q, which is read as %q, %v", text, address, again, err)
		}
		if strings.ContainsAny(address, " \r\n\t\x00<>,;\"") || strings.Count(address, "@") != 1 {
			t.Errorf("%q is %q", text, address)
		}
	})
}
