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
// Everything personal is encrypted in the database, AES-256-GCM as NIST SP
// 800-38D describes it, under a key that is derived from the service's secret
// by HKDF (RFC 5869); addresses are found by a keyed hash (HMAC-SHA-256, RFC
// 2104). Names of steps and templates, ids, references, times and counts are
// readable.
//
// It leaves to others: what a turn means (gateway), jobs and their tables
// (internal/jobs, which may use Writer), the hashing of PINs
// (gateway/directory) and how long records are kept.
package store
