package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"sync"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

const (
	sqliteReaders = 4
	sqliteBatch   = 64 // jobs in one transaction
)

// sqliteEngine keeps everything in one file. SQLite takes one writer at a time
// (https://www.sqlite.org/wal.html), so there is one connection that writes and
// a few that read beside it; all jobs share the writer's transactions, each
// within a savepoint.
type sqliteEngine struct {
	writer  *sql.DB
	readers *sql.DB
	timers  TimerInserter
	jobs    *group[*job]

	prepared map[string]*sql.Stmt // on the writer; used by the group alone
	queries  sync.Map             // string to *sql.Stmt, on the readers
}

func openSQLite(path string, timers TimerInserter) (*sqliteEngine, error) {
	pragmas := url.Values{"_pragma": {"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)"}}
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}

	pragmas.Set("_txlock", "immediate")
	file.RawQuery = pragmas.Encode()
	writer, err := sql.Open("sqlite", file.String())
	if err != nil {
		return nil, err
	}
	writer.SetMaxOpenConns(1)

	pragmas.Set("_query_only", "1")
	file.RawQuery = pragmas.Encode()
	readers, err := sql.Open("sqlite", file.String())
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	readers.SetMaxOpenConns(sqliteReaders)
	readers.SetMaxIdleConns(sqliteReaders)

	e := &sqliteEngine{writer: writer, readers: readers, timers: timers, prepared: map[string]*sql.Stmt{}}
	e.jobs = newGroup(sqliteBatch, e.transact)
	return e, nil
}

// read runs to its end even when ctx does not: it takes microseconds, and a
// connection that is interrupted has to be opened again.
func (e *sqliteEngine) read(ctx context.Context, statements ...statement) error {
	for _, s := range statements {
		if err := ctx.Err(); err != nil {
			return err
		}
		query, err := e.query(s.sql)
		if err != nil {
			return err
		}
		rows, err := query.QueryContext(context.WithoutCancel(ctx), s.args...)
		if err != nil {
			return err
		}
		if err := eachRow(rows, s.each); err != nil {
			return err
		}
	}
	return nil
}

func (e *sqliteEngine) query(text string) (*sql.Stmt, error) {
	if known, ok := e.queries.Load(text); ok {
		return known.(*sql.Stmt), nil
	}
	prepared, err := e.readers.Prepare(text)
	if err != nil {
		return nil, err
	}
	if known, loaded := e.queries.LoadOrStore(text, prepared); loaded {
		return known.(*sql.Stmt), prepared.Close()
	}
	return prepared, nil
}

func (e *sqliteEngine) write(ctx context.Context, j *job) error { return e.jobs.do(ctx, j) }
func (e *sqliteEngine) share(ctx context.Context, j *job) error { return e.jobs.do(ctx, j) }

// transact runs jobs in one transaction. It runs without a caller's context,
// since it is nobody's alone.
func (e *sqliteEngine) transact(jobs []*job) []error {
	errs := make([]error, len(jobs))
	if err := e.inTransaction(jobs, errs); err != nil {
		for i := range errs {
			errs[i] = err
		}
	}
	return errs
}

// inTransaction writes each job's error to errs; an error that it returns is
// everybody's.
func (e *sqliteEngine) inTransaction(jobs []*job, errs []error) error {
	ctx := context.Background()
	if err := e.prepare(ctx, jobs); err != nil {
		return err
	}
	tx, err := e.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for i, j := range jobs {
		if _, err := e.in(ctx, tx, savepoint).ExecContext(ctx); err != nil {
			return err
		}
		if errs[i] = e.run(ctx, tx, j); errs[i] != nil {
			// An error that ended the whole transaction (a full disk) took the
			// savepoint with it, and this fails.
			if _, err := e.in(ctx, tx, undo).ExecContext(ctx); err != nil {
				return errors.Join(errs[i], err)
			}
		}
		if _, err := e.in(ctx, tx, release).ExecContext(ctx); err != nil {
			return err
		}
	}
	return tx.Commit()
}

const (
	savepoint = "SAVEPOINT job"
	undo      = "ROLLBACK TO job"
	release   = "RELEASE job"
)

// prepare readies every statement while the writer is free: within the
// transaction there is no connection left to do it on.
func (e *sqliteEngine) prepare(ctx context.Context, jobs []*job) error {
	ready := func(text string) error {
		if e.prepared[text] != nil {
			return nil
		}
		prepared, err := e.writer.PrepareContext(ctx, text)
		if err != nil {
			return fmt.Errorf("prepare %q: %w", text, err)
		}
		e.prepared[text] = prepared
		return nil
	}
	for _, text := range []string{savepoint, undo, release} {
		if err := ready(text); err != nil {
			return err
		}
	}
	for _, j := range jobs {
		for _, s := range j.statements {
			if err := ready(s.sql); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *sqliteEngine) in(ctx context.Context, tx *sql.Tx, text string) *sql.Stmt {
	return tx.StmtContext(ctx, e.prepared[text])
}

func (e *sqliteEngine) run(ctx context.Context, tx *sql.Tx, j *job) error {
	for _, s := range j.statements {
		if err := e.execute(ctx, e.in(ctx, tx, s.sql), s); err != nil {
			if s.taken != nil && sqliteTaken(err) {
				return s.taken
			}
			return err
		}
	}
	if len(j.timers) == 0 {
		return nil
	}
	return e.timers(ctx, tx, j.timers)
}

func (e *sqliteEngine) execute(ctx context.Context, prepared *sql.Stmt, s statement) error {
	if s.each != nil {
		rows, err := prepared.QueryContext(ctx, s.args...)
		if err != nil {
			return err
		}
		return eachRow(rows, s.each)
	}
	result, err := prepared.ExecContext(ctx, s.args...)
	if err != nil || s.changed == nil {
		return err
	}
	rows, err := result.RowsAffected()
	if err != nil {
		return err
	}
	s.changed(rows)
	return nil
}

func eachRow(rows *sql.Rows, each func(row) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// sqliteTaken reports whether a key was there already
// (https://www.sqlite.org/rescode.html).
func sqliteTaken(err error) bool {
	var refused *sqlite.Error
	return errors.As(err, &refused) &&
		(refused.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || refused.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// locking is nothing: there is one writer.
func (e *sqliteEngine) locking() string { return "" }

func (e *sqliteEngine) database() *sql.DB { return e.writer }

func (e *sqliteEngine) migrations() (*goose.Provider, error) {
	return newMigrations(goose.DialectSQLite3, e.writer, goose.WithExcludeNames(postgresOnly))
}

func (e *sqliteEngine) close() error {
	e.jobs.close()
	return errors.Join(e.readers.Close(), e.writer.Close())
}
