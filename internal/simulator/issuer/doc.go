// Package issuer is a far side for demonstrations and tests: a small OpenID
// Connect provider with a page on which one chooses which member of staff to
// be.
//
// It keeps to OpenID Connect Core 1.0 and Discovery 1.0 as far as the
// authorization code flow with PKCE (RFC 7636, S256 only) goes, and signs with
// ES256 under a key of its own that lives as long as it does. It asks for no
// password, is a handler that listens nowhere itself, keeps everything in
// memory, bounded, and is no part of a service in use.
package issuer
