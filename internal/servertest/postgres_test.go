package servertest

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestEachTestHasADatabaseOfItsOwn(t *testing.T) {
	const table = "CREATE TABLE cases (reference text)"
	var urls []string
	t.Run("while it runs", func(t *testing.T) {
		urls = append(urls, Postgres(t), Postgres(t))
		for _, url := range urls {
			if err := execute(t.Context(), url, table); err != nil {
				t.Errorf("%s is not new and empty: %v", url, err)
			}
		}
	})
	for _, url := range urls {
		if err := execute(t.Context(), url, "SELECT 1"); err == nil {
			t.Errorf("%s outlives its test", url)
		}
	}
}

func TestAServerOfOnesOwnIsDurable(t *testing.T) {
	server := StartPostgres(t)
	for setting, want := range map[string]string{"fsync": "on", "synchronous_commit": "on", "server_encoding": "UTF8"} {
		if got := show(t, server.URL(), setting); got != want {
			t.Errorf("%s is %s, want %s", setting, got, want)
		}
	}
	if err := execute(t.Context(), server.URL(), "CREATE TABLE cases (reference text)"); err != nil {
		t.Fatal(err)
	}
	server.Crash()
	server.Start()
	if err := execute(t.Context(), server.URL(), "SELECT reference FROM cases"); err != nil {
		t.Errorf("what was committed before a crash: %v", err)
	}
}

func TestANamedPostgresServesToo(t *testing.T) {
	named := Postgres(t)
	t.Setenv("PARLEY_TEST_DATABASE_URL", named)
	url := Postgres(t)
	if url == named {
		t.Errorf("the test was given %s itself", named)
	}
	if err := execute(t.Context(), url, "SELECT 1"); err != nil {
		t.Error(err)
	}
}

func TestTheNewestInstalledVersionIsPreferred(t *testing.T) {
	for folder, want := range map[string]int{
		"/usr/lib/postgresql/15/bin":  15,
		"/usr/lib/postgresql/9.6/bin": 0,
		"/usr/bin":                    0,
	} {
		if got := majorVersion(folder); got != want {
			t.Errorf("majorVersion(%s) = %d, want %d", folder, got, want)
		}
	}
}

func show(t *testing.T, url, name string) (value string) {
	t.Helper()
	connection, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close(context.Background())
	if err := connection.QueryRow(t.Context(), "SHOW "+name).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func BenchmarkNewDatabase(b *testing.B) {
	for b.Loop() {
		Postgres(b)
	}
}
