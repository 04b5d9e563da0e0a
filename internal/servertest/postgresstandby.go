package servertest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// StartStandby starts a copy of a PostgreSQL that follows it. From now on a
// commit returns when both have it
// (https://www.postgresql.org/docs/15/warm-standby.html, Synchronous Replication).
func StartStandby(tb testing.TB, primary *Server) *Server {
	tb.Helper()
	installed, err := findPostgres()
	if err == nil {
		err = installed.beside("pg_basebackup")
	}
	if err != nil {
		unavailable(tb, err)
	}
	standby := newServer(tb, installed.kind(), func(dir string) error {
		if err := installed.give(dir); err != nil {
			return err
		}
		output, err := installed.command(dir, "pg_basebackup", "--dbname", primary.URL(), "--pgdata", filepath.Join(dir, "data"),
			"--write-recovery-conf", "--checkpoint", "fast", "--no-sync").CombinedOutput()
		if err != nil {
			return fmt.Errorf("run pg_basebackup: %w: %s", err, output)
		}
		return nil
	})
	for _, statement := range []string{"ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()"} {
		if err := execute(tb.Context(), primary.URL(), statement); err != nil {
			tb.Fatal(err)
		}
	}
	return standby
}

// Promote makes a standby a server of its own, that can be written to.
func (s *Server) Promote() {
	s.tb.Helper()
	s.check(execute(s.tb.Context(), s.URL(), "SELECT pg_promote()"))
}

// beside looks for a program of PostgreSQL where the server itself lies, to
// which there may be only a link.
func (p *postgres) beside(program string) error {
	server, err := filepath.EvalSymlinks(filepath.Join(p.programs, "postgres"))
	if err != nil {
		return fmt.Errorf("look for PostgreSQL: %w", err)
	}
	p.programs = filepath.Dir(server)
	if _, err := os.Stat(filepath.Join(p.programs, program)); err != nil {
		return lack(program + " beside postgres")
	}
	return nil
}
