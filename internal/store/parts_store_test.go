package store_test

import (
	"os"
	"testing"

	"parley/gateway/gatewaytest"
	"parley/internal/servertest"
)

// What holds of the store on PostgreSQL holds when tables are in parts.
func TestPostgresInParts(t *testing.T) {
	if os.Getenv("PARLEY_TEST_ALL") == "" {
		t.Skip("it is all of TestPostgres again: PARLEY_TEST_ALL=1")
	}
	gatewaytest.Store(t, func(t testing.TB) gatewaytest.StoreUnderTest {
		database := servertest.Postgres(t)
		open(t, database).InParts(t)
		return underTest(t, database, true)
	})
}
