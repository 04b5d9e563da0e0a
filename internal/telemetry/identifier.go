package telemetry

import (
	"net"
	"strings"
)

// idLength returns the length of the id that begins at a place in a text: a
// UUID (RFC 9562 section 4), or a word of at least 32 hexadecimal digits with
// up to two letters before them, as Twilio's SIDs have. 0 where none begins.
func idLength(text string, from int) int {
	if from > 0 && inWord(rune(text[from-1])) {
		return 0
	}
	rest := text[from:]
	if isUUID(rest) {
		return uuidLength
	}
	word := takeWhile(rest, inWord)
	if len(word) >= 32 && (isHex(word) || isHex(word[2:]) && len(word) >= 34) {
		return len(word)
	}
	return 0
}

const uuidLength = 36

// isUUID says whether a text begins with a UUID that ends there.
func isUUID(text string) bool {
	if len(text) < uuidLength || text[8] != '-' || len(text) > uuidLength && inWord(rune(text[uuidLength])) {
		return false
	}
	for i, group := range strings.SplitN(text[:uuidLength], "-", 6) {
		if i > 4 || len(group) != [...]int{8, 4, 4, 4, 12}[i] || !isHex(group) {
			return false
		}
	}
	return true
}

// isHex says whether a text is nothing but hexadecimal digits.
func isHex(text string) bool {
	return strings.Trim(text, "0123456789abcdefABCDEF") == ""
}

// isIdentifier says whether a value can stand in a log as an id or a name: a
// word or a path of words such as programs and scripts make, that is known to
// be an id or in which Redact finds nothing. A short hash is known by a letter
// among at least twelve hexadecimal digits.
func isIdentifier(value string) bool {
	const longest = 200
	if len(value) > longest || strings.ContainsFunc(value, func(r rune) bool {
		return !inWord(r) && !strings.ContainsRune("_-./:#[]", r)
	}) {
		return false
	}
	isHash := len(value) >= 12 && isHex(value) && strings.Trim(value, "0123456789") != ""
	return isHash || Redact(value) == value
}

// isCaseReference says whether a value is the reference of a case: 12 digits.
func isCaseReference(value string) bool {
	return len(value) == 12 && strings.Trim(value, "0123456789") == ""
}

// isEndpoint says whether a value is a HOST:PORT that a server listens on.
func isEndpoint(value string) bool {
	host, port, err := net.SplitHostPort(value)
	return err == nil && len(port) <= 5 && strings.Trim(port, "0123456789") == "" &&
		(net.ParseIP(host) != nil || isIdentifier(host))
}
