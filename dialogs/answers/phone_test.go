package answers

import "testing"

func phone(text string) string {
	p, err := ReadPhone(text, inEnglish)
	value := p.E164 + " " + string(p.Type)
	if p.SMS {
		value += " sms"
	}
	return outcome(value, false, err)
}

func TestReadPhone(t *testing.T) {
	checkRows(t, rows("+447700900123 mobile sms", `
		07700900123 | 07700 900123 | 07700 900 123 | 07700-900-123 | 07700.900.123 | (07700) 900123 | 7700900123 | 7700 900123 |
		+447700900123 | +44 7700 900123 | +44 (0)7700 900123 | +44(0)7700900123 | +4407700900123 | +44-7700-900-123 | 447700900123 | 44 7700 900123 | 4407700900123 | 0447700900123 |
		00447700900123 | 00 44 7700 900123 | 0044 (0) 7700 900123 | 000447700900123 | ++447700900123 | + 44 7700 900123 | +00447700900123 | +07700900123`), phone)
	checkRows(t, []row{
		{"\u200b\t+44 (0)7700 \ufeff900 123 \r\n", "+447700900123 mobile sms"},
		{"０７７００９００１２３", "+447700900123 mobile sms"},
		{"07700\u2011900\u2011123", "+447700900123 mobile sms"},
		{"07700 900000", "+447700900000 mobile sms"},
		{"07700 900999", "+447700900999 mobile sms"},
		{"07123 456789", "+447123456789 mobile sms"},
		{"7123456789", "+447123456789 mobile sms"},
		{"07911 123456", "+447911123456 mobile sms"}, // Guernsey
		{"0113 496 0123", "+441134960123 landline"},
		{"020 7946 0123", "+442079460123 landline"},
		{"(029) 2018 0123", "+442920180123 landline"},
		{"01248 123456", "+441248123456 landline"},
		{"0300 123 0123", "+443001230123 other"},
		{"0800 123 4567", "+448001234567 other"},
		{"070 0000 0000", "+447000000000 other"},
		{"056 0000 0000", "+445600000000 voip"},
		{"+353 87 123 4567", "+353871234567 mobile sms"},
		{"0035387 123 4567", "+353871234567 mobile sms"},
		{"+33 6 12 34 56 78", "+33612345678 mobile sms"},
		{"+33 1 42 68 53 00", "+33142685300 landline"},
		{"+1 202-555-0104", "+12025550104 other sms"},
		{"+48 512 345 678", "+48512345678 mobile sms"},

		// Too long, too short, not a number.
		{"0770090012", "!not_understood"},
		{"077009001234", "!not_understood"},
		{"0712345678910", "!not_understood"},
		{"+44 (0)7123 456 789 10", "!not_understood"},
		{"004471234567", "!not_understood"},
		{"447123456", "!not_understood"},
		{"999", "!not_understood"},
		{"101", "!not_understood"},
		{"0", "!not_understood"},
		{"0000000000", "!not_understood"},
		{"+", "!not_understood"},
		{"1-202-555-0104", "!not_understood"},
		{"00", "!not_understood"},
		{"123456789012345678901234567890", "!not_understood"},
		{"07890x32109", "!not_understood"},
		{"07700 900123 ext 4", "!not_understood"},
		{"07700 900123 or 07700 900124", "!not_understood"},
		{"07700 900123 07700 900124", "!not_understood"},
		{"my number is 07700 900123", "!not_understood"},
		{"07123 456789...", "!not_understood"},
		{"07123 ☟☜⬇⬆☞☝", "!not_understood"},
		{"07\";DROP TABLE;\"", "!not_understood"},
		{"+44 07ab cde fgh", "!not_understood"},
		{"ALPHANUM3R1C", "!not_understood"},
		{"07700+900123", "!not_understood"},
		{"07700/900123", "!not_understood"},
		{"07700 900123\x00", "!not_understood"},
		{"07700\xff900123", "!not_understood"},
		{"٠٧٧٠٠٩٠٠١٢٣", "!not_understood"},
		{"", "!empty"},
		{" \u200b ", "!empty"},
	}, phone)
}

func FuzzReadPhone(f *testing.F) {
	f.Add("+44 (0)7700 900123")
	f.Add("0044\xff")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadPhone(text, inEnglish)
		if err != nil {
			return
		}
		if again, err := ReadPhone(p.E164, inEnglish); err != nil || again != p {
			t.Errorf("%q is %+v, which is read as %+v, %v", text, p, again, err)
		}
	})
}
