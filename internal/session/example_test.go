package session_test

import (
	"context"
	"fmt"
	"time"

	"parley/gateway"
	"parley/internal/session"
)

func Example() {
	address, closed, err := session.Embed() // or the address of a real Redis
	if err != nil {
		fmt.Println(err)
		return
	}
	defer closed()
	client, err := session.Connect(address)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer client.Close()
	sessions, err := session.New(client, session.Config{
		Limit:     gateway.Limit{Messages: 30, Window: time.Minute},
		Clock:     time.Now,
		SecretKey: []byte("from PARLEY_SECRET_KEY"),
	})
	if err != nil {
		fmt.Println(err)
		return
	}

	ctx := context.Background()
	if err := sessions.Save(ctx, "C1", gateway.Live{Turn: 3, State: []byte("asked for the pay")}); err != nil {
		fmt.Println(err)
		return
	}
	live, allowance, err := sessions.Load(ctx, "C1", "+447700900123", "SM0001")
	fmt.Println(live.Turn, string(live.State), allowance == gateway.Allowed, err)
	// Output: 3 asked for the pay true <nil>
}
