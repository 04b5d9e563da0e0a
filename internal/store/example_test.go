package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/store"
)

// A store is opened on a file, given a case, and asked who is writing.
func Example() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "parley")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	s, err := store.Open(ctx, filepath.Join(folder, "parley.db"), store.Config{Secret: secret})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()

	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	record := directory.Case{
		Reference: "300012345678", Nation: directory.England,
		PayingParent: directory.Person{ID: "P1", Name: "Sam Example", Phone: "+447700900101"},
	}
	if err := s.PutCase(ctx, record, now); err != nil {
		fmt.Println(err)
		return
	}
	sender, err := s.Sender(ctx, gateway.Address{Channel: directory.SMS, Value: "+447700900101"})
	if err != nil {
		fmt.Println(err)
		return
	}
	person, reason := sender.Standing.Identify(now)
	fmt.Println(person, reason)
	// Output: P1
}
