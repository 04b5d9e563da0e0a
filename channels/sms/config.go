package sms

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"time"

	"parley/channels/twilio"
)

// Keywords says who answers STOP, START and HELP.
type Keywords string

// Twilio answers these words itself unless the account is set up otherwise,
// and passes the texts on all the same.
// https://help.twilio.com/articles/223134027
const (
	KeywordsByTwilio Keywords = "twilio"
	KeywordsByParley Keywords = "parley"
)

// What a Config has when it does not say.
const (
	defaultTimeout     = 10 * time.Second
	defaultConnections = 64
)

// Config says which Twilio account to use and where Twilio finds us.
type Config struct {
	AccountSID string // AC and 32 hexadecimal digits at Twilio
	AuthToken  string // proves us to Twilio and Twilio to us

	// From is what people get texts from and answer to: a number in E.164, or
	// the SID of a messaging service (MG…). A name cannot be answered.
	From string

	// DiscreetFrom is the same for those who must be contacted discreetly: a
	// thread of its own, in which nothing ever names the service. Empty: From,
	// which must then never name it.
	DiscreetFrom string

	APIURL    string // where Twilio's API is; empty: https://api.twilio.com
	PublicURL string // where Twilio reaches us, without a path of ours: https://gateway.example

	Keywords Keywords // empty: KeywordsByTwilio

	Timeout     time.Duration // for one send, answer included; 0: 10 s
	Connections int           // to Twilio at the same time; 0: 64

	Clock func() time.Time
}

var messagingService = regexp.MustCompile(`^MG[0-9A-Za-z]+$`)

// account is the part of it that is Twilio's.
func (c Config) account() twilio.Account {
	return twilio.Account{SID: c.AccountSID, AuthToken: c.AuthToken, APIURL: c.APIURL, PublicURL: c.PublicURL}
}

// checked returns the configuration with its defaults and the API's URL, or
// what is wrong with it.
func (c Config) checked() (Config, *url.URL, error) {
	c.Keywords = cmp.Or(c.Keywords, KeywordsByTwilio)
	c.Timeout = cmp.Or(c.Timeout, defaultTimeout)
	c.Connections = cmp.Or(c.Connections, defaultConnections)
	account, api, err := c.account().Checked()
	if err != nil {
		return c, nil, err
	}
	c.APIURL, c.PublicURL = account.APIURL, account.PublicURL
	switch {
	case !canSend(c.From):
		return c, nil, fmt.Errorf("the sender %q is neither a number like +447700900000 nor a messaging service like MG…", c.From)
	case c.DiscreetFrom != "" && (!canSend(c.DiscreetFrom) || c.DiscreetFrom == c.From):
		return c, nil, fmt.Errorf("the discreet sender %q is not another number or messaging service", c.DiscreetFrom)
	case c.Keywords != KeywordsByTwilio && c.Keywords != KeywordsByParley:
		return c, nil, fmt.Errorf("keywords are answered by %q or %q, not %q", KeywordsByTwilio, KeywordsByParley, c.Keywords)
	case c.Timeout < 0 || c.Connections < 0:
		return c, nil, errors.New("a limit is negative")
	case c.Clock == nil:
		return c, nil, errors.New("a clock is needed")
	}
	return c, api, nil
}

func canSend(from string) bool { return twilio.IsNumber(from) || messagingService.MatchString(from) }
