// Package store is the system of record: it implements gateway.Store, and what
// the API, the import and the console read and write beside it, on SQLite
// (modernc.org/sqlite, one process) and on PostgreSQL (jackc/pgx, any number
// of nodes).
//
// One SQL text serves both. What they truly do differently (how a connection is
// opened, how several statements become one round trip, how an error tells that
// a key was taken, how rows are locked) is in engine.go, sqlite.go and
// postgres.go and nowhere else.
//
// Everything personal is sealed (internal/keyring), each value for its row, under
// a secret that can be replaced: see Reseal. Addresses and words are found by a
// keyed hash (HMAC-SHA-256, RFC 2104). Names of steps and templates, ids,
// references, times and counts are readable. How long each kind of record is
// kept, and which are one person's, is in retention.go.
//
// It leaves to others: what a turn means (gateway), jobs and their tables
// (internal/jobs, which may use Writer), and the hashing of PINs
// (gateway/directory).
package store
