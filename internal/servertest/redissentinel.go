package servertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// A RedisSentinel is a Redis with a replica, and a sentinel that makes the
// replica the master when the master has been away for a second.
// https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/
type RedisSentinel struct {
	Master   *Server // as long as it lives
	sentinel *Server
}

const sentinelsName = "parley"

// StartRedisSentinel starts all three, and returns when the sentinel could put
// the replica in the master's place.
func StartRedisSentinel(tb testing.TB) *RedisSentinel {
	tb.Helper()
	program, err := findProgram("redis-server")
	if err != nil {
		unavailable(tb, err)
	}
	begin := func(prepare func(dir string) error, arguments func(dir string) []string) *Server {
		return newServer(tb, kind{
			name: "redis",
			command: func(dir string, port int) *exec.Cmd {
				return exec.Command(program, append(arguments(dir), "--bind", "127.0.0.1", "--port", strconv.Itoa(port), "--dir", dir)...)
			},
			url:       func(port int) string { return fmt.Sprintf("redis://127.0.0.1:%d", port) },
			ping:      pingRedis,
			shutdown:  syscall.SIGTERM,
			crash:     syscall.SIGKILL,
			processes: func(int) ([]int, error) { return nil, nil },
		}, prepare)
	}
	nothing := func(string) error { return nil }
	s := &RedisSentinel{}
	s.Master = begin(nothing, func(string) []string { return []string{"--save", "", "--repl-diskless-sync-delay", "0"} })
	port := strconv.Itoa(s.Master.process.port)
	replica := begin(nothing, func(string) []string { return []string{"--save", "", "--replicaof", "127.0.0.1 " + port} })
	await(tb, replica, "its master", func(c *redis.Client) bool {
		return strings.Contains(c.Info(tb.Context(), "replication").Val(), "master_link_status:up")
	})
	// A sentinel writes what it learns into its file.
	file := func(dir string) string { return filepath.Join(dir, "sentinel.conf") }
	s.sentinel = begin(func(dir string) error {
		return os.WriteFile(file(dir), fmt.Appendf(nil,
			"sentinel monitor %[1]s 127.0.0.1 %[2]s 1\nsentinel down-after-milliseconds %[1]s 1000\nsentinel failover-timeout %[1]s 3000\n", sentinelsName, port), 0o600)
	}, func(dir string) []string { return []string{file(dir), "--sentinel"} })
	await(tb, s.sentinel, "the replica", func(c *redis.Client) bool {
		known, err := c.Do(tb.Context(), "SENTINEL", "REPLICAS", sentinelsName).Slice()
		return err == nil && len(known) == 1
	})
	return s
}

// URL names the sentinel, and what it calls the master.
func (s *RedisSentinel) URL() string { return s.sentinel.URL() + "?master_name=" + sentinelsName }

// await waits until a server knows something.
func await(tb testing.TB, s *Server, what string, knows func(*redis.Client) bool) {
	tb.Helper()
	client := redis.NewClient(&redis.Options{Addr: s.host()})
	defer client.Close()
	ctx, cancel := context.WithTimeout(tb.Context(), patience)
	defer cancel()
	for !knows(client) {
		select {
		case <-ctx.Done():
			tb.Fatalf("the Redis at %s does not know %s after %v", s.host(), what, patience)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
