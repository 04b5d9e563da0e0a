package answers

import (
	"strings"

	"golang.org/x/net/idna"
)

// The limits of RFC 5321 section 4.5.3.1 and RFC 1035 section 2.3.4.
const (
	longestEmail  = 320
	longestLocal  = 64
	longestDomain = 253
	longestLabel  = 63
)

// ReadEmail reads an email address and returns it in lower case, with an
// internationalised domain in its ASCII form.
func ReadEmail(text string, _ Context) (string, error) {
	address := strings.ToLower(trim(text))
	if address == "" {
		return "", &Error{KindEmail, Empty}
	}
	if len(address) > longestEmail {
		return "", &Error{KindEmail, TooLong}
	}
	local, domain, _ := strings.Cut(withoutInvisible(address), "@")
	domain, ok := asciiDomain(domain)
	if !ok || !isLocalPart(local) || len(local)+1+len(domain) > longestEmail {
		return "", &Error{KindEmail, NotUnderstood}
	}
	return local + "@" + domain, nil
}

// withoutInvisible leaves out the zero-width characters that come with copied
// addresses.
func withoutInvisible(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u180e':
			return -1
		}
		return r
	}, text)
}

// isLocalPart takes the dot-string of RFC 5321: no quotes, and no dot at an
// end or after another.
func isLocalPart(local string) bool {
	if local == "" || len(local) > longestLocal || !dotsApart(local) {
		return false
	}
	for _, c := range []byte(local) {
		letter := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if !letter && strings.IndexByte("!#$%&'*+-/=?^_`{|}~.", c) < 0 {
			return false
		}
	}
	return true
}

func dotsApart(text string) bool {
	return text[0] != '.' && text[len(text)-1] != '.' && !strings.Contains(text, "..")
}

// asciiDomain checks a host name and brings it to ASCII (RFC 5890).
func asciiDomain(domain string) (string, bool) {
	if domain == "" || !dotsApart(domain) {
		return "", false
	}
	domain, err := idna.Lookup.ToASCII(domain)
	if err != nil || len(domain) > longestDomain {
		return "", false
	}
	labels := strings.Split(domain, ".")
	for _, label := range labels {
		if !isLabel(label) {
			return "", false
		}
	}
	return domain, len(labels) > 1 && isTopLevel(labels[len(labels)-1])
}

func isLabel(label string) bool {
	if label == "" || len(label) > longestLabel || label[0] == '-' || label[len(label)-1] == '-' {
		return false
	}
	for _, c := range []byte(label) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// isTopLevel tells a top-level domain from the end of an IP address or of a
// slip.
func isTopLevel(label string) bool {
	return len(label) >= 2 && (strings.HasPrefix(label, "xn--") || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz") == "")
}
