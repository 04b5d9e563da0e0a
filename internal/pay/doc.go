// Package pay takes payments by card through GOV.UK Pay
// (https://docs.payments.service.gov.uk): it creates payments, asks how far
// they are, and hears GOV.UK Pay's webhooks, which are signed with HMAC-SHA256
// over the body as it was sent.
//
// The person pays on GOV.UK Pay's pages; no card comes near this package. A
// webhook is only a reason to ask: what became of a payment is always read from
// the API. Who may pay what, and what a payment pays for, is the gateway's.
package pay
