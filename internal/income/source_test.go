package income

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/gateway/calculation"
	simulator "parley/internal/simulator/income"
)

const (
	sam  = "AB123456C"
	asOf = "2026-11-01T00:00:00Z"
)

var today = time.Date(2026, time.November, 22, 10, 0, 0, 0, time.UTC)

// service starts an emulator that knows Sam, and a source that asks it.
func service(t *testing.T, change func(*Config)) (*simulator.Emulator, *Source) {
	t.Helper()
	made := 0
	emulator := simulator.New(simulator.Config{
		ClientID: "parley", ClientSecret: "secret",
		NewToken: func() string { made++; return fmt.Sprintf("token-%d", made) },
	})
	updated, err := time.Parse(time.RFC3339, asOf)
	if err != nil {
		t.Fatal(err)
	}
	emulator.Know(sam, simulator.Person{TaxYear: "2025-26", TotalIncome: "32000.50", AsOf: updated, Payments: []simulator.Payment{
		job("120/A", "M1", "2026-09-30", "2600.00"),
		job("120/A", "M1", "2026-10-30", "2700.10"),
	}})
	server := httptest.NewServer(emulator)
	t.Cleanup(server.Close)
	config := Config{URL: server.URL, ClientID: "parley", ClientSecret: "secret", Now: func() time.Time { return today }}
	if change != nil {
		change(&config)
	}
	source, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return emulator, source
}

// job is a payment by one employer.
func job(reference, frequency, paid, amount string) simulator.Payment {
	return simulator.Payment{EmployerReference: reference, Frequency: frequency, Paid: paid, Taxable: amount}
}

func TestIncomeOfAPerson(t *testing.T) {
	emulator, source := service(t, nil)
	got, err := source.Income(t.Context(), sam)
	if err != nil {
		t.Fatal(err)
	}
	want := Income{
		TaxYear:     "2025-26",
		Historic:    calculation.Pay{Amount: 32_000_50, Per: calculation.PerYear},
		Employments: []Employment{{calculation.Pay{Amount: 2_700_10, Per: calculation.PerMonth}, calculation.NewDate(2026, 10, 30)}},
		AsOf:        got.AsOf,
	}
	if diff := cmp.Diff(want, got); diff != "" || got.AsOf.Format(time.RFC3339) != asOf {
		t.Errorf("as of %v (-want +got):\n%s", got.AsOf, diff)
	}
	for _, address := range emulator.Asked() {
		if strings.Contains(address, sam) {
			t.Errorf("a National Insurance number stands in an address: %s", address)
		}
	}
}

func TestCurrentPay(t *testing.T) {
	tests := []struct {
		name     string
		payments []simulator.Payment
		want     calculation.Pay
	}{
		{"no job", nil, calculation.Pay{}},
		{"one job", []simulator.Payment{job("A", "W1", "2026-10-30", "450")}, calculation.Pay{Amount: 450_00, Per: calculation.PerWeek}},
		{"the latest of a job, in any order", []simulator.Payment{job("A", "W2", "2026-10-30", "900"), job("A", "W2", "2026-10-16", "850")},
			calculation.Pay{Amount: 900_00, Per: calculation.PerFortnight}},
		{"two jobs over one period", []simulator.Payment{job("A", "W4", "2026-10-30", "900"), job("B", "W4", "2026-10-16", "100.01")},
			calculation.Pay{Amount: 1_000_01, Per: calculation.PerFourWeeks}},
		{"two jobs over two periods are for a person", []simulator.Payment{job("A", "W1", "2026-10-30", "450"), job("B", "M1", "2026-10-16", "100")}, calculation.Pay{}},
		{"irregular pay is for a person", []simulator.Payment{job("A", "IR", "2026-10-30", "450")}, calculation.Pay{}},
		{"a job that ended", []simulator.Payment{job("A", "M1", "2026-09-20", "2600"), job("B", "M1", "2026-10-31", "2100")},
			calculation.Pay{Amount: 2_100_00, Per: calculation.PerMonth}},
		{"two months without pay are not the end yet", []simulator.Payment{job("A", "M1", "2026-09-21", "2600")}, calculation.Pay{Amount: 2_600_00, Per: calculation.PerMonth}},
		{"only jobs that ended", []simulator.Payment{job("A", "W1", "2026-03-20", "450")}, calculation.Pay{}},
		{"a year's pay", []simulator.Payment{job("A", "MA", "2026-04-05", "9000")}, calculation.Pay{Amount: 9_000_00, Per: calculation.PerYear}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			emulator, source := service(t, nil)
			emulator.Know(sam, simulator.Person{TaxYear: "2025-26", TotalIncome: "0", AsOf: today, Payments: test.payments})
			income, err := source.Income(t.Context(), sam)
			if err != nil {
				t.Fatal(err)
			}
			if got, known := income.Current(); got != test.want || known != test.want.Known() {
				t.Errorf("got %v %t, want %v", got, known, test.want)
			}
		})
	}
}

func TestBadDays(t *testing.T) {
	limited := func(after time.Duration) func(error) bool {
		return func(err error) bool {
			e := (*RateLimitedError)(nil)
			return errors.As(err, &e) && e.RetryAfter == after
		}
	}
	unavailable := func(err error) bool { e := (*UnavailableError)(nil); return errors.As(err, &e) }
	tests := []struct {
		name  string
		fault simulator.Fault
		is    func(error) bool
	}{
		{"too many requests", simulator.Fault{Status: 429, RetryAfter: "30"}, limited(30 * time.Second)},
		{"too many requests until a time", simulator.Fault{Status: 429, RetryAfter: "Sun, 22 Nov 2026 10:01:00 GMT"}, limited(time.Minute)},
		{"too many requests, without saying until when", simulator.Fault{Status: 429, RetryAfter: "soon"}, limited(0)},
		{"a failure", simulator.Fault{Status: 500}, unavailable},
		{"a redirect", simulator.Fault{Status: 302}, unavailable},
		{"not JSON", simulator.Fault{Status: 200, Body: "<html>"}, unavailable},
		{"JSON without what was asked", simulator.Fault{Status: 200, Body: `{"access_token": "x", "token_type": "bearer", "matchId": "m"}`}, unavailable},
		{"a match without an id", simulator.Fault{Status: 200, Body: `{"access_token": "x", "token_type": "bearer"}`, Times: 2}, unavailable},
		{"an amount that is none", simulator.Fault{Status: 200,
			Body: `{"access_token": "x", "matchId": "m", "taxYear": "2025-26", "asOf": "2026-11-01T00:00:00Z", "totalIncome": 1e9}`}, unavailable},
		{"no answer in time", simulator.Fault{Delay: time.Minute}, unavailable},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			emulator, source := service(t, func(c *Config) { c.Timeout = 50 * time.Millisecond })
			emulator.SetFault(test.fault)
			income, err := source.Income(t.Context(), sam)
			if err == nil || !test.is(err) || len(income.TaxYear) > 0 {
				t.Errorf("got %+v, %v", income, err)
			}
			if strings.Contains(fmt.Sprint(err), sam) || strings.Contains(fmt.Sprint(err), "secret") {
				t.Errorf("the error tells too much: %v", err)
			}
		})
	}
}

func TestThoseTheServiceDoesNotKnow(t *testing.T) {
	emulator, source := service(t, nil)
	if _, err := source.Income(t.Context(), "ZZ000000A"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a stranger: %v", err)
	}
	emulator.Know(sam, simulator.Person{})
	if _, err := source.Income(t.Context(), sam); !errors.Is(err, ErrNotFound) {
		t.Errorf("someone without a tax year: %v", err)
	}
}

func TestAStaleAnswerComesWithItsDate(t *testing.T) {
	_, source := service(t, func(c *Config) { c.MaxAge = 20 * 24 * time.Hour })
	income, err := source.Income(t.Context(), sam)
	stale := (*StaleError)(nil)
	if !errors.As(err, &stale) || stale.AsOf.Format(time.RFC3339) != asOf || income.TaxYear != "2025-26" {
		t.Errorf("got %+v, %v", income, err)
	}
}

func TestATokenServesManyAndIsRenewed(t *testing.T) {
	emulator, source := service(t, nil)
	count := func() (tokens int) {
		for _, address := range emulator.Asked() {
			if strings.Contains(address, "/oauth/token") {
				tokens++
			}
		}
		return tokens
	}
	var waiting sync.WaitGroup
	for range 8 {
		waiting.Go(func() {
			if _, err := source.Income(t.Context(), sam); err != nil {
				t.Error(err)
			}
		})
	}
	waiting.Wait()
	if got := count(); got != 1 {
		t.Errorf("%d tokens for eight look-ups", got)
	}
	emulator.Revoke()
	if _, err := source.Income(t.Context(), sam); err != nil || count() != 2 {
		t.Errorf("after the token was revoked: %v, %d tokens", err, count())
	}
}

func TestWrongCredentialsAreNoAnswerAboutThePerson(t *testing.T) {
	_, source := service(t, func(c *Config) { c.ClientSecret = "wrong" })
	_, err := source.Income(t.Context(), sam)
	if e := (*UnavailableError)(nil); !errors.As(err, &e) {
		t.Errorf("got %v", err)
	}
}

func TestACallerWhoGivesUpIsToldSo(t *testing.T) {
	emulator, source := service(t, nil)
	emulator.SetFault(simulator.Fault{Delay: time.Minute})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := source.Income(ctx, sam); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestConfig(t *testing.T) {
	good := Config{URL: "https://income.example", ClientID: "a", ClientSecret: "b", Now: time.Now}
	tests := []struct {
		name   string
		change func(*Config)
		ok     bool
	}{
		{"good", func(*Config) {}, true},
		{"this machine", func(c *Config) { c.URL = "http://127.0.0.1:9000" }, true},
		{"an address that looks like this machine", func(c *Config) { c.URL = "http://127.0.0.1.example" }, false},
		{"in the clear", func(c *Config) { c.URL = "http://income.example" }, false},
		{"no address", func(c *Config) { c.URL = "" }, false},
		{"no secret", func(c *Config) { c.ClientSecret = "" }, false},
		{"no clock", func(c *Config) { c.Now = nil }, false},
	}
	for _, test := range tests {
		config := good
		test.change(&config)
		if _, err := New(config); (err == nil) != test.ok {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
