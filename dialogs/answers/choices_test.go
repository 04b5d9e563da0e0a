package answers

import (
	"slices"
	"strings"
	"testing"
)

var evidence = []Choice{
	{Value: "payslips", Label: "payslips", Also: []string{"wage slips"}},
	{Value: "food", Label: "food and drink"},
	{Value: "school", Label: "school letter"},
	{Value: "bank", Label: "bank statement"},
}

func TestReadChoices(t *testing.T) {
	checkRows(t, []row{
		{"1", "payslips"}, {"1 and 3", "payslips school"}, {"1, 3", "payslips school"}, {"1,3", "payslips school"}, {"3,1", "payslips school"}, {"1 3", "payslips school"}, {"1 & 3", "payslips school"}, {"1+3", "payslips school"}, {"1/3", "payslips school"}, {"1.3", "payslips school"},
		{"1, 2 and 4", "payslips food bank"}, {"1 2 4", "payslips food bank"}, {"1. 2. 4.", "payslips food bank"}, {"one and three", "payslips school"}, {"first and third", "payslips school"}, {"1 and 1", "payslips"}, {"1 a 3", "payslips school"}, {"1 ac 4", "payslips bank"},
		{"options 1 and 3", "!not_understood"}, {"option 1 and 3", "payslips school"}, {"1 and 3 please", "payslips school"},
		{"payslips", "payslips"}, {"payslips and school letter", "payslips school"}, {"food and drink", "food"}, {"food and drink and bank statement", "food bank"}, {"payslips, food and drink", "payslips food"}, {"wage slips, school", "payslips school"}, {"1 payslips, 3 school letter", "payslips school"}, {"payslips and 4", "payslips bank"}, {"paysilps and bank", "payslips bank"},
		{"all", "payslips food school bank"}, {"all of them", "payslips food school bank"}, {"the lot", "payslips food school bank"}, {"everything please", "payslips food school bank"}, {"pob un", "payslips food school bank"},
		{"none", ""}, {"none of them", ""}, {"nothing thanks", ""}, {"dim un", ""},
		{"both", "!not_understood"}, {"all except 2", "!not_understood"}, {"not 2", "!not_understood"}, {"1 or 3", "!not_understood"}, {"1-3", "!not_understood"}, {"1 to 3", "!not_understood"}, {"5", "!out_of_range"}, {"1 and 5", "!out_of_range"}, {"13", "!out_of_range"}, {"1 and cheese", "!not_understood"}, {"1 and", "!not_understood"}, {"1 food and drink", "!two_values"}, {"and", "!not_understood"}, {"hello", "!not_understood"}, {"", "!empty"},
	}, func(text string) string {
		chosen, err := ReadChoices(text, evidence, inEnglish)
		var values []string
		for _, i := range chosen {
			values = append(values, evidence[i].Value)
		}
		return outcome(strings.Join(values, " "), false, err)
	})
	if both, err := ReadChoices("both", directions[:2], inEnglish); err != nil || !slices.Equal(both, []int{0, 1}) {
		t.Errorf("both of two is %v, %v", both, err)
	}
	if none, err := ReadChoices("neither", directions[:2], inEnglish); err != nil || none == nil || len(none) > 0 {
		t.Errorf("neither of two is %v, %v", none, err)
	}
}

func FuzzReadChoices(f *testing.F) {
	f.Add("1 and 3")
	f.Add("food and drink, 9")
	f.Fuzz(func(t *testing.T, text string) {
		chosen, err := ReadChoices(text, evidence, inEnglish)
		if (chosen == nil) != (err != nil) || !slices.IsSorted(chosen) || len(chosen) > 0 && (chosen[0] < 0 || chosen[len(chosen)-1] >= len(evidence)) {
			t.Errorf("%q is %v, %v", text, chosen, err)
		}
	})
}
