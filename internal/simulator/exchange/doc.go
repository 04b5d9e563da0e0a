// Package exchange is the telephone network and Twilio's Programmable Voice, as
// far as a gateway sees them: for tests, as the caller, and for the simulator's
// landline.
//
// An Exchange takes calls: a Line fetches TwiML from the gateway with signed
// webhooks, reads it to whoever listens, and goes on with what they press, say
// or leave. A verb, an attribute or a value that Twilio would not take is an
// error, and so is an answer that comes too late. It also plays the part of
// Twilio's REST API (2010-04-01) that rings telephones and gives out recordings.
//
// Sources: https://www.twilio.com/docs/voice/twiml,
// https://www.twilio.com/docs/voice/api/call-resource.
//
// It makes no sound, and it knows the gateway only by its wire.
package exchange
