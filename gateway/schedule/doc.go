// Package schedule says when notices are due: which, to whom, for what occasion,
// from when and until when they may be sent, and what they say beside their
// words. Its rules are data, in rules.yaml: days before or after something that
// happens on a case, at a time on the clock of Europe/London.
//
// It is pure. The same case, payments and clock give the same occasions, each
// with an id made of dates and never of times, so that a notice can be planned
// any number of times and sent once. Words, channels and whether somebody may
// be written to at all are for others; so is what the law says of amounts.
package schedule
