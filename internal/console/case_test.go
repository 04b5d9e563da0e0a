package console

import (
	"fmt"
	"strings"
	"testing"

	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/internal/servertest"
)

// filled is an office with a case on which much has happened.
func filledOffice(tb testing.TB) *office {
	tb.Helper()
	o := newOffice(tb)
	o.put(tb, collected())
	payments := []directory.Payment{
		pays("B1", 300_00, calculation.NewDate(2026, 1, 26)), pays("B2", 300_00, calculation.NewDate(2026, 2, 26)),
		pays("B3", 520_50, calculation.NewDate(2026, 4, 2)), pays("B4", 120_00, calculation.NewDate(2026, 8, 26)),
		pays("B5", 410_00, calculation.NewDate(2026, 10, 26)),
	}
	if err := o.store.PutPayments(tb.Context(), payments, o.now, nil); err != nil {
		tb.Fatal(err)
	}
	for _, text := range []string{"He said that he will ring on Tuesday.\nPayslip to follow.", "Second note."} {
		if err := o.gateway.WriteNote(tb.Context(), "bethan", "300022345678", "R2", text); err != nil {
			tb.Fatal(err)
		}
	}
	return o
}

func TestCasePage(t *testing.T) {
	o := filledOffice(t)
	got := o.signIn(t, "amara").get("/console/cases/300022345678")
	if got.status != 200 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	for _, want := range []string{"Gwen Enghraifft", "Huw Enghraifft", "07700 900299", "09:00–15:00", "Large print", "Second note."} {
		if !strings.Contains(got.body, want) {
			t.Errorf("it does not say %q", want)
		}
	}
}

func TestCasesInABrowser(t *testing.T) {
	for _, width := range []int64{1280, servertest.NarrowPhone} {
		o := filledOffice(t)
		o.sends(t, "R2", "payslip.png", picture(t))
		o.parent(t, "PAY")
		b := o.browse(t, "amara", width)
		for _, page := range []string{"cases/300022345678", "people/R2", "people/P1", "people/R2/evidence", "search?q=enghraifft", "cases/300022345678/notes"} {
			b.Open(o.url + "/console/" + page)
			b.Accessible(fmt.Sprint(width, " ") + strings.NewReplacer("/", " ", "?", " ").Replace(page))
		}
	}
}
