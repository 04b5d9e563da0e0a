// Package pay is a far side for demonstrations and tests: a small GOV.UK Pay,
// with the API for payments, a page to pay on and signed webhooks, and, on
// request, its bad days.
//
// It is a handler and listens nowhere itself; it keeps everything in memory,
// takes no cards, and is no part of a service in use.
package pay
