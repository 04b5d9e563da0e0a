// Package jobs is Parley's timers, on River (https://riverqueue.com): nudges,
// expiries, messages whose turn is still to be made, and the planning of
// notices. A timer becomes a job in the transaction of the turn that set it, so
// that neither is there without the other; any node may work it, and the jobs of
// a node that died are taken over by another.
//
// Timers sets timers, Jobs works them, Migrate makes River's tables. One code
// path on database/sql serves SQLite and PostgreSQL, and polls on both.
//
// What a timer does is left to the gateway: see Waker and Planner. Jobs carry
// ids only.
package jobs
