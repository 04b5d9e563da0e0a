package session

import (
	"fmt"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// Embed starts a Redis inside this process, for a gateway that runs alone, and
// returns its URL. It forgets everything when it is closed.
func Embed() (address string, closed func(), err error) {
	server := miniredis.NewMiniRedis()
	if err := server.Start(); err != nil {
		return "", nil, fmt.Errorf("start the embedded Redis: %w", err)
	}
	const step = time.Second
	ticker := time.NewTicker(step)
	done := make(chan struct{})
	var running sync.WaitGroup
	running.Go(func() {
		for {
			select {
			case <-ticker.C:
				server.FastForward(step) // its keys age by nothing else
			case <-done:
				return
			}
		}
	})
	return "redis://" + server.Addr(), func() {
		ticker.Stop()
		close(done)
		running.Wait()
		server.Close()
	}, nil
}
