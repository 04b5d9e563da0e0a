package session

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"

	"parley/gateway"
)

// A seal closes states and hides senders, so that what Redis holds tells
// nothing without the service's secret.
type seal struct {
	states  cipher.AEAD
	senders []byte // key of the hash
}

// newSeal derives a key for each purpose from the service's secret.
func newSeal(secret []byte) (*seal, error) {
	if len(secret) == 0 {
		return nil, errors.New("the secret key is empty")
	}
	senders, err := hkdf.Key(sha256.New, secret, nil, "parley session senders", 32)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	states, err := newCipher(secret, "parley session states")
	if err != nil {
		return nil, err
	}
	return &seal{states: states, senders: senders}, nil
}

// newCipher makes the cipher of one purpose, under a key derived from the
// service's secret.
func newCipher(secret []byte, purpose string) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, purpose, 32)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make a cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("make a cipher: %w", err)
	}
	return aead, nil
}

// turnDigits is how many digits the turn before a sealed state has, so that
// turns compare as texts.
const turnDigits = 10

// close seals a live state: its turn, and what only this conversation opens.
func (s *seal) close(id gateway.ConversationID, live gateway.Live) []byte {
	turn := fmt.Appendf(nil, "%0*d", turnDigits, live.Turn)
	return append(turn, s.states.Seal(nil, nil, live.State, belongsTo(id, turn))...)
}

// open returns the live state in what close made. Anything else (nothing at
// all, an earlier secret's) is no live state: turn 0.
func (s *seal) open(id gateway.ConversationID, sealed []byte) gateway.Live {
	if len(sealed) < turnDigits {
		return gateway.Live{}
	}
	number, closed := sealed[:turnDigits], sealed[turnDigits:]
	turn, err := strconv.Atoi(string(number))
	if err != nil {
		return gateway.Live{}
	}
	state, err := s.states.Open(nil, nil, closed, belongsTo(id, number))
	if err != nil {
		return gateway.Live{}
	}
	return gateway.Live{Turn: turn, State: state}
}

// belongsTo binds a sealed state to its conversation and turn.
func belongsTo(id gateway.ConversationID, turn []byte) []byte {
	return bytes.Join([][]byte{[]byte(id), turn}, []byte{0})
}

// sender is what a sender's address is called in Redis.
func (s *seal) sender(address string) string {
	mac := hmac.New(sha256.New, s.senders)
	mac.Write([]byte(address))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}
