// Package webhooks tells other systems what happened, as Standard Webhooks 1.0
// has it (https://www.standardwebhooks.com): a small signed POST, tried ten times
// over three days until it is answered with a success (RFC 9110, 2xx).
//
// An event may come more than once, always with the same id, and events come in
// any order. They name what they are about and tell nothing of anybody. An
// endpoint that answers 410 is sent no more. Redirects are not followed, and no
// private address is connected to unless the settings say so.
//
// What happens is written down by the store, in the transaction of its cause,
// for each endpoint that wants it; any number of nodes lease it from there. What
// staff see of it and send again is left to internal/console.
package webhooks
