// Package directory says who is who: cases, the parents and children on them,
// the team that owns them, how each person can safely be reached, and how sure
// an address makes us of who is writing. It holds types and rules; storing
// them is left to internal/store.
//
// A person is service-wide: one may pay in one case and receive in another, so
// a Person has an id of their own and a case names the people on it. What a
// case looks like from outside (parley import, PUT /api/v1/cases) is the JSON
// form of Case; Decode reads and checks one, a Reader a file of them. Payments
// come as JSON too, or as CSV (RFC 4180): DecodePayment and PaymentReader. A
// PIN comes in with a case and is kept as its argon2id hash only (RFC 9106):
// Seal.
package directory
