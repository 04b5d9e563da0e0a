package schedule_test

import (
	"fmt"
	"time"

	"parley/gateway/schedule"
)

// A payment of £374.40 is due on 15 June: who pays is reminded on the 12th.
func ExampleSchedule_Due() {
	rules, err := schedule.Shipped(schedule.Settings{Grace: 3})
	if err != nil {
		fmt.Println(err)
		return
	}
	now := time.Date(2026, 6, 12, 6, 0, 0, 0, time.UTC)
	occasions, err := rules.Due(schedule.File{Case: collected(), Payments: paid(4, 15, 5, 15)}, now, now.AddDate(0, 0, 1))
	for _, o := range occasions {
		fmt.Println(o.Notice, o.Person, o.ID, o.At.Format(time.RFC3339), o.SendBy.Format(time.RFC3339))
	}
	fmt.Println(err)
	// Output:
	// payment-due P1 due 2026-06-15 2026-06-12T09:00:00Z 2026-06-15T09:00:00Z
	// <nil>
}
