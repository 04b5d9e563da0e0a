package directory_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// oneCase is a case as another system sends it.
const oneCase = `{"reference": "300012345678", "team": "leeds-2", "named_caseworker": null, "nation": "england", "service": "direct_pay",
 "effective_date": "2026-04-06",
 "paying_parent": {"id": "P1", "name": "Sam Example", "language": "en", "date_of_birth": "1988-02-03", "postcode": "LS1 1AA", "pin": "1234567",
   "phone": "+447700900101", "phone_since": "2025-01-10", "email": "sam@example.com", "email_since": "2025-01-10", "preferred_channel": "sms",
   "safe_contact": {"channels": ["sms", "email"], "hours": "09:00-17:30", "post": true, "discreet": false, "review": "2027-01-01"},
   "risk": null, "needs": []},
 "receiving_parents": [{"id": "R1", "reference": "300012345679", "name": "Ali Example", "risk": {"kind": "domestic_abuse", "review": "2027-01-01"},
   "language": "cy", "phone": "+447700900102", "email": "ali@example.org",
   "children": [{"id": "C1", "name": "Jo", "date_of_birth": "2016-05-01", "shared_care_nights": 60}]}],
 "income": {"historic_annual": "32000.00", "tax_year": "2025-26", "private_pension_annual": "0", "relevant_other_children": 0},
 "plan": {"frequency": "monthly", "first_due": "2026-04-15"}}`

// leastCase has what a case cannot do without.
const leastCase = `{"reference": "300012345678", "team": "leeds-2", "service": "collect_and_pay",
 "paying_parent": {"id": "P1"}, "receiving_parents": [{"id": "R1", "children": [{}]}]}`

func TestDecodeReadsEveryField(t *testing.T) {
	got, err := directory.Decode([]byte(oneCase))
	if err != nil {
		t.Fatal(err)
	}
	day := func(text string) calculation.Date {
		d, err := calculation.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	historic := calculation.Money(32_000_00)
	want := directory.Case{
		Reference: "300012345678", Team: "leeds-2", Nation: directory.England, Service: directory.DirectPay,
		EffectiveDate: day("2026-04-06"),
		PayingParent: directory.Person{
			ID: "P1", Name: "Sam Example", Language: "en", DateOfBirth: day("1988-02-03"), Postcode: "LS1 1AA", PIN: "1234567",
			Phone: "+447700900101", PhoneSince: day("2025-01-10"), Email: "sam@example.com", EmailSince: day("2025-01-10"),
			PreferredChannel: directory.SMS, Needs: []string{},
			SafeContact: &directory.SafeContact{
				Channels: []directory.Channel{directory.SMS, directory.Email},
				Hours:    directory.Hours{From: 9 * 60, To: 17*60 + 30}, Post: true, Review: day("2027-01-01"),
			},
		},
		ReceivingParents: []directory.ReceivingParent{{
			Reference: "300012345679",
			Person: directory.Person{
				ID: "R1", Name: "Ali Example", Language: "cy", Phone: "+447700900102", Email: "ali@example.org",
				Risk: &directory.Risk{Kind: "domestic_abuse", Review: day("2027-01-01")},
			},
			Children: []directory.Child{{ID: "C1", Name: "Jo", DateOfBirth: day("2016-05-01"), SharedCareNights: 60}},
		}},
		Income: directory.Income{HistoricAnnual: &historic, TaxYear: "2025-26"},
		Plan:   directory.Plan{Frequency: "monthly", FirstDue: day("2026-04-15")},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the case (-want +got):\n%s", diff)
	}
}

func TestDecodeBringsValuesToTheirNormalForm(t *testing.T) {
	tests := []struct {
		name, field, value string
		want               func(directory.Case) string
		normal             string
	}{
		{"a mobile number as people write it", "phone", `"07700 900 123"`, phone, "+447700900123"},
		{"an address in capitals", "email", `" Sam@EXAMPLE.com"`, func(c directory.Case) string { return c.PayingParent.Email }, "sam@example.com"},
		{"a postcode", "postcode", `" ls1  1aa "`, func(c directory.Case) string { return c.PayingParent.Postcode }, "LS1 1AA"},
		{"a National Insurance number", "national_insurance", `"ab 12 34 56 c"`, func(c directory.Case) string { return c.PayingParent.NationalInsurance }, "AB123456C"},
		{"a name", "name", `" Siân Example "`, func(c directory.Case) string { return c.PayingParent.Name }, "Siân Example"},
		{"a need", "needs", `[" Phone_Only "]`, func(c directory.Case) string { return strings.Join(c.PayingParent.Needs, ";") }, "phone only"},
		{"a second number", "safe_contact", `{"phone": "07700 900 124"}`, func(c directory.Case) string { return c.PayingParent.SafeContact.Phone }, "+447700900124"},
		{"a postal address", "postal_address", `[" 1 High Street", "Leeds "]`, func(c directory.Case) string { return strings.Join(c.PayingParent.PostalAddress, ";") }, "1 High Street;Leeds"},
		{"null is nothing", "phone", `null`, phone, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, err := directory.Decode([]byte(strings.Replace(leastCase, `"id": "P1"`, `"id": "P1", "`+test.field+`": `+test.value, 1)))
			if err != nil || test.want(c) != test.normal {
				t.Errorf("got %q, %v; want %q", test.want(c), err, test.normal)
			}
		})
	}
}

func phone(c directory.Case) string { return c.PayingParent.Phone }

func TestDecodeFillsInWhatMayBeLeftOut(t *testing.T) {
	c, err := directory.Decode([]byte(leastCase))
	if err != nil {
		t.Fatal(err)
	}
	if c.Nation != directory.England {
		t.Errorf("nation %s, want england", c.Nation)
	}
	if c.PayingParent.Language != "" || c.PayingParent.SafeContact != nil || c.Income.HistoricAnnual != nil {
		t.Error("what was never asked must stay unknown")
	}
}

func TestDecodeTakesAmountsAsTextOrNumbers(t *testing.T) {
	for _, amount := range []string{`"32000"`, `"32000.00"`, `32000`, `32000.0`} {
		c, err := directory.Decode([]byte(strings.Replace(oneCase, `"32000.00"`, amount, 1)))
		if err != nil || *c.Income.HistoricAnnual != 32_000_00 {
			t.Errorf("%s: %v, %v", amount, c.Income.HistoricAnnual, err)
		}
	}
}

// Each change of oneCase makes one field wrong.
func TestDecodeNamesTheFieldThatIsWrong(t *testing.T) {
	const second = `{"id": "R2", "reference": "300012345680", "children": [{"id": "C2"}]}, {"id": "R1", "reference"`
	tests := []struct{ old, change, field string }{
		{`"300012345678"`, `"30001234567"`, "reference"},
		{`"300012345678"`, `"30001234567x"`, "reference"},
		{`"300012345678"`, `300012345678`, "reference"},
		{`"reference": "300012345678", `, ``, "reference"},
		{`"leeds-2"`, `""`, "team"},
		{`"leeds-2"`, `"leeds 2"`, "team"},
		{`"england"`, `"eire"`, "nation"},
		{`"direct_pay"`, `"cash"`, "service"},
		{`"service": "direct_pay",`, ``, "service"},
		{`"named_caseworker": null`, `"named_caseworker": "a\u0000b"`, "named_caseworker"},
		{`"effective_date": "2026-04-06"`, `"effective_date": "2026-04-31"`, "effective_date"},
		{`"effective_date": "2026-04-06"`, `"effective_date": 20260406`, "effective_date"},
		{`"plan": {`, `"plan": {"nights": 3, `, "plan.nights"},
		{`"nation"`, `"Nation"`, "Nation"},
		{`"team": "leeds-2"`, `"team": "leeds-2", "team": "leeds-3"`, "team"},
		{`"id": "P1"`, `"id": ""`, "paying_parent.id"},
		{`"id": "P1"`, `"id": "sam@example.com"`, "paying_parent.id"},
		{`"id": "P1"`, `"id": "R1"`, "receiving_parents[0].id"},
		{`"en"`, `"fr"`, "paying_parent.language"},
		{`"LS1 1AA"`, `"The Old Rectory, Leeds"`, "paying_parent.postcode"},
		{`"1234567"`, `"123"`, "paying_parent.pin"},
		{`"1234567"`, `"sesame"`, "paying_parent.pin"},
		{`"pin": "1234567"`, `"pin_hash": "x"`, "paying_parent.pin_hash"},
		{`"+447700900101"`, `"0123"`, "paying_parent.phone"},
		{`"sam@example.com"`, `"sam at example"`, "paying_parent.email"},
		{`"needs": []`, `"national_insurance": "AB12345"`, "paying_parent.national_insurance"},
		{`"preferred_channel": "sms"`, `"preferred_channel": "fax"`, "paying_parent.preferred_channel"},
		{`["sms", "email"]`, `["sms", "fax"]`, "paying_parent.safe_contact.channels[1]"},
		{`["sms", "email"]`, `"sms"`, "paying_parent.safe_contact.channels"},
		{`"09:00-17:30"`, `"mornings"`, "paying_parent.safe_contact.hours"},
		{`"post": true`, `"post": "yes"`, "paying_parent.safe_contact.post"},
		{`"post": true`, `"phone": "0123"`, "paying_parent.safe_contact.phone"},
		{`"needs": []`, `"postal_address": ["1 High Street", ""]`, "paying_parent.postal_address[1]"},
		{`"needs": []`, `"postal_address": ["1", "2", "3", "4", "5", "6", "7", "8", "9"]`, "paying_parent.postal_address"},
		{`"needs": []`, `"electronic_service": "yes"`, "paying_parent.electronic_service"},
		{`"risk": null`, `"risk": {"kind": ""}`, "paying_parent.risk.kind"},
		{`"risk": null`, `"risk": "high"`, "paying_parent.risk"},
		{`"needs": []`, `"needs": ["large print", ""]`, "paying_parent.needs[1]"},
		{`"300012345679"`, `"12"`, "receiving_parents[0].reference"},
		{`{"id": "R1", "reference"`, second, ""},
		{`{"id": "R1", "reference"`, strings.Replace(second, "C2", "C1", 1), "receiving_parents[1].children[0].id"},
		{`{"id": "R1", "reference"`, strings.Replace(second, "R2", "P1", 1), "receiving_parents[0].id"},
		{`{"id": "R1", "reference"`, strings.Replace(second, "680", "679", 1), "receiving_parents[1].reference"},
		{`{"id": "R1", "reference"`, strings.Replace(second, `"reference": "300012345680", `, "", 1), "receiving_parents[0].reference"},
		{`"children": [{"id": "C1", "name": "Jo", "date_of_birth": "2016-05-01", "shared_care_nights": 60}]`, `"children": []`, "receiving_parents[0].children"},
		{`"shared_care_nights": 60`, `"shared_care_nights": 365`, ""},
		{`"shared_care_nights": 60`, `"shared_care_nights": 366`, "receiving_parents[0].children[0].shared_care_nights"},
		{`"shared_care_nights": 60`, `"shared_care_nights": -1`, "receiving_parents[0].children[0].shared_care_nights"},
		{`"shared_care_nights": 60`, `"shared_care_nights": 1.5`, "receiving_parents[0].children[0].shared_care_nights"},
		{`"32000.00"`, `"-1"`, "income.historic_annual"},
		{`"32000.00"`, `-1`, "income.historic_annual"},
		{`"32000.00"`, `"32,000"`, "income.historic_annual"},
		{`"32000.00"`, `[32000]`, "income.historic_annual"},
		{`"private_pension_annual": "0"`, `"private_pension_annual": "0.001"`, "income.private_pension_annual"},
		{`"2025-26"`, `"2025-27"`, "income.tax_year"},
		{`"2025-26"`, `"1999-00"`, ""},
		{`"relevant_other_children": 0`, `"relevant_other_children": -1`, "income.relevant_other_children"},
		{`"monthly"`, `"daily"`, "plan.frequency"},
		{`"plan": {"frequency"`, `"plan": {"frequency":, "x"`, "plan.frequency"},
	}
	for _, test := range tests {
		t.Run(test.change, func(t *testing.T) {
			changed := strings.Replace(oneCase, test.old, test.change, 1)
			if changed == oneCase {
				t.Fatal("nothing was changed")
			}
			_, err := directory.Decode([]byte(changed))
			wrong, ok := errors.AsType[*directory.FieldError](err)
			switch {
			case test.field == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.field != "" && (!ok || wrong.Field != test.field || wrong.Problem == ""):
				t.Errorf("got %v, want the field %s", err, test.field)
			}
		})
	}
}

func TestDecodeTellsWhatIsNoCase(t *testing.T) {
	for text, want := range map[string]string{
		``:                              "the record is not well-formed JSON",
		`pounds`:                        "the record is not well-formed JSON",
		`54`:                            "the record must be an object",
		oneCase + `x`:                   "the record is not well-formed JSON",
		`[]`:                            "the record must be an object",
		`{}`:                            "reference must be 12 digits",
		`{"team": "` + "\xff" + `"}`:    "team is not well-formed JSON",
		`{"plan": {"x": 1}}`:            "plan.x is not a known field",
		`{"plan": 7}`:                   "plan must be an object",
		`{"paying_parent": {"id": 7}}`:  "paying_parent.id must be text",
		`{"income": {"tax_year": {}}}`:  "income.tax_year must be text",
		`{"receiving_parents": "none"}`: "receiving_parents must be a list",
	} {
		if _, err := directory.Decode([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%.40q: %v, want %s", text, err, want)
		}
	}
}

func TestDecodeNeverRepeatsAValue(t *testing.T) {
	for _, secret := range []string{"sam@example", "+4412", "12x4567", "Sam\\u0007Example"} {
		for _, field := range []string{"email", "phone", "pin", "name", "postcode", "language", "id", "date_of_birth"} {
			record := strings.Replace(leastCase, `"id": "P1"`, `"`+field+`": "`+secret+`"`, 1)
			if _, err := directory.Decode([]byte(record)); err != nil && strings.Contains(err.Error(), secret[:5]) {
				t.Errorf("%s: the error repeats it: %v", field, err)
			}
		}
	}
}

// What was taken once is taken again, unchanged.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(oneCase))
	f.Add([]byte(leastCase))
	f.Add([]byte(`{"paying_parent": {"phone": "07700 900 123"}}`))
	f.Fuzz(func(t *testing.T, record []byte) {
		c, err := directory.Decode(record)
		if err != nil {
			if _, ok := errors.AsType[*directory.FieldError](err); !ok {
				t.Fatalf("not a field error: %v", err)
			}
			return
		}
		written, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		again, err := directory.Decode(written)
		if err != nil {
			t.Fatalf("%s is not read again: %v", written, err)
		}
		rewritten, err := json.Marshal(again)
		if err != nil || string(rewritten) != string(written) {
			t.Fatalf("%s becomes %s", written, rewritten)
		}
	})
}
