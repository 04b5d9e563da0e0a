package servertest_test

import (
	"database/sql"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"parley/internal/servertest"
)

// A test of a store asks for a database and uses it. Where PostgreSQL is not
// installed the test is skipped, and the skip is listed.
func Example() {
	_ = func(t *testing.T) {
		database, err := sql.Open("pgx", servertest.Postgres(t))
		if err != nil {
			t.Fatal(err)
		}
		defer database.Close()
	}
}
