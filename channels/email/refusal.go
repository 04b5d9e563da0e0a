package email

import (
	"fmt"

	"github.com/emersion/go-smtp"

	"parley/gateway"
)

// failure is a send that failed, and whether the recipient's whole domain is to
// be left alone for a while.
type failure struct {
	gateway.SendError
	slowsDomain bool
}

// meaning is what a status of a mail system says of a message.
type meaning struct {
	reason      string // in plain words, without any detail of the message
	gone        bool   // the address no longer reaches the person
	slowsDomain bool   // not this mailbox alone: its whole mail system
	ours        bool   // the relay finds fault with us: the message is not to blame
}

// meanings are by subject and detail of an enhanced status code, whatever its
// class: X.1.1 is an unknown mailbox both in 450 4.1.1 and in 550 5.1.1.
// RFC 3463 section 3, RFC 7505 section 4, RFC 7372.
var meanings = map[[2]int]meaning{
	{1, 1}:  {reason: "The mailbox does not exist", gone: true},
	{1, 2}:  {reason: "The part after the @ does not exist", gone: true},
	{1, 3}:  {reason: "The address is not written as an address must be", gone: true},
	{1, 6}:  {reason: "The mailbox has moved", gone: true},
	{1, 10}: {reason: "The domain takes no mail", gone: true},
	{2, 1}:  {reason: "The mailbox is switched off", gone: true},
	{2, 2}:  {reason: "The mailbox is full"},
	{2, 3}:  {reason: "The message is too large for the mailbox"},
	{3, 1}:  {reason: "The mail system has no room", slowsDomain: true},
	{3, 2}:  {reason: "The mail system takes no mail at the moment", slowsDomain: true},
	{3, 4}:  {reason: "The message is too large for the mail system"},
	{4, 1}:  {reason: "The mail system does not answer", slowsDomain: true},
	{4, 2}:  {reason: "The connection to the mail system broke", slowsDomain: true},
	{4, 3}:  {reason: "The address of the mail system could not be looked up", slowsDomain: true},
	{4, 4}:  {reason: "The mail system cannot be found", slowsDomain: true},
	{4, 5}:  {reason: "The mail system is overloaded", slowsDomain: true},
	{4, 6}:  {reason: "The message went round in circles"},
	{4, 7}:  {reason: "The message could not be delivered in time", slowsDomain: true},
	{7, 0}:  {reason: "The mail system refused it as a matter of policy", slowsDomain: true},
	{7, 1}:  {reason: "The mail system refused it as unwanted", slowsDomain: true},
	{7, 8}:  {reason: "The relay does not accept our credentials", ours: true},
	{7, 11}: {reason: "The relay wants an encrypted connection", ours: true},
	{7, 26}: {reason: "The mail system does not believe that the message is ours", slowsDomain: true},
}

// meaningOf reads a reply code and an enhanced status code; either may be
// missing (0). One that is not listed means what its first digits say.
func meaningOf(code int, enhanced smtp.EnhancedCode) meaning {
	if code == 530 || code == 534 || code == 535 || code == 538 { // RFC 4954 section 6
		return meaning{reason: "The relay does not accept our credentials", ours: true}
	}
	if listed, ok := meanings[[2]int{enhanced[1], enhanced[2]}]; ok && enhanced[0] > 0 {
		return listed
	}
	switch {
	case code == 421:
		return meaning{reason: "The mail system closed the connection", slowsDomain: true}
	case code == 552 || code == 452:
		return meaning{reason: "The mailbox is full"}
	case (code == 550 || code == 551 || code == 553) && enhanced[1] == 0:
		return meaning{reason: "The mailbox does not exist", gone: true}
	case code == 554 || code == 571 || enhanced[1] == 7:
		return meaning{reason: "The mail system refused it as unwanted", slowsDomain: true}
	case enhanced[1] == 1:
		return meaning{reason: "The mail system does not know the address"}
	case enhanced[1] == 3 || enhanced[1] == 4:
		return meaning{reason: "The mail system cannot take it", slowsDomain: true}
	default:
		return meaning{reason: "The mail system did not take it"}
	}
}

// refusalOf is the failure that a reply to a message makes. A temporary one is
// tried again, and so is one that finds fault with us rather than the message.
func refusalOf(reply *smtp.SMTPError) *failure {
	m := meaningOf(reply.Code, reply.EnhancedCode)
	f := &failure{slowsDomain: m.slowsDomain, SendError: gateway.SendError{
		Outcome: gateway.Refused, Code: statusCode(reply.Code, reply.EnhancedCode), Reason: m.reason, Gone: m.gone,
	}}
	if reply.Temporary() || m.ours {
		f.Outcome, f.Gone = gateway.Retry, false
	}
	return f
}

// statusCode is a reply's codes as people look them up: "550 5.1.1".
func statusCode(code int, enhanced smtp.EnhancedCode) string {
	if enhanced[0] <= 0 {
		return fmt.Sprint(code)
	}
	return fmt.Sprintf("%d %d.%d.%d", code, enhanced[0], enhanced[1], enhanced[2])
}

// failed is a failure without a word of the relay's on the message.
func failed(outcome gateway.Outcome, code, reason string, err error) *failure {
	return &failure{SendError: gateway.SendError{Outcome: outcome, Code: code, Reason: reason, Err: err}}
}
