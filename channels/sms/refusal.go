package sms

import "parley/gateway"

// refusal is what one of Twilio's error codes means for a message and for the
// address it was for.
type refusal struct {
	outcome   gateway.Outcome
	reason    string // in plain words, without any detail of the message
	optedOut  bool
	gone      bool
	suspended bool
	busy      bool // Twilio takes nothing from us now, whoever it is for
}

// What happened when Twilio's own word is missing.
var (
	unreachable = refusal{outcome: gateway.Retry, busy: true, reason: "Twilio could not be reached"}
	unanswered  = refusal{outcome: gateway.Lost, busy: true, reason: "Twilio did not answer"}
	unreadable  = refusal{outcome: gateway.Lost, busy: true, reason: "Twilio's answer could not be read"}
)

const tooManyRequests = 20429

// refusals are Twilio's codes that tell us what to do, whether they come as an
// answer to a send or later with a status.
// https://www.twilio.com/docs/api/errors
var refusals = map[int]refusal{
	// The account may not send. No message is to blame, so none is given up.
	// 20003 has many causes, some of which pass, and so pauses nothing.
	10001: {outcome: gateway.Retry, busy: true, suspended: true, reason: "Our Twilio account is not active"},
	20003: {outcome: gateway.Retry, busy: true, reason: "Twilio does not accept our account's credentials"},
	20403: {outcome: gateway.Retry, busy: true, suspended: true, reason: "Our Twilio account has no access"},
	30002: {outcome: gateway.Retry, busy: true, suspended: true, reason: "Our Twilio account is suspended"},

	// Later is better.
	tooManyRequests: {outcome: gateway.Retry, busy: true, reason: "Twilio has too many requests from us"},
	20500:           {outcome: gateway.Retry, busy: true, reason: "Twilio had an error of its own"},
	20503:           {outcome: gateway.Retry, busy: true, reason: "Twilio is not available"},
	30001:           {outcome: gateway.Retry, busy: true, reason: "The queue of messages from our number is full"},
	30003:           {outcome: gateway.Retry, reason: "The phone cannot be reached: it may be off or have no signal"},
	30008:           {outcome: gateway.Retry, reason: "The network did not say why it was not delivered"},
	30017:           {outcome: gateway.Retry, reason: "The network is congested"},
	30022:           {outcome: gateway.Retry, reason: "The network has too many messages from us"},

	// Never.
	21211: {outcome: gateway.Refused, reason: "The number is not a valid phone number"},
	21214: {outcome: gateway.Refused, reason: "The number cannot be reached"},
	21217: {outcome: gateway.Refused, reason: "The number does not appear to be valid"},
	21401: {outcome: gateway.Refused, reason: "The number is not a valid phone number"},
	21407: {outcome: gateway.Refused, reason: "This kind of number cannot get text messages"},
	21421: {outcome: gateway.Refused, reason: "The number is not valid"},
	21610: {outcome: gateway.Refused, optedOut: true, reason: "The person has opted out of text messages from us"},
	21612: {outcome: gateway.Refused, reason: "Our number cannot send to this number"},
	21614: {outcome: gateway.Refused, reason: "The number is not a mobile number"},
	21617: {outcome: gateway.Refused, reason: "The message is too long"},
	30004: {outcome: gateway.Refused, reason: "The message was blocked by the network or the phone"},
	30005: {outcome: gateway.Refused, gone: true, reason: "The number is unknown or no longer in service"},
	30006: {outcome: gateway.Refused, gone: true, reason: "The number is a landline or its network cannot be reached"},
	30007: {outcome: gateway.Refused, reason: "The network filtered the message out"},
}

// refusalOf is the meaning of a code; one that is not listed is a refusal for
// good, and 0 is one without a code.
func refusalOf(code int) refusal {
	if listed, ok := refusals[code]; ok {
		return listed
	}
	return refusal{outcome: gateway.Refused, reason: "Twilio refused the message"}
}

// sendError is the refusal of one message.
func (r refusal) sendError(code string) *gateway.SendError {
	return &gateway.SendError{
		Outcome: r.outcome, Code: code, Reason: r.reason,
		OptedOut: r.optedOut, Gone: r.gone, Suspended: r.suspended, Busy: r.busy,
	}
}
