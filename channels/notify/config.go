package notify

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"
)

const (
	defaultAPIURL      = "https://api.notifications.service.gov.uk"
	defaultTimeout     = 10 * time.Second
	defaultConnections = 64
)

// Config says which service of Notify's to use.
type Config struct {
	APIKey   string // as Notify shows it: a name, the service's id and a secret, with hyphens between
	Template string // id of the template whose text is ((message))
	Sender   string // id of the sender that people see; empty: the service's own
	Callback string // the bearer token of delivery receipts; at least 16 characters

	APIURL      string        // empty: Notify's own
	Timeout     time.Duration // for one send, answer included; 0: 10 s
	Connections int           // to Notify at the same time; 0: 64
	Clock       func() time.Time
}

const uuid = `[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`

var (
	apiKey = regexp.MustCompile(`^.*?-?(` + uuid + `)-(` + uuid + `)$`)
	id     = regexp.MustCompile(`^` + uuid + `$`)
)

// checked returns the configuration with its defaults, or what is wrong with it.
func (c Config) checked() (Config, error) {
	c.APIURL = strings.TrimRight(cmp.Or(c.APIURL, defaultAPIURL), "/")
	c.Timeout = cmp.Or(c.Timeout, defaultTimeout)
	c.Connections = cmp.Or(c.Connections, defaultConnections)
	api, err := url.Parse(c.APIURL)
	switch {
	case err != nil || api.Scheme != "http" && api.Scheme != "https" || api.Host == "" || api.RawQuery != "":
		return c, fmt.Errorf("the API's URL %q is not an absolute http or https URL", c.APIURL)
	case !apiKey.MatchString(c.APIKey):
		return c, errors.New("the API key must end with two UUIDs, the service's and its secret")
	case !id.MatchString(c.Template):
		return c, errors.New("the template must be named by its UUID")
	case c.Sender != "" && !id.MatchString(c.Sender):
		return c, errors.New("the sender must be named by its UUID")
	case len(c.Callback) < 16:
		return c, errors.New("the token of delivery receipts must have 16 characters or more")
	case c.Timeout < 0 || c.Connections < 0:
		return c, errors.New("a limit is negative")
	case c.Clock == nil:
		return c, errors.New("a clock is needed")
	}
	return c, nil
}
