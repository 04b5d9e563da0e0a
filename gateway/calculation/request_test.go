package calculation

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// everyField is a request with every field there is.
const everyField = `{"gross_weekly_income": "450.00", "gross_annual_income": "32000", "historic_annual_income": "32000",
 "current_annual_income": "20000", "private_pension_annual": "0", "flat_rate_benefit": "carers_allowance", "flat_rate_benefit_weekly": "81.90",
 "nil_rate_circumstance": "prisoner", "relevant_other_children": 1, "family_based_arrangement_children": 0, "children_abroad": 0,
 "receiving_parents": [{"id": "A", "children": [{"id": "1", "shared_care_nights": 60, "local_authority_nights": 0, "equal_day_to_day_care": false}, {}]}],
 "partner_also_pays": false, "shared_care_agreed_in_principle_nights_disputed": false, "equal_day_to_day_care": false,
 "default_maintenance_decision": false, "missed_payments": false, "variation_special_expenses_weekly": "0", "variation_special_expenses_annual": "0",
 "variation_additional_income_annual": "0", "variations": [{"ground": "contact_costs", "weekly": "12.50"}],
 "service": "collect_and_pay", "frequency": "monthly", "effective_date": "2026-04-06", "first_due": "2026-04-15", "arrears": "0", "arrears_instalments": 12}`

func TestDecodeRequest(t *testing.T) {
	got, err := DecodeRequest([]byte(everyField))
	if err != nil {
		t.Fatal(err)
	}
	want := Request{
		Case: Case{
			EffectiveDate: day("2026-04-06"), Service: CollectAndPay,
			Income:  Income{Given: perWeekly(450_00), Historic: yearly(32_000_00), Current: yearly(20_000_00), Pension: yearly(0)},
			Benefit: "carers_allowance", BenefitIncome: perWeekly(81_90), NilCircumstance: "prisoner",
			Variations:       []Variation{{ContactCosts, perWeekly(12_50)}},
			ReceivingParents: []ReceivingParent{{"A", []Child{{ID: "1", Nights: 60}, {}}}}, RelevantOtherChildren: 1,
		},
		Plan:        PlanTerms{Frequency: Monthly, Start: day("2026-04-06"), FirstDue: day("2026-04-15"), ArrearsInstalments: 12},
		grossAnnual: yearly(32_000_00),
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(Request{})); diff != "" {
		t.Error(diff)
	}
}

func TestWhatMayBeLeftOut(t *testing.T) {
	tests := []struct {
		name, in string
		want     string // a part of the answer
	}{
		{"a yearly figure", `{"gross_annual_income": "32000", "receiving_parents": [{"children": [{}]}]}`, `"weekly_amount":"73.64"`},
		{"a name: the first is A", `{"gross_weekly_income": "450", "receiving_parents": [{"children": [{}]}]}`, `"per_receiving_parent":{"A":"54.00"}`},
		{"null is as good as nothing", `{"gross_weekly_income": 450, "flat_rate_benefit": null, "effective_date": null, "arrears": null, "relevant_other_children": null,
			"equal_day_to_day_care": null, "variations": null, "receiving_parents": [{"id": null, "children": [{}]}]}`, `"weekly_amount":"54.00"`},
		{"amounts may be numbers", `{"gross_weekly_income": 450.10, "receiving_parents": [{"id": "A", "children": [{}]}]}`, `"weekly_amount":"54.01"`},
		{"no benefit and no circumstance", `{"gross_weekly_income": "450", "flat_rate_benefit": "no", "nil_rate_circumstance": "no", "receiving_parents": [{"children": [{}]}]}`, `"rate_type":"basic"`},
		{"a monthly figure now", `{"current_monthly_income": "1000", "receiving_parents": [{"children": [{}]}]}`, `"gross_weekly_income":"230.14"`},
		{"income, where the rate does not depend on it", `{"nil_rate_circumstance": "prisoner", "receiving_parents": [{"children": [{}]}]}`,
			`"rate_type":"nil","income_basis":null,"gross_weekly_income":null,`},
		{"a plan, though it has a day", `{"gross_weekly_income": "450", "first_due": "2026-04-15", "arrears": "0", "arrears_instalments": 12, "receiving_parents": [{"children": [{}]}]}`, `"plan":null`},
		{"a plan", `{"gross_weekly_income": "450", "receiving_parents": [{"children": [{}]}]}`, `"plan":null`},
		{"an asset", `{"gross_weekly_income": "500", "variations": [{"ground": "asset_value", "value": "31250"}], "receiving_parents": [{"children": [{}]}]}`, `"weekly_amount":"65.75"`},
		{"a monthly expense", `{"gross_weekly_income": "500", "variations": [{"ground": "contact_costs", "monthly": "365"}], "receiving_parents": [{"children": [{}]}]}`, `"income_counted":"416.00"`},
		{"a yearly addition", `{"gross_weekly_income": "500", "variation_additional_income_annual": "3650", "receiving_parents": [{"children": [{}]}]}`, `"income_counted":"570.00"`},
		{"arrears of a plan", `{"gross_weekly_income": "450", "frequency": "weekly", "arrears": "10", "arrears_instalments": 2, "receiving_parents": [{"children": [{}]}]}`, `{"due":null,"amount":"59.00","arrears":"5.00"}`},
		{"over how many instalments", `{"gross_weekly_income": "450", "frequency": "monthly", "arrears": "120", "arrears_instalments": null, "receiving_parents": [{"children": [{}]}]}`, `{"due":null,"amount":"244.00","arrears":"10.00"}`},
		{"dates of a plan", `{"gross_weekly_income": "450", "frequency": "monthly", "receiving_parents": [{"children": [{}]}]}`, `"schedule":[{"due":null,"amount":"234.00"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			reply, err := Answer([]byte(test.in))
			if err != nil {
				t.Fatal(err)
			}
			if got := string(reply.AppendJSON(nil)); !strings.Contains(got, test.want) || !json.Valid([]byte(got)) {
				t.Errorf("got %s, want JSON with %s", got, test.want)
			}
		})
	}
}

func TestBadInputIsToldByField(t *testing.T) {
	family := `"receiving_parents": [{"id": "A", "children": [{}]}]`
	tests := []struct{ name, in, field string }{
		{"empty", ``, ""},
		{"not JSON", `{"gross_weekly_income": }`, "gross_weekly_income"},
		{"cut off", `{"gross_weekly_income": "450"`, ""},
		{"a list", `[1]`, ""},
		{"two cases on a line", `{"gross_weekly_income": "450", ` + family + `} {}`, ""},
		{"an unknown field", `{"gross_weekly_income": "450", "colour": "red", ` + family + `}`, "colour"},
		{"an unknown field of a child", `{"receiving_parents": [{"children": [{}, {"age": 4}]}]}`, "receiving_parents[0].children[1].age"},
		{"a field twice", `{"gross_weekly_income": "450", "gross_weekly_income": "45", ` + family + `}`, "gross_weekly_income"},
		{"two current incomes", `{"current_weekly_income": "450", "current_monthly_income": "45", ` + family + `}`, "current_monthly_income"},
		{"a negative amount", `{"gross_weekly_income": "-1", ` + family + `}`, "gross_weekly_income"},
		{"a negative number", `{"gross_weekly_income": -1, ` + family + `}`, "gross_weekly_income"},
		{"an exponent", `{"gross_weekly_income": 1e3, ` + family + `}`, "gross_weekly_income"},
		{"an amount in words", `{"gross_weekly_income": "lots", ` + family + `}`, "gross_weekly_income"},
		{"an amount that is true", `{"gross_weekly_income": true, ` + family + `}`, "gross_weekly_income"},
		{"too much money", `{"gross_annual_income": "1000000000.01", ` + family + `}`, "gross_annual_income"},
		{"no income", `{` + family + `}`, "gross_weekly_income"},
		{"no receiving parent", `{"gross_weekly_income": "450"}`, "receiving_parents"},
		{"no children", `{"gross_weekly_income": "450", "receiving_parents": [{"id": "A", "children": []}]}`, "receiving_parents[0].children"},
		{"no children at all", `{"gross_weekly_income": "450", "receiving_parents": [{"id": "A"}]}`, "receiving_parents[0].children"},
		{"one receiving parent twice", `{"gross_weekly_income": "450", "receiving_parents": [{"id": "A", "children": [{}]}, {"id": "A", "children": [{}]}]}`, "receiving_parents[1].id"},
		{"too many nights", `{"gross_weekly_income": "450", "receiving_parents": [{"children": [{"shared_care_nights": 366}]}]}`, "receiving_parents[0].children[0].shared_care_nights"},
		{"fewer nights than none", `{"gross_weekly_income": "450", "receiving_parents": [{"children": [{"shared_care_nights": -1}]}]}`, "receiving_parents[0].children[0].shared_care_nights"},
		{"half a night", `{"gross_weekly_income": "450", "receiving_parents": [{"children": [{"shared_care_nights": 0.5}]}]}`, "receiving_parents[0].children[0].shared_care_nights"},
		{"nights in words", `{"gross_weekly_income": "450", "receiving_parents": [{"children": [{"shared_care_nights": "60"}]}]}`, "receiving_parents[0].children[0].shared_care_nights"},
		{"more nights than a year has, together", `{"gross_weekly_income": "450", "receiving_parents": [{"children": [{"shared_care_nights": 200, "local_authority_nights": 200}]}]}`, "receiving_parents[0].children[0].local_authority_nights"},
		{"fewer other children than none", `{"gross_weekly_income": "450", "relevant_other_children": -1, ` + family + `}`, "relevant_other_children"},
		{"very many other children", `{"gross_weekly_income": "450", "relevant_other_children": 99999999999999999999, ` + family + `}`, "relevant_other_children"},
		{"an unknown benefit", `{"flat_rate_benefit": "housing_benefit", ` + family + `}`, "flat_rate_benefit"},
		{"a student is not nil rate", `{"nil_rate_circumstance": "student", ` + family + `}`, "nil_rate_circumstance"},
		{"an unknown ground", `{"gross_weekly_income": "450", "variations": [{"ground": "boredom", "weekly": "20"}], ` + family + `}`, "variations[0].ground"},
		{"a negative variation", `{"gross_weekly_income": "450", "variation_special_expenses_weekly": "-20", ` + family + `}`, "variation_special_expenses_weekly"},
		{"an unknown service", `{"gross_weekly_income": "450", "service": "cash", ` + family + `}`, "service"},
		{"an unknown frequency", `{"gross_weekly_income": "450", "frequency": "daily", ` + family + `}`, "frequency"},
		{"arrears and no frequency", `{"gross_weekly_income": "450", "arrears": "20", ` + family + `}`, "frequency"},
		{"arrears over no instalments", `{"gross_weekly_income": "450", "frequency": "monthly", "arrears": "20", "arrears_instalments": 0, ` + family + `}`, "arrears_instalments"},
		{"arrears over fewer instalments than none", `{"gross_weekly_income": "450", "frequency": "monthly", "arrears": "20", "arrears_instalments": -1, ` + family + `}`, "arrears_instalments"},
		{"a day that is none", `{"gross_weekly_income": "450", "effective_date": "2026-02-30", ` + family + `}`, "effective_date"},
		{"due before it begins", `{"gross_weekly_income": "450", "frequency": "monthly", "effective_date": "2026-02-02", "first_due": "2026-02-01", ` + family + `}`, "first_due"},
		{"an unknown field of a variation", `{"gross_weekly_income": "450", "variations": [{"reason": "x"}], ` + family + `}`, "variations[0].reason"},
		{"a variation for no period", `{"gross_weekly_income": "450", "variations": [{"ground": "contact_costs", "weekly": "1", "annual": "2"}], ` + family + `}`, "variations[0].annual"},
		{"very many receiving parents", `{"gross_weekly_income": "450", "receiving_parents": [` + strings.Repeat(`{"children": [{}]},`, 20) + `{"children": [{}]}]}`, "receiving_parents"},
		{"very many children", `{"gross_weekly_income": "450", "receiving_parents": [{"children": [` + strings.Repeat(`{},`, 40) + `{}]}]}`, "receiving_parents[0].children"},
		{"children that are no list", `{"receiving_parents": [{"children": {}}]}`, "receiving_parents[0].children"},
		{"a name that is a number", `{"receiving_parents": [{"id": 7}]}`, "receiving_parents[0].id"},
		{"too much benefit", `{"flat_rate_benefit": "yes", "flat_rate_benefit_weekly": "9999999999", ` + family + `}`, "flat_rate_benefit_weekly"},
		{"fewer children abroad than none", `{"gross_weekly_income": "450", "children_abroad": -1, ` + family + `}`, "children_abroad"},
		{"yes for true", `{"gross_weekly_income": "450", "equal_day_to_day_care": "yes", ` + family + `}`, "equal_day_to_day_care"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Answer([]byte(test.in))
			input := (*InputError)(nil)
			if !errors.As(err, &input) || input.Field != test.field || input.Problem == "" {
				t.Fatalf("got %v, want an error about %q", err, test.field)
			}
			told := asJSON(t, AppendRefusal(nil, err))
			if diff := cmp.Diff(map[string]any{"error": err.Error(), "field": test.field}, told); diff != "" {
				t.Errorf("refused with (-want +got):\n%s", diff)
			}
		})
	}
}

// The worked case of docs/calculation.md is answered as it says there.
func TestTheDocumentedAnswer(t *testing.T) {
	doc, err := os.ReadFile("../../docs/calculation.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(doc), "```json\n")
	in, rest, found := strings.Cut(rest, "```")
	_, rest, found2 := strings.Cut(rest, "```json\n")
	out, _, found3 := strings.Cut(rest, "```")
	if !found || !found2 || !found3 {
		t.Fatal("the document has no case and answer")
	}
	reply, err := Answer([]byte(in))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(asJSON(t, []byte(out)), asJSON(t, reply.AppendJSON(nil))); diff != "" {
		t.Errorf("(-document +answer):\n%s", diff)
	}
}

func asJSON(t *testing.T, text []byte) (value any) {
	t.Helper()
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value
}

// Any bytes get JSON back, and bad ones an *InputError.
func FuzzAnswer(f *testing.F) {
	f.Add([]byte(everyField))
	f.Add([]byte(`{"receiving_parents":[{"id":"\u0000\"\\","children":[{"equal_day_to_day_care":true}]}]}`))
	f.Add([]byte(`{"gross_weekly_income":"150","receiving_parents":[{"children":[{"shared_care_nights":180,"local_authority_nights":100}]},{"children":[{}]}],"frequency":"weekly"}`))
	f.Add([]byte(`{"":`))
	f.Fuzz(func(t *testing.T, line []byte) {
		reply, err := Answer(line)
		if err != nil {
			if input := (*InputError)(nil); !errors.As(err, &input) {
				t.Fatalf("%q: %v is no *InputError", line, err)
			}
			if refusal := AppendRefusal(nil, err); !json.Valid(refusal) {
				t.Fatalf("%q is refused with %s", line, refusal)
			}
			return
		}
		answer := reply.AppendJSON(nil)
		if !json.Valid(answer) || strings.ContainsRune(string(answer), '\n') {
			t.Fatalf("%q is answered with %s", line, answer)
		}
		var sum Money
		for _, share := range reply.Result.Shares {
			sum += share.Weekly
		}
		if sum != reply.Result.Weekly {
			t.Fatalf("%q: the parts come to %v of %v", line, sum, reply.Result.Weekly)
		}
	})
}

func BenchmarkAnswer(b *testing.B) {
	line := []byte(`{"historic_annual_income":"32000","current_annual_income":"20000","relevant_other_children":1,"receiving_parents":[{"id":"A","children":[{"shared_care_nights":60},{}]},{"id":"B","children":[{}]}],"service":"collect_and_pay","frequency":"monthly","effective_date":"2026-04-06"}`)
	var answer []byte
	b.ReportAllocs()
	for b.Loop() {
		reply, err := Answer(line)
		if err != nil {
			b.Fatal(err)
		}
		answer = reply.AppendJSON(answer[:0])
	}
}
