package chaos_test

import (
	"fmt"

	"parley/internal/chaos"
)

// A parent said something that the database does not have, and read what the
// other parent earns.
func Example() {
	kim := chaos.Address{Channel: "sms", Value: "+447700900002"}
	findings := chaos.Judge(chaos.Record{
		Parents: []chaos.Parent{
			{Person: "pat", Secrets: []string{"£410.37"}},
			{Person: "kim", Addresses: []chaos.Address{kim}, Safe: []string{"sms"}},
		},
		Said:  []chaos.Said{{Person: "kim", Channel: "sms"}},
		Heard: []chaos.Heard{{To: kim, Message: "m1", Text: "They earn £410.37 a week."}},
	})
	for _, f := range findings {
		fmt.Printf("%s: %s\n", f.Count, f.Detail)
	}
	// Output:
	// messages lost: kim said 1 by sms, 0 are stored
	// disclosures: message m1 tells kim a secret of pat
}
