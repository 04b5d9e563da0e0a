package gateway_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"parley/dialogs"
	"parley/dialogs/scripts"
	"parley/gateway"
)

// TestOneParentsIncomeIsNotWorkedWithForTheOther holds a dialog with a
// receiving parent whose script asks for the paying parent's figures.
func TestOneParentsIncomeIsNotWorkedWithForTheOther(t *testing.T) {
	script, err := scripts.FS.ReadFile("income-change/dialog.yaml")
	if err != nil {
		t.Fatal(err)
	}
	wrong := strings.NewReplacer("for: paying parent", "for: anyone", "languages: [en, cy]", "languages: [en]").Replace(string(script))
	all, err := dialogs.Load(fstest.MapFS{"income-change/dialog.yaml": {Data: []byte(wrong)}})
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, family())
	h.config.Dialogs = all
	h.understands(map[string]gateway.Reading{"fy nghyflog": {Intent: "report-income-change"}})
	page := h.confirmed("R1", receivingPhone)
	page.says("fy nghyflog")
	for _, words := range []string{"down", "£410 a week", "1 November 2026", "later"} {
		for _, said := range page.says(words) {
			if strings.Contains(said, "42.17") || strings.Contains(said, "32,000") {
				t.Errorf("the receiving parent is told %q", said)
			}
		}
	}
	page.says("ok")
	reports := h.reports(reference)
	if len(reports) != 1 || strings.Contains(string(reports[0].Results), "weekly_amount") {
		t.Errorf("reports %+v", reports)
	}
}
