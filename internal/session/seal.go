package session

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"

	"parley/gateway"
	"parley/internal/keyring"
)

// A seal closes states and hides senders, so that what Redis holds tells
// nothing without the service's secret.
type seal struct {
	states  *keyring.Sealer
	senders []byte // key of the hash
}

// newSeal makes a key for each purpose.
func newSeal(c *Config) (*seal, error) {
	lookup := c.Lookup
	if len(lookup) == 0 {
		lookup = c.SecretKey
	}
	senders, err := keyring.Derive(lookup, "parley session senders")
	if err != nil {
		return nil, err
	}
	states, err := newSealer("parley session states", c.SecretKey, c.OtherKeys)
	if err != nil {
		return nil, err
	}
	return &seal{states: states, senders: senders}, nil
}

// newSealer makes the seal of one purpose.
func newSealer(purpose string, secret []byte, others [][]byte) (*keyring.Sealer, error) {
	return keyring.NewSealer(purpose, append([][]byte{secret}, others...)...)
}

// turnDigits is how many digits the turn before a sealed state has, so that
// turns compare as texts.
const turnDigits = 10

// close seals a live state: its turn, and what only this conversation opens.
func (s *seal) close(id gateway.ConversationID, live gateway.Live) []byte {
	turn := fmt.Appendf(nil, "%0*d", turnDigits, live.Turn)
	return append(turn, s.states.Seal(live.State, belongsTo(id, turn))...)
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
	state, err := s.states.Open(closed, belongsTo(id, number))
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
