// Package gatewaytest holds the suites that prove implementations of the
// gateway's interfaces. Each suite is run by every implementation, over every
// store that it supports, and is the executable half of the interface's
// comment. What an implementation promises beyond that it tests itself. It also
// hands tests the dialogs, the notices and the model that the product ships.
package gatewaytest
