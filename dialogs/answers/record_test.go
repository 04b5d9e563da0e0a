package answers

import "testing"

func TestReadNationalInsurance(t *testing.T) {
	read := func(text string) string {
		number, err := ReadNationalInsurance(text, inEnglish)
		return outcome(number, false, err)
	}
	checkRows(t, []row{
		{"AB123456C", "AB123456C"}, {"ab123456c", "AB123456C"}, {"AB 12 34 56 C", "AB123456C"}, {"ab 123456 c", "AB123456C"}, {"AB-12-34-56-C", "AB123456C"}, {"AB.12.34.56.C", "AB123456C"}, {"ABl23456C", "!not_understood"}, {"AB12345OC", "AB123450C"}, {"ab12 34 56c.", "AB123456C"}, {"A B 1 2 3 4 5 6 C", "AB123456C"}, {"ＡＢ１２３４５６Ｃ", "AB123456C"},
		{"my ni number is AB123456C", "AB123456C"}, {"NI: AB123456C thanks", "AB123456C"}, {"fy rhif yswiriant gwladol yw AB123456C", "AB123456C"}, {"its ab123456d", "AB123456D"},
		{"AB123456", "!not_understood"}, {"AB123456E", "!not_understood"}, {"AB1234567", "!not_understood"}, {"ABC123456", "!not_understood"}, {"123456789", "!not_understood"}, {"AB12345C", "!not_understood"}, {"AB123456CD", "!not_understood"},
		{"DA123456A", "!not_understood"}, {"FA123456A", "!not_understood"}, {"QQ123456C", "!not_understood"}, {"AO123456C", "!not_understood"}, {"BG123456A", "!not_understood"}, {"GB123456A", "!not_understood"}, {"TN123456A", "!not_understood"}, {"ZZ123456A", "!not_understood"},
		{"AB123456C AB123456D", "!not_understood"}, {"idk", "!unsure"}, {"i don't know it", "!unsure"}, {"no", "!not_understood"}, {"AB123456C\x00", "!not_understood"}, {"", "!empty"},
	}, read)
}

func FuzzReadNationalInsurance(f *testing.F) {
	f.Add("ab 12 34 56 c")
	f.Fuzz(func(t *testing.T, text string) {
		number, err := ReadNationalInsurance(text, inEnglish)
		if err != nil {
			return
		}
		if again, err := ReadNationalInsurance(number, inEnglish); err != nil || again != number || len(number) != 9 {
			t.Errorf("%q is %q, which is %q, %v", text, number, again, err)
		}
	})
}

func TestReadCaseReference(t *testing.T) {
	read := func(text string) string {
		reference, err := ReadCaseReference(text, inEnglish)
		return outcome(reference, false, err)
	}
	checkRows(t, []row{
		{"300012345678", "300012345678"}, {"3000 1234 5678", "300012345678"}, {"3000-1234-5678", "300012345678"}, {"300 012 345 678", "300012345678"}, {"３０００１２３４５６７８", "300012345678"}, {"ref 300012345678", "300012345678"}, {"Ref: 300012345678.", "300012345678"}, {"My reference is 3000 1234 5678 thanks", "300012345678"}, {"case number 300012345678", "300012345678"}, {"#300012345678", "300012345678"}, {"cyfeirnod 300012345678", "300012345678"}, {"000000000001", "000000000001"},
		{"30001234567", "!too_short"}, {"3000123456789", "!too_long"}, {"300012345678 300012345679", "!too_long"}, {"30001234567O", "!not_understood"}, {"ref", "!not_understood"}, {"three thousand", "!not_understood"}, {"300012345678 x", "300012345678"}, {"idk", "!unsure"}, {"", "!empty"},
	}, read)
}

func FuzzReadCaseReference(f *testing.F) {
	f.Add("3000 1234-5678")
	f.Fuzz(func(t *testing.T, text string) {
		reference, err := ReadCaseReference(text, inEnglish)
		if err != nil {
			return
		}
		if again, err := ReadCaseReference(reference, inEnglish); err != nil || again != reference || len(reference) != caseReferenceDigits {
			t.Errorf("%q is %q, which is %q, %v", text, reference, again, err)
		}
	})
}
