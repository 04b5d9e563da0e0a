package pay_test

import (
	"context"
	"fmt"
	"net/http/httptest"

	"parley/gateway"
	"parley/internal/pay"
	simulator "parley/internal/simulator/pay"
)

func Example() {
	emulator := simulator.New(simulator.Config{URL: "http://localhost", Key: "api_test_key", NewID: func() string { return "hu20sqlact5260q2nanm0q8u93" }})
	server := httptest.NewServer(emulator)
	defer server.Close()
	client, err := pay.New(pay.Config{URL: server.URL, Key: "api_test_key"})
	if err != nil {
		fmt.Println(err)
		return
	}
	id, page, err := client.Create(context.Background(), gateway.ChargeRequest{
		Key: "0199", Amount: 178_50, Reference: "300012345678", Description: "Child maintenance payment",
		Language: "en", ReturnURL: "https://chat.example/chat/paid",
	})
	fmt.Println(page, err)
	emulator.Finish(id, "success")
	fmt.Println(client.State(context.Background(), id))
	// Output:
	// http://localhost/pay/hu20sqlact5260q2nanm0q8u93 <nil>
	// paid <nil>
}
