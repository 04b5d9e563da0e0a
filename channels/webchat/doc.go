// Package webchat is the channel of people who use a browser. Its page is the
// same conversation twice: live over a WebSocket (RFC 6455), and without
// JavaScript as plain HTML forms, one question a page. Either way what a person
// does becomes the text that they would have written, and one engine reads it.
//
// The pages follow the GOV.UK Design System (https://design-system.service.gov.uk)
// and WCAG 2.2 AA, in English and Welsh. A visit is held by a cookie (RFC 6265,
// and CHIPS where the page lies inside another site's); knowing a visit's or a
// conversation's id opens nothing.
//
// It leaves to others: turns, identity and whose words these are (the gateway),
// what is kept (its store), files (gateway.Evidence), and time-outs for slow
// callers (the http.Server).
package webchat
