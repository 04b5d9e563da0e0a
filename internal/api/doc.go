// Package api is the JSON API for other systems: it takes in cases, starts
// conversations and tells what became of them. Its OpenAPI document is
// openapi.json, which it serves at /api/v1/openapi.json; the tests hold every
// answer to it.
//
// It follows RFC 9110 (HTTP), RFC 6750 (bearer tokens), RFC 9457 (problem
// details), RFC 7493 (JSON: names are exact, none twice) and the Internet-Draft
// draft-ietf-httpapi-idempotency-key-header. A problem's type is stable and its
// words never hold a value that was sent or stored.
//
// What a case may say is left to gateway/directory, what a start may ask to
// the gateway, and how often a client may call to the proxy in front.
package api
