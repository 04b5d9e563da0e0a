// Package sms is the text message channel, on Twilio's Programmable Messaging
// (REST API 2010-04-01) through Twilio's own Go library.
//
// Send posts one message and reads Twilio's answer as an outcome: accepted,
// refused for good, refused for now, or lost. Handler serves Twilio's two
// webhooks, which are believed only with a right X-Twilio-Signature. Text is
// prepared and counted by templates (3GPP TS 23.038); opt-out words are
// recognised here and acted on by the gateway.
//
// Sources: https://www.twilio.com/docs/messaging/api/message-resource,
// https://www.twilio.com/docs/messaging/guides/webhook-request,
// https://www.twilio.com/docs/usage/webhooks/webhooks-security,
// https://www.twilio.com/docs/api/errors.
//
// It leaves to others: when and whether to send (gateway.Decide), retries and
// duplicates (the gateway), time-outs for slow callers (the http.Server).
package sms
