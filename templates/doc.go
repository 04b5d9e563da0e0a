// Package templates holds what turns words into messages: the languages that
// Parley speaks, ((placeholders)), words for values (dates, money, lists) in
// each language, and the preparation and counting of SMS parts (3GPP TS
// 23.038). It renders and never sends.
package templates
