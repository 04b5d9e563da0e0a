package webhooks

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"

	"github.com/goccy/go-yaml"

	"parley/gateway"
	"parley/gateway/rulefile"
)

// Endpoint is where another system hears of events.
type Endpoint struct {
	Name    string // which the store knows it by
	URL     string
	Secrets []Secret // that sign: one, or two while the receiver changes over
	Events  []gateway.EventType
	Private bool // it may be at a private address, and need not use TLS
}

// Host is where it is, without the path, which may be a secret.
func (e Endpoint) Host() string {
	u, err := url.Parse(e.URL)
	if err != nil {
		return ""
	}
	return u.Host
}

// Settings are the endpoints, as PARLEY_WEBHOOKS lists them.
type Settings []Endpoint

// Wanted names the endpoints that want each type of event.
func (s Settings) Wanted() map[gateway.EventType][]string {
	wanted := map[gateway.EventType][]string{}
	for _, e := range s {
		for _, kind := range e.Events {
			wanted[kind] = append(wanted[kind], e.Name)
		}
	}
	return wanted
}

// endpointRow is an endpoint as the settings write it.
type endpointRow struct {
	Name    string              `yaml:"name"`
	URL     string              `yaml:"url"`
	Secrets []string            `yaml:"secrets"`
	Events  []gateway.EventType `yaml:"events"`
	Private bool                `yaml:"private"`
}

// UnmarshalText reads a list of endpoints in YAML or JSON. Its errors name no
// secret.
func (s *Settings) UnmarshalText(text []byte) error {
	if problem := rulefile.Unfit(text); problem != nil {
		return fmt.Errorf("reading the endpoints: %w", problem)
	}
	var rows []endpointRow
	if err := yaml.UnmarshalWithOptions(text, &rows, yaml.Strict()); err != nil {
		return errors.New("reading the endpoints: " + yaml.FormatError(err, false, false))
	}
	var read Settings
	for i, row := range rows {
		e, err := row.endpoint()
		if err != nil {
			return fmt.Errorf("endpoint %d, %q: %w", i+1, row.Name, err)
		}
		if slices.ContainsFunc(read, func(other Endpoint) bool { return other.Name == e.Name }) {
			return fmt.Errorf("endpoint %d, %q: another has this name", i+1, row.Name)
		}
		read = append(read, e)
	}
	*s = read
	return nil
}

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

func (r endpointRow) endpoint() (Endpoint, error) {
	e := Endpoint{Name: r.Name, URL: r.URL, Events: r.Events, Private: r.Private}
	if !nameForm.MatchString(r.Name) {
		return e, errors.New("name must be up to 40 small letters, digits and hyphens")
	}
	if err := checkURL(r.URL, r.Private); err != nil {
		return e, err
	}
	if len(r.Secrets) < 1 || len(r.Secrets) > 2 {
		return e, errors.New("secrets must be one, or two while they change")
	}
	for _, text := range r.Secrets {
		secret, err := ReadSecret(text)
		if err != nil {
			return e, err
		}
		e.Secrets = append(e.Secrets, secret)
	}
	if len(r.Events) == 0 {
		return e, errors.New("events must name one or more")
	}
	for i, kind := range r.Events {
		if !slices.Contains(gateway.EventTypes(), kind) {
			return e, fmt.Errorf("there is no event %q", kind)
		}
		if slices.Contains(r.Events[:i], kind) {
			return e, fmt.Errorf("event %q is named twice", kind)
		}
	}
	return e, nil
}

// checkURL repeats nothing of the URL, which may hold a secret.
func checkURL(text string, private bool) error {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" || u.Scheme != "https" && u.Scheme != "http" {
		return errors.New("url must be like https://host/path, without a user or a fragment")
	}
	if u.Scheme == "http" && !private {
		return errors.New("url must be https, unless the endpoint is private")
	}
	return nil
}
