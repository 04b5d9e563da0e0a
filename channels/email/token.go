package email

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"

	"parley/gateway"
)

// Before the token in our addresses.
const (
	replyPrefix  = "reply+"
	bouncePrefix = "bounce+"
)

// An address's local part has 64 characters at most (RFC 5321 section
// 4.5.3.1.1): a prefix, an id of 36, a dot and the 20 that 12 bytes make.
const (
	sealBytes = 12
	hashBytes = 4 // of those of a reply token: of the address that it was given to
)

var tokenID = regexp.MustCompile(`^[0-9A-Za-z-]{1,36}$`)

// tokens makes and reads what our own addresses and links carry. Each kind has
// a key of its own.
type tokens struct {
	reply, bounce, address []byte
	links                  cipher.AEAD
	nonce                  []byte // the key that a link's nonce is made with
}

func newTokens(secret []byte) (*tokens, error) {
	t := &tokens{}
	var link []byte
	for purpose, key := range map[string]*[]byte{
		"reply": &t.reply, "bounce": &t.bounce, "address": &t.address, "unsubscribe": &link, "unsubscribe nonce": &t.nonce,
	} {
		made, err := hkdf.Key(sha256.New, secret, nil, "parley email "+purpose, sha256.Size)
		if err != nil {
			return nil, fmt.Errorf("draw a key: %w", err)
		}
		*key = made
	}
	block, err := aes.NewCipher(link)
	if err == nil {
		t.links, err = cipher.NewGCM(block)
	}
	return t, err
}

var letters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

func mac(key []byte, words ...string) []byte {
	h := hmac.New(sha256.New, key)
	for _, word := range words {
		fmt.Fprintf(h, "%d:%s", len(word), word)
	}
	return h.Sum(nil)
}

// addressHash tells two addresses apart without telling either.
func (t *tokens) addressHash(address string) []byte { return mac(t.address, address)[:hashBytes] }

// forReply names a conversation, and the address that it is held with.
func (t *tokens) forReply(id gateway.ConversationID, address string) string {
	hash := t.addressHash(address)
	seal := mac(t.reply, string(id), string(hash))[:sealBytes-hashBytes]
	return string(id) + "." + letters.EncodeToString(append(hash, seal...))
}

// readReply returns the conversation that a reply token names and the hash of
// the address that it was given to; false for one that we did not make.
func (t *tokens) readReply(token string) (gateway.ConversationID, []byte, bool) {
	id, given, ok := cutSeal(token)
	if !ok {
		return "", nil, false
	}
	hash, seal := given[:hashBytes], given[hashBytes:]
	if !hmac.Equal(seal, mac(t.reply, id, string(hash))[:sealBytes-hashBytes]) {
		return "", nil, false
	}
	return gateway.ConversationID(id), hash, true
}

// forMessage names an outgoing message: its envelope sender and its Message-ID
// carry the token, and so does whatever mail systems report of it.
func (t *tokens) forMessage(id gateway.MessageID) string {
	return string(id) + "." + letters.EncodeToString(mac(t.bounce, string(id))[:sealBytes])
}

// readMessage returns the message that a token names; false for one that we
// did not make.
func (t *tokens) readMessage(token string) (gateway.MessageID, bool) {
	id, given, ok := cutSeal(token)
	if !ok || !hmac.Equal(given, mac(t.bounce, id)[:sealBytes]) {
		return "", false
	}
	return gateway.MessageID(id), true
}

func cutSeal(token string) (id string, seal []byte, ok bool) {
	id, text, _ := strings.Cut(token, ".")
	if !tokenID.MatchString(id) {
		return "", nil, false
	}
	seal, err := letters.DecodeString(text)
	return id, seal, err == nil && len(seal) == sealBytes
}

// forLink seals what an unsubscribe link means: the message that it is in, its
// language and its address. Nobody who sees the link in a log learns the
// address. The nonce is made of what is sealed, so that one message has one
// link and two never share a nonce.
func (t *tokens) forLink(m gateway.Message) string {
	words := strings.Join([]string{string(m.ID), string(m.Language), m.To.Value}, " ")
	nonce := mac(t.nonce, words)[:t.links.NonceSize()]
	return base64.RawURLEncoding.EncodeToString(t.links.Seal(nonce, nonce, []byte(words), nil))
}

// readLink returns what an unsubscribe link means, as a message without words.
func (t *tokens) readLink(token string) (m gateway.Message, ok bool) {
	sealed, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(sealed) < t.links.NonceSize() {
		return m, false
	}
	nonce, sealed := sealed[:t.links.NonceSize()], sealed[t.links.NonceSize():]
	words, err := t.links.Open(nil, nonce, sealed, nil)
	if err != nil {
		return m, false
	}
	id, rest, _ := strings.Cut(string(words), " ")
	language, address, _ := strings.Cut(rest, " ")
	return linkedMessage(id, language, address), true
}
