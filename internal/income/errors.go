package income

import (
	"errors"
	"fmt"
	"time"
)

// ErrNotFound is an answer: the service knows no such person, or nothing of
// their income. CR 34(2)(b) then has current income used.
var ErrNotFound = errors.New("the income service knows nothing of this person")

// RateLimitedError asks to come back later.
type RateLimitedError struct {
	RetryAfter time.Duration // 0: the service did not say
}

func (e *RateLimitedError) Error() string {
	return fmt.Sprintf("the income service asks to wait %v", e.RetryAfter)
}

// StaleError comes with an income that the service has not brought up to date
// for too long.
type StaleError struct {
	AsOf time.Time
}

func (e *StaleError) Error() string {
	return "the income service was last brought up to date on " + e.AsOf.Format(time.DateOnly)
}

// UnavailableError is a failure of the service or of the way to it: no answer
// in time, a refusal of our credentials, or an answer that cannot be read.
// Asking again later may help (CR 34(2)(c)).
type UnavailableError struct {
	Doing string
	Err   error
}

func (e *UnavailableError) Error() string {
	return "the income service is unavailable: " + e.Doing + ": " + e.Err.Error()
}

func (e *UnavailableError) Unwrap() error { return e.Err }
