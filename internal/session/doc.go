// Package session keeps the live copy of conversations in Redis and counts
// what each sender writes: it implements gateway.Sessions.
//
// The store of record is elsewhere. Everything here may vanish at any moment,
// is sealed with AES-256-GCM (NIST SP 800-38D) under keys derived from the
// service's secret (HKDF, RFC 5869), and names no sender: a copy of Redis tells
// nothing. When Redis is away, calls fail at once and let the gateway go on.
//
// It runs on one Redis (version 7 or later), on one that sentinels watch, on a
// cluster, or on the in-process stand-in that Embed starts. What to do without
// live state, and with a sender who writes too much, is left to the gateway.
package session
