package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// calculate runs `parley calculate` on some lines.
func calculate(t *testing.T, in string, args ...string) (status int, out, explained string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = run(append([]string{"calculate"}, args...), &streams{In: strings.NewReader(in), Out: &stdout, Err: &stderr})
	return status, stdout.String(), stderr.String()
}

func TestCalculateAnswersEachLine(t *testing.T) {
	const basic = `{"gross_weekly_income": "450.00", "receiving_parents": [{"id": "A", "children": [{}]}]}`
	tests := []struct {
		name, in string
		status   int
		want     []string // a part of each line out
	}{
		{"nothing in, nothing out", "", 0, nil},
		{"one case", basic, 0, []string{`"weekly_amount":"54.00"`}},
		{"blank lines are skipped", "\n" + basic + "\n\n  \r\n" + basic + "\r\n", 0, []string{`"54.00"`, `"54.00"`}},
		{"a refused case does not stop the others", basic + "\n{\"gross_weekly_income\": \"-1\"}\n" + basic, 1,
			[]string{`"54.00"`, `{"error":"gross_weekly_income cannot be less than nothing","field":"gross_weekly_income"}`, `"54.00"`}},
		{"an unknown benefit", `{"flat_rate_benefit": "lottery", "receiving_parents": [{"id": "A", "children": [{}]}]}`, 1,
			[]string{`"field":"flat_rate_benefit"`}},
		{"not JSON", "54 pounds", 1, []string{`{"error":`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			status, out, explained := calculate(t, test.in)
			if status != test.status || explained != "" {
				t.Errorf("status %d and %q on standard error, want %d and nothing", status, explained, test.status)
			}
			lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
			if out == "" {
				lines = nil
			}
			if len(lines) != len(test.want) {
				t.Fatalf("%d lines out, want %d:\n%s", len(lines), len(test.want), out)
			}
			for i, line := range lines {
				if !json.Valid([]byte(line)) || !strings.Contains(line, test.want[i]) {
					t.Errorf("line %d is %s, want JSON with %s", i+1, line, test.want[i])
				}
			}
		})
	}
}

// The other lines were answered; what is too long to be a case is named.
func TestCalculateEndsAtALineThatIsNoCase(t *testing.T) {
	const basic = `{"gross_weekly_income": "450.00", "receiving_parents": [{"id": "A", "children": [{}]}]}`
	status, out, said := calculate(t, basic+"\n"+strings.Repeat(" ", longestLine+1))
	if status == 0 || strings.Count(out, "\n") != 1 || !strings.Contains(said, "line 2") {
		t.Errorf("status %d, out %q, said %q", status, out, said)
	}
}

// Every field of the answer is there, whatever the case: a script need not ask
// first whether it is.
func TestCalculateGivesEveryField(t *testing.T) {
	for _, in := range []string{
		`{"flat_rate_benefit": "yes", "receiving_parents": [{"id": "A", "children": [{}]}]}`,
		`{"nil_rate_circumstance": "prisoner", "frequency": "weekly", "receiving_parents": [{"id": "A", "children": [{}]}]}`,
		`{"equal_day_to_day_care": true, "receiving_parents": [{"id": "A", "children": [{}]}]}`,
		`{"gross_weekly_income": "450", "service": "collect_and_pay", "receiving_parents": [{"id": "A", "children": [{"shared_care_nights": 60}]}]}`,
	} {
		_, out, _ := calculate(t, in)
		var answer map[string]any
		if err := json.Unmarshal([]byte(out), &answer); err != nil {
			t.Fatal(err)
		}
		steps, _ := answer["steps"].([]any)
		for _, step := range steps {
			answered, _ := step.(map[string]any)
			hasFields(t, answered, "rule", "text", "text_cy", "amount")
		}
		hasFields(t, answer, "liable", "rate_type", "income_basis", "gross_weekly_income", "weekly_amount", "per_receiving_parent", "fees", "plan", "steps")
		if len(steps) == 0 {
			t.Errorf("%s has no steps", in)
		}
	}
}

func hasFields(t *testing.T, object map[string]any, fields ...string) {
	t.Helper()
	for _, field := range fields {
		if _, there := object[field]; !there {
			t.Errorf("%v lacks %q", object, field)
		}
	}
}

func TestCalculateExplainsToPeopleBesideTheAnswer(t *testing.T) {
	status, out, explained := calculate(t,
		`{"historic_annual_income": "32000", "receiving_parents": [{"id": "A", "children": [{"shared_care_nights": 60}]}]}`, "--explain")
	if status != 0 || !json.Valid([]byte(out)) {
		t.Fatalf("status %d, out %s", status, out)
	}
	for _, want := range []string{"£63.12 a week", "CR 35(1)", "£32,000.00 ÷ 365 × 7 = £613.70", "60 nights", "60 noson"} {
		if !strings.Contains(explained, want) {
			t.Errorf("the explanation lacks %q:\n%s", want, explained)
		}
	}
}
