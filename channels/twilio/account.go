// Package twilio is what the channels on Twilio share: the account with its
// addresses, and the forms that Twilio posts to us, which are believed only with
// a right X-Twilio-Signature.
//
// Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security.
//
// It leaves to the channels what is sent, what a form says, and what is answered.
package twilio

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

const defaultAPIURL = "https://api.twilio.com"

// Account is an account at Twilio, and where Twilio finds us.
type Account struct {
	SID       string // AC and 32 hexadecimal digits at Twilio
	AuthToken string // proves us to Twilio and Twilio to us
	APIURL    string // where Twilio's API is; empty: https://api.twilio.com
	PublicURL string // where Twilio reaches us, without a path of ours: https://gateway.example
}

var (
	e164       = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`) // ITU-T E.164: 15 digits at most
	credential = regexp.MustCompile(`^[0-9A-Za-z]+$`)       // Twilio's library sends no other
	sid        = regexp.MustCompile(`^[0-9A-Za-z_-]{1,40}$`)
)

// Checked returns the account with its defaults and the API's URL, or what is
// wrong with it. Without a token anybody could sign a form.
func (a Account) Checked() (Account, *url.URL, error) {
	a.APIURL = cmp.Or(a.APIURL, defaultAPIURL)
	a.PublicURL = strings.TrimRight(a.PublicURL, "/")
	api, err := baseURL("the API's URL", a.APIURL)
	if err != nil {
		return a, nil, err
	}
	if _, err := baseURL("the public URL", a.PublicURL); err != nil {
		return a, nil, err
	}
	switch {
	case !credential.MatchString(a.SID):
		return a, nil, errors.New("the account SID must be letters and digits")
	case !credential.MatchString(a.AuthToken):
		return a, nil, errors.New("the auth token must be letters and digits")
	}
	return a, api, nil
}

// baseURL reads a URL to which paths are added.
func baseURL(what, text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, fmt.Errorf("%s %q is not an absolute http or https URL", what, text)
	}
	if u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.User != nil {
		return nil, fmt.Errorf("%s must have no query, fragment or user", what)
	}
	u.Path = strings.TrimRight(u.Path, "/")
	return u, nil
}

// IsNumber reports whether a text is a telephone number in E.164.
func IsNumber(text string) bool { return e164.MatchString(text) }

// IsSID reports whether a text can be a SID of Twilio's, which has 34 characters.
// What is longer by a field's name and its value is not one: see Forms.
func IsSID(text string) bool { return sid.MatchString(text) }
