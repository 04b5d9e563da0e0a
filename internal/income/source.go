package income

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"parley/gateway/calculation"
)

// Config says where the service is and who asks.
type Config struct {
	URL          string // https://…; plain http only to this machine
	ClientID     string
	ClientSecret string
	Timeout      time.Duration // for a whole look-up; 0: 5 seconds
	MaxAge       time.Duration // older answers are stale; 0: 62 days, two months' pay
	Now          func() time.Time
}

// Income is what the service knows of one person.
type Income struct {
	TaxYear     string          // "2025-26"
	Historic    calculation.Pay // HMRC's figure for that year
	Employments []Employment    // that pay now; none when the person has no job
	AsOf        time.Time       // when the service was last brought up to date
}

// Employment is the latest pay of one employment.
type Employment struct {
	Pay  calculation.Pay // unknown when the pay has no settled period
	Paid calculation.Date
}

// Current is the pay of all employments together. It is not known when one of
// them has no settled period or they are paid over different ones: then a
// person adds them up.
func (i Income) Current() (pay calculation.Pay, known bool) {
	for _, employment := range i.Employments {
		switch {
		case !employment.Pay.Known(), pay.Known() && pay.Per != employment.Pay.Per:
			return calculation.Pay{}, false
		}
		pay = calculation.Pay{Amount: pay.Amount + employment.Pay.Amount, Per: employment.Pay.Per}
	}
	return pay, pay.Known()
}

// Source is the service. It may be used by many at once.
type Source struct {
	base   *url.URL
	config Config
	client *http.Client
	tokens tokens
}

// New checks the configuration; it does not call the service.
func New(config Config) (*Source, error) {
	base, err := url.Parse(config.URL)
	if err != nil {
		return nil, fmt.Errorf("the income service's address: %w", err)
	}
	switch {
	case base.Scheme != "https" && (base.Scheme != "http" || !onThisMachine(base.Hostname())):
		return nil, errors.New("the income service's address must begin with https://")
	case config.ClientID == "" || config.ClientSecret == "":
		return nil, errors.New("the income service needs a client id and secret")
	case config.Now == nil:
		return nil, errors.New("the income service needs a clock")
	}
	if config.Timeout == 0 {
		config.Timeout = 5 * time.Second
	}
	if config.MaxAge == 0 {
		config.MaxAge = 62 * 24 * time.Hour
	}
	s := &Source{
		base:   base,
		config: config,
		// A redirect could carry a credential elsewhere.
		client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
	s.tokens.credentials = clientcredentials.Config{
		ClientID:     config.ClientID,
		ClientSecret: config.ClientSecret,
		TokenURL:     base.JoinPath("oauth/token").String(),
		Scopes:       []string{"read:individuals-income"},
		AuthStyle:    oauth2.AuthStyleInParams,
	}
	return s, nil
}

func onThisMachine(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

// Income looks a person up by National Insurance number. The error is
// ErrNotFound, a *RateLimitedError, an *UnavailableError, ctx's own, or a
// *StaleError, which alone comes with an income.
func (s *Source) Income(ctx context.Context, nationalInsuranceNumber string) (Income, error) {
	limited, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	income, err := s.lookUp(limited, nationalInsuranceNumber)
	switch {
	case ctx.Err() != nil:
		return Income{}, ctx.Err()
	case err != nil:
		return Income{}, err
	case s.config.Now().Sub(income.AsOf) > s.config.MaxAge:
		return income, &StaleError{income.AsOf}
	}
	return income, nil
}

func (s *Source) lookUp(ctx context.Context, nationalInsuranceNumber string) (Income, error) {
	var match matchAnswer
	if err := s.ask(ctx, "matching the person", http.MethodPost, "individuals/matching", nil, matchQuestion{nationalInsuranceNumber}, &match); err != nil {
		return Income{}, err
	}
	if match.MatchID == "" {
		return Income{}, &UnavailableError{"matching the person", errMatch}
	}
	by := url.Values{"matchId": {match.MatchID}}
	var year yearAnswer
	if err := s.ask(ctx, "asking for the latest tax year", http.MethodGet, "individuals/income/latest-tax-year", by, nil, &year); err != nil {
		return Income{}, err
	}
	var paye payeAnswer
	err := s.ask(ctx, "asking for current pay", http.MethodGet, "individuals/income/paye", by, nil, &paye)
	if err != nil && !errors.Is(err, ErrNotFound) { // no employment is an answer too
		return Income{}, err
	}
	income, err := read(year, paye)
	if err != nil {
		return Income{}, &UnavailableError{"reading the answer", err}
	}
	return income, nil
}
