// Package jobs is Parley's timers, on River (https://riverqueue.com): nudges,
// expiries and messages whose turn is still to be made. A timer becomes a job
// in the transaction of the turn that set it, so that neither is there without
// the other; any node may work it, and a node that dies has its jobs taken
// over within RescueAfter.
//
// What a timer does is left to the gateway: see Waker. Jobs carry ids only.
package jobs
