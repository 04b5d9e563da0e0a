package servertest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
)

// freePort returns a loopback port that nothing listens on. It is below the
// range from which systems number outgoing connections (32768 on Linux, 49152
// by RFC 6335 section 6), so that a stopped server can have its port again.
func freePort() (int, error) {
	const first, count, tries = 20000, 12000, 100
	for range tries {
		port := first + rand.IntN(count)
		listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err != nil {
			continue // taken
		}
		if err := listener.Close(); err != nil {
			return 0, fmt.Errorf("find a free port: %w", err)
		}
		return port, nil
	}
	return 0, errors.New("find a free port: every port tried was taken")
}
