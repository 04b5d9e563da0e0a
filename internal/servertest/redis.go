package servertest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// Redis returns the redis:// URL of an empty Redis that no other test uses: a
// server of its own or, where PARLEY_TEST_REDIS_URL names a server, one of its
// databases. Published messages cross databases (Redis SELECT), so a test of
// pub/sub on a named server must use channel names of its own.
func Redis(tb testing.TB) string {
	tb.Helper()
	if named := os.Getenv("PARLEY_TEST_REDIS_URL"); named != "" {
		return claimRedisDatabase(tb, named)
	}
	return StartRedis(tb).URL()
}

// StartRedis starts a redis-server that keeps nothing on disk.
func StartRedis(tb testing.TB) *Server {
	tb.Helper()
	program, err := findProgram("redis-server")
	if err != nil {
		unavailable(tb, err)
	}
	return newServer(tb, kind{
		name: "redis",
		command: func(dir string, port int) *exec.Cmd {
			return exec.Command(program, "--bind", "127.0.0.1", "--port", strconv.Itoa(port),
				"--dir", dir, "--save", "", "--appendonly", "no")
		},
		url:       func(port int) string { return fmt.Sprintf("redis://127.0.0.1:%d/0", port) },
		ping:      pingRedis,
		shutdown:  syscall.SIGTERM,
		crash:     syscall.SIGKILL,
		processes: func(int) ([]int, error) { return nil, nil }, // without saving, never more than one
	}, func(string) error { return nil })
}

// pingRedis asks for one answer. The client library would log and retry what
// is expected here, that the server is not there yet.
func pingRedis(ctx context.Context, server string) error {
	address, err := url.Parse(server)
	if err != nil {
		return fmt.Errorf("read a Redis URL: %w", err)
	}
	return answers(ctx, address.Host, "PING\r\n", "+PONG\r\n")
}

// redisClient opens one database of the server at the URL.
func redisClient(url string, database int) (*redis.Client, error) {
	options, err := redis.ParseURL(url)
	if err != nil {
		return nil, fmt.Errorf("read a Redis URL: %w", err)
	}
	options.DB = database
	return redis.NewClient(options), nil
}

// claimRedisDatabase takes one of the databases 1 to 15 (a server has 16 unless
// configured otherwise) for the time of the test and empties it. Tests of
// several processes take turns: a claim is a key in database 0.
func claimRedisDatabase(tb testing.TB, server string) string {
	tb.Helper()
	const last = 15
	address, err := url.Parse(server)
	if err != nil {
		tb.Fatalf("read a Redis URL: %v", err)
	}
	claims, err := redisClient(server, 0)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { claims.Close() })
	for database := 1; database <= last; database++ {
		key := fmt.Sprintf("parley:servertest:%d", database)
		claimed, err := claims.SetNX(tb.Context(), key, tb.Name(), 10*time.Minute).Result()
		if err != nil {
			tb.Fatalf("claim a Redis database: %v", err)
		}
		if !claimed {
			continue
		}
		tb.Cleanup(func() { claims.Del(context.Background(), key) })
		own, err := redisClient(server, database)
		if err != nil {
			tb.Fatal(err)
		}
		defer own.Close()
		if err := own.FlushDB(tb.Context()).Err(); err != nil {
			tb.Fatalf("empty a Redis database: %v", err)
		}
		address.Path = "/" + strconv.Itoa(database)
		return address.String()
	}
	tb.Fatalf("claim a Redis database: all %d are taken", last)
	return ""
}
