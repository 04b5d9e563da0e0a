package web

import (
	"net/http"
	"strings"
)

// Secure sets the headers of every page: nothing but our own scripts and
// styles, none of them inline; no other site hears where its visitor comes
// from; nothing kept in a cache. Pages of the frames' origins, and our own when
// there are any, may hold the page in a frame; without any, none may.
//
// The referrer policy is same-origin rather than no-referrer, under which
// browsers send our own forms with "Origin: null" (Fetch, "append a request
// Origin header"): those too old for Sec-Fetch-Site could not show that a form
// is ours.
func Secure(h http.Header, frames ...string) {
	ancestors := "'none'"
	if len(frames) > 0 {
		ancestors = "'self' " + strings.Join(frames, " ")
	}
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "+
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "+ancestors)
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("X-Robots-Tag", "noindex, nofollow")
}
