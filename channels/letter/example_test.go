package letter_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"parley/channels/letter"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

// nobody stands for the store, where letters learn what people need.
type nobody struct{}

func (nobody) Person(context.Context, directory.PersonID) (directory.Person, []directory.Party, error) {
	return directory.Person{}, nil, nil
}

func Example() {
	dir, err := os.MkdirTemp("", "letters")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	channel, err := letter.New(letter.Config{
		Dir: dir, People: nobody{}, Clock: time.Now,
		Sender: map[templates.Language][]string{
			templates.English: {"Child Maintenance Service", "PO Box 249", "GL17 1AJ"},
			templates.Welsh:   {"Gwasanaeth Cynhaliaeth Plant", "Blwch Post 249", "GL17 1AJ"},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	receipt, err := channel.Send(context.Background(), gateway.Message{
		ID: "0199", Person: "P1", Language: templates.English, Title: "Your payment plan", Text: "Your payment plan has changed.",
		To: gateway.Address{Channel: directory.Letter, Value: "Sam Example\n1 Long Lane\nLEEDS\nLS1 1AA"},
	})
	fmt.Println(receipt.ProviderID, receipt.Status, err)
	// Output: 0199.pdf accepted <nil>
}
