package directory_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"parley/gateway/directory"
)

// An import takes the good records and says which field of the others is wrong.
func ExampleReader() {
	file := strings.NewReader(`
{"reference": "300012345678", "team": "leeds-2", "service": "direct_pay", "paying_parent": {"id": "P1", "phone": "07700 900101"}, "receiving_parents": [{"id": "R1", "children": [{"id": "C1"}]}]}
{"reference": "300012345680", "team": "leeds-2", "service": "direct_pay", "paying_parent": {"id": "P2", "phone": "07700"}, "receiving_parents": [{"id": "R2", "children": [{"id": "C2"}]}]}
`)
	cases := directory.NewReader(file)
	for {
		c, err := cases.Read()
		switch {
		case errors.Is(err, io.EOF):
			return
		case err != nil:
			fmt.Println(err)
		default:
			fmt.Println(c.Reference, c.PayingParent.Phone)
		}
	}
	// Output:
	// 300012345678 +447700900101
	// row 2 (line 3): paying_parent.phone must be a phone number such as +447700900101
}

// A person may be sent something only within the hours that are safe for them.
func ExampleHours_Next() {
	var safe directory.Hours
	if err := safe.UnmarshalText([]byte("09:00-17:30")); err != nil {
		fmt.Println(err)
		return
	}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		fmt.Println(err)
		return
	}
	evening := time.Date(2026, time.October, 24, 19, 0, 0, 0, london)
	fmt.Println(safe.Next(evening)) // the clocks go back in between
	// Output: 2026-10-25 09:00:00 +0000 GMT
}

// What the payment provider says was received.
func ExampleNewPaymentReader() {
	payments := directory.NewPaymentReader(strings.NewReader(`id,case,amount,received,method
BACS-1,300012345678,120.50,2026-11-02,collected
`))
	p, err := payments.Read()
	fmt.Println(p.ID, p.Case, p.Amount, p.Received, err)
	// Output: BACS-1 300012345678 £120.50 2026-11-02 <nil>
}
