package gateway_test

import (
	"testing"

	"github.com/redis/go-redis/v9"
)

// flush empties the Redis at a URL.
func flush(t testing.TB, url string) {
	t.Helper()
	options, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(options)
	defer client.Close()
	if err := client.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
}
