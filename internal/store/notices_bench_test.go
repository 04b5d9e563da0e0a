package store_test

import (
	"fmt"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/store"
	"parley/templates/notices"
)

// BenchmarkPlanNotices plans reminders, 500 in a transaction as going through
// the cases does.
func BenchmarkPlanNotices(b *testing.B) {
	onBothEngines(b, func(b *testing.B, s *store.Store) {
		const page = 500
		for done := 0; done < b.N; done += page {
			batch := make([]gateway.Message, min(page, b.N-done))
			for i := range batch {
				batch[i] = benchmarkNotice(done + i)
			}
			if planned, err := s.PlanNotices(b.Context(), batch); err != nil || planned != len(batch) {
				b.Fatal(planned, err)
			}
		}
	})
}

func benchmarkNotice(i int) gateway.Message {
	return gateway.Message{
		ID: gateway.MessageID(fmt.Sprintf("01939c1e-notice-%010d", i)), Person: directory.PersonID(fmt.Sprint("P", i)),
		Case: directory.CaseReference(fmt.Sprintf("4000%08d", i)), To: benchmarkAddress(i), Language: "en",
		Subject: gateway.Approach, Priority: gateway.Normal, NotBefore: benchmarkTime, SendBy: benchmarkTime.Add(72 * time.Hour), Created: benchmarkTime,
		Notice: &gateway.Notice{
			Name: "payment-due", Occasion: "due 2026-12-15", Group: "due 2026-12-15", Campaign: "payment-due-2026-12-12",
			Data: notices.Data{
				"name": notices.Text("Sam Example"), "amount": notices.Money(178_50), "due": notices.Day(2026, 12, 15),
				"direct": notices.Flag(false), "collected": notices.Flag(true),
			},
		},
	}
}
