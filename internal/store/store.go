package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"parley/gateway"
	"parley/internal/keyring"
)

// defaultConnections is a pool that keeps two to four cores busy.
const defaultConnections = 16

// Config is what a store needs besides the place of its database.
type Config struct {
	// Secret is the service's secret key, at least 32 bytes, under which is
	// sealed. OtherSecrets open what they have sealed: see Reseal.
	Secret       []byte
	OtherSecrets [][]byte

	// Lookup is the key of what is found and not read: addresses, words, the
	// seals of the audit. It stays when the secret is replaced. Without it,
	// keyring.Lookup of the secret.
	Lookup []byte

	// Timers sets a turn's timers in the turn's transaction. Without it, a
	// turn that has timers is refused.
	Timers TimerInserter

	// Connections is the size of the pool on PostgreSQL, 16 if it is 0.
	Connections int

	// Events names the endpoints that want to hear of each type of event. An
	// event that nobody wants is not written.
	Events map[gateway.EventType][]string
}

// Store is the system of record. It is safe for concurrent use.
type Store struct {
	engine engine
	codec  *codec

	claims  claimStatements
	inserts [messagesAtOnce + 1]string // of that many messages
	holder  string                     // names this store among those that claim messages
	wanted  map[gateway.EventType][]string
	swept   atomic.Int64 // when leases that had run out were last looked for, in microseconds
	batch   atomic.Int64
}

var _ gateway.Store = (*Store)(nil)

// Open opens the database at a postgres:// URL, or else in the SQLite file of
// that path, which it creates and migrates. It does not wait for PostgreSQL to
// answer, nor migrate it: see Ready and Migrate. ErrSecret or ErrLookup when an
// SQLite file was made with others.
func Open(ctx context.Context, database string, config Config) (*Store, error) {
	codec, err := config.codec()
	if err != nil {
		return nil, fmt.Errorf("open the store: %w", err)
	}
	timers := config.Timers
	if timers == nil {
		timers = func(context.Context, *sql.Tx, []gateway.Timer) error {
			return errors.New("the store was given no way to set timers")
		}
	}
	onPostgres := strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://")
	var e engine
	if onPostgres {
		e, err = openPostgres(database, cmp.Or(config.Connections, defaultConnections), timers)
	} else {
		e, err = openSQLite(database, timers)
	}
	if err != nil {
		return nil, fmt.Errorf("open the store: %w", err)
	}
	s := &Store{engine: e, codec: codec, claims: newClaimStatements(e.locking()), holder: rand.Text(), wanted: config.Events}
	for n := 1; n <= messagesAtOnce; n++ {
		s.inserts[n] = insertMessages(n)
	}
	if !onPostgres {
		if err := s.Migrate(ctx); err != nil {
			return nil, errors.Join(fmt.Errorf("open the store: %w", err), s.Close())
		}
	}
	return s, nil
}

func (c *Config) codec() (*codec, error) {
	lookup := c.Lookup
	if len(lookup) == 0 {
		derived, err := keyring.Lookup(c.Secret)
		if err != nil {
			return nil, err
		}
		lookup = []byte(derived)
	}
	return newCodec(lookup, append([][]byte{c.Secret}, c.OtherSecrets...)...)
}

// Writer is the database itself, for the tables of others: River's client
// works on it. On SQLite it is the one connection that writes, so whoever
// holds a transaction on it must end it before calling the store.
func (s *Store) Writer() *sql.DB { return s.engine.database() }

// Close finishes what is being written and closes the database.
func (s *Store) Close() error { return s.engine.close() }

// micros is a time as a column holds it.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// moment reads what micros wrote.
func moment(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}
