package gateway

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/dialogs"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates"
)

// worded is what a field says in a language.
func worded(v dialogs.Value, name string, language templates.Language) string {
	field, ok := v.Field(name)
	if !ok || field.Kind != dialogs.WordsValue {
		return "no words: " + name
	}
	if language == templates.Welsh {
		return field.Many[1]
	}
	return field.Many[0]
}

// shared is a case of two receiving parents, whose payments are collected.
func shared() directory.Case {
	historic := calculation.Money(32_000_00)
	return directory.Case{
		Reference: "300012345678", Service: directory.CollectAndPay, EffectiveDate: calculation.NewDate(2026, 4, 6),
		PayingParent: directory.Person{ID: "P1", Name: "Sam Example"},
		ReceivingParents: []directory.ReceivingParent{
			{Person: directory.Person{ID: "R1", Name: "Ali Example"}, Children: []directory.Child{{ID: "C1", Name: "Jo", SharedCareNights: 60}}},
			{Person: directory.Person{ID: "R2", Name: "Kim Example"}, Children: []directory.Child{{ID: "C2", Name: "Bo"}, {ID: "C3", Name: "Mo"}}},
		},
		Income: directory.Income{HistoricAnnual: &historic, TaxYear: "2025-26", PrivatePensionAnnual: 2_000_00, RelevantOtherChildren: 1},
	}
}

func TestExplain(t *testing.T) {
	tests := []struct {
		person directory.PersonID
		want   string // the figures, as a report would carry them
		tells  map[string]string
	}{
		{"P1", `{"paying": true, "weekly_amount": "92.66", "collected": true, "after_fee": "111.19", "paid_for": 3, "others": 1}`, map[string]string{
			"rate":  "basic rate",
			"since": "6 April 2026",
			"income": "Payments into a private pension, made weekly: £2,000.00 / 365 x 7 = £38.36. " +
				"Income for the tax year, from HMRC, made weekly: £32,000.00 / 365 x 7 = £613.70. " +
				"Pension payments do not count as income: £613.70 - £38.36 = £575.34 a week. " +
				"The weekly income is £575.34. It is based on a past tax year.",
			"children": "Other children at home: 1. So 11% of the income does not count: £575.34 x 89% = £512.05.",
		}},
		{"R1", `{"paying": false, "weekly_amount": "27.80", "collected": true, "after_fee": "26.69", "paid_for": 3, "others": 1}`, map[string]string{
			"income": "The weekly income is £575.34. It is based on a past tax year.",
			"nights": "A child stays with the paying parent 60 nights a year. That takes 1/7 off for this child. " +
				"For the nights of all the children together, 1/7 is taken off: £32.43 x 6/7 = £27.80.",
			"total": "To the nearest penny, the amount is £27.80 a week.",
		}},
		{"R2", `{"paying": false, "weekly_amount": "64.86", "collected": true, "after_fee": "62.27", "paid_for": 3, "others": 1}`, map[string]string{
			"nights": "",
		}},
	}
	for _, test := range tests {
		t.Run(string(test.person), func(t *testing.T) {
			got, err := explain(shared(), test.person)
			if err != nil {
				t.Fatal(err)
			}
			figures := dialogs.Group()
			for _, f := range got.Fields {
				if f.Value.Kind != dialogs.WordsValue {
					figures.Fields = append(figures.Fields, f)
				}
			}
			if text, err := figures.MarshalJSON(); err != nil || string(text) != test.want {
				t.Errorf("got %s, %v\nwant %s", text, err, test.want)
			}
			for name, want := range test.tells {
				if text := worded(got, name, templates.English); text != want {
					t.Errorf("%s: got  %q\nwant %q", name, text, want)
				}
			}
		})
	}
	for name, person := range map[string]directory.PersonID{"somebody of no part in the case": "P2", "nobody": ""} {
		if _, err := explain(shared(), person); !errors.Is(err, errNotTheirs) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := explain(directory.Case{}, ""); !errors.Is(err, errNotTheirs) {
		t.Errorf("nobody, of no case: %v", err)
	}
}

// family draws a case that can be worked out.
func family(t *rapid.T) directory.Case {
	c := shared()
	*c.Income.HistoricAnnual = calculation.Money(rapid.Int64Range(0, 300_000_00).Draw(t, "income"))
	c.Income.PrivatePensionAnnual = calculation.Money(rapid.Int64Range(0, 30_000_00).Draw(t, "pension"))
	c.Income.RelevantOtherChildren = rapid.IntRange(0, 5).Draw(t, "others")
	c.ReceivingParents = nil
	for r := range rapid.IntRange(1, 4).Draw(t, "receiving parents") {
		parent := directory.ReceivingParent{Person: directory.Person{ID: directory.PersonID(fmt.Sprintf("R%d", r+1))}}
		for n := range rapid.IntRange(1, 8).Draw(t, "children") {
			parent.Children = append(parent.Children, directory.Child{
				ID: fmt.Sprintf("C%d-%d", r, n), Name: fmt.Sprintf("Jo%d%d", r, n), SharedCareNights: rapid.IntRange(0, 365).Draw(t, "nights"),
			})
		}
		c.ReceivingParents = append(c.ReceivingParents, parent)
	}
	return c
}

// However many children and parents there are, each topic fits a text message
// with a part to spare, in both languages, and has words in both or in neither.
func TestEachTopicFitsATextMessage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := family(t)
		for _, person := range []directory.PersonID{"P1", "R1"} {
			v, err := explain(c, person)
			if err != nil {
				t.Fatal(err)
			}
			for _, topic := range topics() {
				field, _ := v.Field(topic)
				for _, text := range field.Many {
					sms := templates.PrepareSMS(text)
					if sms.Segments >= templates.MaxSegments || strings.Contains(sms.Text, "?") {
						t.Fatalf("%s for %s takes %d parts: %q", topic, person, sms.Segments, sms.Text)
					}
				}
				if (field.Many[0] == "") != (field.Many[1] == "") {
					t.Fatalf("%s is told in one language only: %q", topic, field.Many)
				}
			}
		}
	})
}

// CR 25(1): a receiving parent is not told where the income comes from, and
// hears the same whatever another receiving parent's children do.
func TestAReceivingParentHearsNothingOfTheOthersAffairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := family(t)
		other := c
		other.ReceivingParents = slices.Clone(c.ReceivingParents)
		for i := 1; i < len(other.ReceivingParents); i++ { // another's nights
			parent := other.ReceivingParents[i]
			parent.Children = slices.Clone(parent.Children)
			for n := range parent.Children {
				parent.Children[n].SharedCareNights = rapid.IntRange(0, 150).Draw(t, "other nights")
			}
			other.ReceivingParents[i] = parent
		}
		before, err := explain(c, "R1")
		if err != nil {
			t.Fatal(err)
		}
		after, err := explain(other, "R1")
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []dialogs.Value{before, after} {
			for _, secret := range []string{"HMRC", "pension", "R2", "fee"} {
				for _, topic := range topics() {
					if field, _ := v.Field(topic); strings.Contains(field.Many[0], secret) {
						t.Fatalf("%s tells of %s: %q", topic, secret, field.Many[0])
					}
				}
			}
		}
		floor := func(v dialogs.Value) bool { // CR 43 and Sch 1 para 7(7): the floor is for all of them together
			field, _ := v.Field("nights")
			return strings.Contains(field.Many[0], "never less")
		}
		if floor(before) || floor(after) {
			return
		}
		if diff := cmp.Diff(before, after); diff != "" {
			t.Fatalf("another's nights show:\n%s", diff)
		}
	})
}

// A conversation's calls are answered from its own case, for its own person.
func TestCallsAboutAmountsAreForThePersonOfTheConversation(t *testing.T) {
	file := shared()
	turn := &taking{file: &file, g: &Gateway{Config: Config{Log: slog.New(slog.DiscardHandler)}}}
	nights := countedFor("other", []string{"Jo"}, 60)
	estimate := sayings(weekly(450_00), 2, 104, 0)
	tests := []struct {
		name   string
		person directory.PersonID
		call   dialogs.Call
		want   string // a field of the result; none: the call fails
	}{
		{"the payer's own", "P1", dialogs.Call{Name: "explain"}, "weekly_amount"},
		{"a receiver's own", "R2", dialogs.Call{Name: "explain"}, "weekly_amount"},
		{"of another case", "P2", dialogs.Call{Name: "explain"}, ""},
		{"a receiver's own child", "R1", nights, "matters"},
		{"the child of another", "R2", nights, ""},
		{"of nobody: an estimate needs no case", "", estimate, "weekly_amount"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := turn.call(t.Context(), nil, Conversation{Case: file.Reference, Person: test.person}, dialogs.Output{Call: &test.call})
			_, has := r.Value.Field(test.want)
			if r.Failed != (test.want == "") || !r.Failed && !has {
				t.Errorf("failed: %t, with %v", r.Failed, r.Value)
			}
		})
	}
}
