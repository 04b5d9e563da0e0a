// Package voice is the telephone, on Twilio's Programmable Voice through
// Twilio's own Go library: TwiML for what a caller hears, the REST API
// (2010-04-01) to ring a caseworker and to fetch voicemails.
//
// A call is a visit by telephone (gateway.Call): the same dialogs as everywhere,
// answered with keys or in speech, through the same turns, outbox and safety
// gate. Send puts a message into its call; Handler answers Twilio's webhooks,
// which are believed only with a right X-Twilio-Signature, and reads what was
// put there to the caller. Every webhook may come twice and in any order.
//
// Nobody is called by a machine. There is no address by telephone that a
// conversation could begin at: a person who is to be called is work for a person
// (gateway.CallbackWork), and no message is left on anybody's answering machine.
//
// Sources: https://www.twilio.com/docs/voice/twiml,
// https://www.twilio.com/docs/voice/twiml/gather,
// https://www.twilio.com/docs/voice/twiml/enqueue,
// https://www.twilio.com/docs/usage/webhooks/webhooks-security.
//
// It leaves to others: who a caller is and where they wait (gateway.Switchboard),
// what is said (the dialogs and the gateway), who answers (the console).
package voice
