package voice

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"parley/channels/twilio"
	"parley/gateway"
	"parley/templates"
)

// What a Config has when it does not say.
const (
	defaultPatience = 8 * time.Second
)

// Config says which Twilio account to use, where Twilio finds us and how we
// sound.
type Config struct {
	AccountSID string // AC and 32 hexadecimal digits at Twilio
	AuthToken  string // proves us to Twilio and Twilio to us
	From       string // our number, E.164, that caseworkers' telephones show

	APIURL    string // where Twilio's API is; empty: https://api.twilio.com
	PublicURL string // where Twilio reaches us, without a path of ours: https://gateway.example

	Visits Visits

	// Patience is how long an answer to Twilio waits for all that is to be said;
	// after that the caller is asked to hold on. 0: 8 s. Twilio waits for 15 s.
	Patience time.Duration

	// Voices are Twilio's names of the voices that read to callers; those that
	// are missing are Amazon Polly's of the language.
	Voices map[templates.Language]string
	// Music is what those who wait hear, an address of audio; empty: a ringing
	// tone.
	Music string

	Clock func() time.Time
	Log   *slog.Logger
}

// Visits are where what is said in calls is kept; see gateway.Visits.
type Visits interface {
	VisitByID(ctx context.Context, id gateway.VisitID) (gateway.Visit, error)
	Show(ctx context.Context, id gateway.VisitID, e gateway.Entry) (gateway.Entry, error)
}

// voices of https://www.twilio.com/docs/voice/twiml/say/text-speech.
var voices = map[templates.Language]string{templates.English: "Polly.Amy", templates.Welsh: "Polly.Gwyneth"}

// tags are the languages as Twilio names them, to speak and to hear.
var tags = map[templates.Language]string{templates.English: "en-GB", templates.Welsh: "cy-GB"}

// account is the part of it that is Twilio's.
func (c Config) account() twilio.Account {
	return twilio.Account{SID: c.AccountSID, AuthToken: c.AuthToken, APIURL: c.APIURL, PublicURL: c.PublicURL}
}

// checked returns the configuration with its defaults and the API's URL, or what
// is wrong with it.
func (c Config) checked() (Config, *url.URL, error) {
	c.Patience = cmp.Or(c.Patience, defaultPatience)
	named := c.Voices
	c.Voices = map[templates.Language]string{}
	for language, voice := range voices {
		c.Voices[language] = cmp.Or(named[language], voice)
	}
	account, api, err := c.account().Checked()
	if err != nil {
		return c, nil, err
	}
	c.APIURL, c.PublicURL = account.APIURL, account.PublicURL
	switch {
	case !twilio.IsNumber(c.From):
		return c, nil, fmt.Errorf("our number %q is not one like +441632960000", c.From)
	case c.Patience < 0 || c.Patience > 12*time.Second:
		return c, nil, errors.New("the patience must be under 12 seconds: Twilio waits for 15")
	case c.Visits == nil || c.Clock == nil || c.Log == nil:
		return c, nil, errors.New("visits, a clock and a log are needed")
	}
	return c, api, nil
}
