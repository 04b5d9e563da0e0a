// Package web is what the faces for browsers share: the page layout in the
// style of GOV.UK Frontend (without crown and without GOV.UK's own typeface,
// which are for gov.uk domains), the security headers, and the styles and
// scripts that make assets builds from src into static.
//
// The headers follow Content Security Policy Level 3 and OWASP's HTTP headers
// cheat sheet. Pages of a face, their words and their forms are its own.
package web
