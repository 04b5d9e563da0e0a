// Package notify is a second way to send text messages: the REST API of GOV.UK
// Notify, version 2. It is a gateway.Channel named sms, to stand beside the one
// on Twilio (see gateway.Shifting).
//
// Send posts a message to one template of the service's, whose text must be
// nothing but ((message)), with our id as its reference. Requests carry a JSON
// Web Token (RFC 7519, HS256) made from the API key. Handler serves the delivery
// receipts, which are believed only with the bearer token that was agreed on.
// Find asks for a message by its reference.
//
// Sources: https://docs.notifications.service.gov.uk/rest-api.html.
//
// It leaves to others: what people answer (Notify's inbound texts go elsewhere),
// when and whether to send, and which provider to send by (the gateway).
package notify
