package webhooks

import "time"

// waits are how long after each try that failed the next one comes: 10 tries
// over some 75 hours, as Standard Webhooks 1.0 recommends.
var waits = [...]time.Duration{
	5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour,
}

// waitAfter is how long to wait after a try, of which the first is 1; more is
// false after the last. chance, at least 0 and less than 1, spreads the waits by
// a tenth either way, so that what failed together does not come back together.
func waitAfter(try int, chance float64) (wait time.Duration, more bool) {
	if try > len(waits) {
		return 0, false
	}
	of := waits[max(try, 1)-1]
	return of - of/10 + time.Duration(chance*float64(of/5)), true
}
