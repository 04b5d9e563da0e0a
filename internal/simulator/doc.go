// Package simulator is the far side of Parley, on loopback, for
// demonstrations, tests and benchmarks: what carriers and people would do.
// Because it speaks the carriers' own protocols, everything runs through the
// real channels.
//
// Twilio emulates the part of Twilio's Programmable Messaging API (2010-04-01)
// that a conversation needs, its webhooks and their signatures, its keywords,
// and, on request, its bad days. Phones shows the parents of a case as
// telephones on a page; Landline has them call, through the exchange of package
// exchange, which emulates Twilio's Programmable Voice. Mailbox is the parents' mail server, with a page of
// their mailboxes, and the DNS of their domains.
//
// It listens nowhere: its parts are handlers, servers and workers, and main
// gives them what they need as values. It keeps everything in memory, bounded, and is no
// part of a service in use.
package simulator
