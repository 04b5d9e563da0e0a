package dialogs_test

import "testing"

// An answer that is opened after the one that waits is asked for in its turn:
// what waits is not passed over.
func TestNothingIsPassedOverByAChange(t *testing.T) {
	d := load(t, "income-change")
	out := talk(t, d, known(), "down", "410 a week", "1 November 2026", "later", "CHANGE 1", "CHANGE 2")
	if got := d.Waits(out.State); got != "direction" {
		t.Fatalf("waits for %q, want direction", got)
	}
	out = talk(t, d, known(), "down", "410 a week", "1 November 2026", "later", "CHANGE 1", "CHANGE 2", "up", "2 November 2026", "ok")
	const want = `{"direction": "up", "pay": {"amount": "410.00", "period": "week"}, "since": "2026-11-02", "payslip": "later"}`
	if got := string(d.AnswersJSON(out.State)); out.End == nil || got != want {
		t.Errorf("answers %s, want %s", got, want)
	}
}
