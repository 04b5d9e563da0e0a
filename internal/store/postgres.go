package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

const (
	postgresBatch    = 64 // jobs in one transaction
	postgresPatience = 15 * time.Second
)

// plansByKey has joins follow keys, row by row, which is how every statement
// finds its few rows. A plan is made once for a connection, perhaps when the
// tables are empty, and the outbox's statistics are always of another moment:
// left to choose, the planner joins whole tables, reads through one that was
// empty a minute ago, and sorts an outbox of which it needs the first rows
// (https://www.postgresql.org/docs/15/runtime-config-query.html).
const plansByKey = `SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_material = off; SET enable_bitmapscan = off; SET jit = off`

// postgresEngine sends all statements of a transaction in one round trip: what
// lies between two Sync messages of the extended protocol is one transaction
// (https://www.postgresql.org/docs/15/protocol-flow.html, Pipelining).
type postgresEngine struct {
	db          *sql.DB
	connections int
	timers      TimerInserter
	shared      *group[*job]
}

func openPostgres(address string, connections int, timers TimerInserter) (*postgresEngine, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	db := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, plansByKey)
		return err
	}))
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	e := &postgresEngine{db: db, connections: connections, timers: timers}
	e.shared = newGroup(postgresBatch, e.together)
	return e, nil
}

func (e *postgresEngine) read(ctx context.Context, statements ...statement) error {
	return e.retry(ctx, statements, func(c *sql.Conn) (again bool, err error) {
		answered, err := pipeline(ctx, c, statements)
		return answered == 0 && lost(c), err
	})
}

func (e *postgresEngine) write(ctx context.Context, j *job) error {
	return e.retry(ctx, j.statements, func(c *sql.Conn) (again bool, err error) {
		if len(j.timers) > 0 {
			return e.writeWithTimers(ctx, c, j)
		}
		answered, err := pipeline(ctx, c, j.statements)
		return deadlocked(err) || answered == 0 && notApplied(err) && lost(c), err
	})
}

// writeWithTimers needs a *sql.Tx for the timers, and so a round trip each to
// begin and to commit.
func (e *postgresEngine) writeWithTimers(ctx context.Context, c *sql.Conn, j *job) (again bool, err error) {
	tx, err := c.BeginTx(ctx, nil)
	if err != nil {
		return lost(c), err
	}
	defer tx.Rollback()
	if _, err := pipeline(ctx, c, j.statements); err != nil {
		return deadlocked(err), err
	}
	if err := e.timers(ctx, tx, j.timers); err != nil {
		return false, err
	}
	return false, tx.Commit()
}

func (e *postgresEngine) share(ctx context.Context, j *job) error { return e.shared.do(ctx, j) }

// together writes jobs in one transaction. When that fails, perhaps because of
// one of them, each is tried alone.
func (e *postgresEngine) together(jobs []*job) []error {
	ctx, cancel := context.WithTimeout(context.Background(), postgresPatience)
	defer cancel()
	errs := make([]error, len(jobs))
	err := e.write(ctx, join(jobs))
	if err == nil {
		return errs
	}
	for i, j := range jobs {
		errs[i] = err
		if len(jobs) > 1 && ctx.Err() == nil {
			errs[i] = e.write(ctx, j)
		}
	}
	return errs
}

// join makes one job of several.
func join(jobs []*job) *job {
	joined := &job{}
	for _, j := range jobs {
		joined.statements = append(joined.statements, j.statements...)
	}
	slices.SortStableFunc(joined.statements, func(a, b statement) int { return strings.Compare(a.about, b.about) })
	return joined
}

// retry makes statements ready on a connection and runs an attempt there, and
// again while again says that nothing was applied and that another connection
// or another moment may do. After a restart of the server every connection
// of the pool is dead, each of which costs one attempt.
func (e *postgresEngine) retry(ctx context.Context, statements []statement, attempt func(*sql.Conn) (again bool, err error)) error {
	for attempts := 0; ; attempts++ {
		c, err := e.db.Conn(ctx)
		if err != nil {
			return err
		}
		again := false
		if err = prepare(ctx, c, statements); err != nil {
			again = lost(c)
		} else {
			again, err = attempt(c)
		}
		c.Close() // puts it back into the pool, which drops it if it is dead
		if err == nil || !again || attempts >= e.connections || ctx.Err() != nil {
			return err
		}
	}
}

// prepare prepares statements that are new on a connection, by name: what pgx
// prepares of itself it forgets whenever a batch fails, as messages that come
// twice do.
func prepare(ctx context.Context, c *sql.Conn, statements []statement) error {
	return c.Raw(func(driverConnection any) error {
		connection := driverConnection.(*stdlib.Conn).Conn()
		for _, s := range statements {
			if _, err := connection.Prepare(ctx, s.sql, s.sql); err != nil {
				return err
			}
		}
		return nil
	})
}

// pipeline sends statements together and reads their answers: answered counts
// the rows and results that came.
func pipeline(ctx context.Context, c *sql.Conn, statements []statement) (answered int, err error) {
	err = c.Raw(func(driverConnection any) error {
		connection := driverConnection.(*stdlib.Conn).Conn()
		batch := &pgx.Batch{}
		for _, s := range statements {
			batch.Queue(s.sql, s.args...)
		}
		answers := connection.SendBatch(ctx, batch)
		defer answers.Close()
		for _, s := range statements {
			if err := answer(answers, s, &answered); err != nil {
				return err
			}
		}
		return answers.Close()
	})
	return answered, err
}

// answer reads what came of one statement.
func answer(answers pgx.BatchResults, s statement, answered *int) error {
	if s.each != nil {
		return answerRows(answers, s, answered)
	}
	tag, err := answers.Exec()
	if err != nil {
		if s.taken != nil && postgresTaken(err) {
			return s.taken
		}
		return err
	}
	*answered++
	if s.changed != nil {
		s.changed(tag.RowsAffected())
	}
	return nil
}

func answerRows(answers pgx.BatchResults, s statement, answered *int) error {
	rows, err := answers.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		*answered++
		if err := s.each(rows); err != nil {
			return err
		}
	}
	rows.Close()
	if rows.Err() == nil {
		*answered++
	}
	return rows.Err()
}

// PostgreSQL's error codes, https://www.postgresql.org/docs/15/errcodes-appendix.html.
const (
	uniqueViolation  = "23505"
	deadlockDetected = "40P01"
	adminShutdown    = "57P01"
)

func postgresTaken(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && refused.Code == uniqueViolation
}

// deadlocked reports whether the server undid a transaction because it and
// another waited for each other, as claims of many nodes can.
func deadlocked(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && refused.Code == deadlockDetected
}

// lost reports whether a connection has ended.
func lost(c *sql.Conn) bool {
	err := c.Raw(func(driverConnection any) error {
		if driverConnection.(*stdlib.Conn).Conn().IsClosed() {
			return driver.ErrBadConn
		}
		return nil
	})
	return err != nil
}

// notApplied reports whether the first answer to a transaction, err, shows that
// nothing of it was done: it was never sent, or the server was ending the
// session before it came to the first statement.
func notApplied(err error) bool {
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return refused.Code == adminShutdown
	}
	return pgconn.SafeToRetry(err)
}

// locking lets the nodes' claims pass each other by.
func (e *postgresEngine) locking() string { return " FOR UPDATE SKIP LOCKED" }

func (e *postgresEngine) database() *sql.DB { return e.db }

func (e *postgresEngine) migrations() (*goose.Provider, error) {
	return newMigrations(goose.DialectPostgres, e.db, goose.WithSessionLocker(advisoryLock{}), goose.WithExcludeNames(sqliteOnly))
}

// advisoryLock lets one node at a time migrate; the others wait for it
// (https://www.postgresql.org/docs/15/explicit-locking.html, Advisory Locks).
type advisoryLock struct{}

// migrationsLock is the lock's number, which is Parley's own.
const migrationsLock = 0x7061726c6579 // "parley"

func (advisoryLock) SessionLock(ctx context.Context, c *sql.Conn) error {
	_, err := c.ExecContext(ctx, "SELECT pg_advisory_lock($1)", migrationsLock)
	return err
}

func (advisoryLock) SessionUnlock(ctx context.Context, c *sql.Conn) error {
	_, err := c.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", migrationsLock)
	return err
}

func (e *postgresEngine) close() error {
	e.shared.close()
	return e.db.Close()
}
