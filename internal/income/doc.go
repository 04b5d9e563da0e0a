// Package income asks an income service, in the manner of HMRC's Individuals
// Income API, what a person earned in the latest tax year and earns now.
//
// It speaks OAuth 2.0 client credentials (RFC 6749 section 4.4) and three
// requests a look-up: a National Insurance number is matched to a short-lived
// id, so that the number itself never stands in an address or a proxy's log;
// then the latest tax year and the current pay are asked for by that id.
//
// What it finds is evidence, not a decision: which income counts is for
// gateway/calculation (CR 34), and whom to ask about for its callers. It keeps
// nothing and logs nothing.
package income
