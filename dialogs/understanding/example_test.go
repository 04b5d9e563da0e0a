package understanding_test

import (
	"fmt"

	"parley/dialogs/understanding"
)

func ExampleReader_Read() {
	r, err := understanding.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	reading := r.Read("I've been made redundant. And please don't ring me")
	fmt.Println(reading.Intent, reading.Danger == understanding.NoDanger, reading.Wish, reading.Language)
	fmt.Println(r.Read("she hits the kids").Danger)
	// Output:
	// lost-job true no calls en
	// child at risk
}
