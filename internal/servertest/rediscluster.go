package servertest

import (
	"context"
	"fmt"
	"net"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// A RedisCluster is a cluster of servers of one test's own, each with its part
// of the 16,384 slots and no replica.
// https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/
type RedisCluster struct {
	tb    testing.TB
	Nodes []*Server
}

// StartRedisCluster starts three redis-servers and makes them one cluster.
func StartRedisCluster(tb testing.TB) *RedisCluster {
	tb.Helper()
	program, err := findProgram("redis-server")
	if err != nil {
		unavailable(tb, err)
	}
	c := &RedisCluster{tb: tb}
	for range 3 {
		bus, err := freePort()
		if err != nil {
			tb.Fatal(err)
		}
		c.Nodes = append(c.Nodes, newServer(tb, kind{
			name: "redis",
			command: func(dir string, port int) *exec.Cmd {
				return exec.Command(program, "--bind", "127.0.0.1", "--port", strconv.Itoa(port), "--dir", dir, "--save", "", "--appendonly", "no",
					"--cluster-enabled", "yes", "--cluster-port", strconv.Itoa(bus), "--cluster-node-timeout", "1000")
			},
			url:       func(port int) string { return fmt.Sprintf("redis://127.0.0.1:%d", port) },
			ping:      pingRedis,
			shutdown:  syscall.SIGTERM,
			crash:     syscall.SIGKILL,
			processes: func(int) ([]int, error) { return nil, nil },
		}, func(string) error { return nil }))
		c.introduce(len(c.Nodes)-1, bus)
	}
	c.shareOut()
	c.Whole()
	return c
}

// URL names all nodes.
func (c *RedisCluster) URL() string {
	return c.Nodes[0].URL() + "?addr=" + c.Nodes[1].host() + "&addr=" + c.Nodes[2].host()
}

// Each calls a function for every node in turn: to stop them all, say.
func (c *RedisCluster) Each(do func(*Server)) {
	for _, n := range c.Nodes {
		do(n)
	}
}

// introduce has a node meet the first.
func (c *RedisCluster) introduce(i, bus int) {
	if i == 0 {
		return
	}
	c.tell(c.Nodes[0], "CLUSTER", "MEET", "127.0.0.1", c.Nodes[i].process.port, bus)
}

func (c *RedisCluster) shareOut() {
	const slots = 16384
	for i, n := range c.Nodes {
		c.tell(n, "CLUSTER", "ADDSLOTSRANGE", i*slots/len(c.Nodes), (i+1)*slots/len(c.Nodes)-1)
	}
}

func (c *RedisCluster) tell(n *Server, command ...any) {
	c.tb.Helper()
	client := redis.NewClient(&redis.Options{Addr: n.host()})
	defer client.Close()
	if err := client.Do(context.Background(), command...).Err(); err != nil {
		c.tb.Fatalf("%v: %v", command, err)
	}
}

// Whole waits until every node knows that all slots are served, as they are not
// for a moment after nodes have been away.
func (c *RedisCluster) Whole() {
	c.tb.Helper()
	for _, n := range c.Nodes {
		for end := time.Now().Add(patience); !c.knowsAll(n); time.Sleep(20 * time.Millisecond) {
			if time.Now().After(end) {
				c.tb.Fatalf("the Redis cluster is not whole after %v", patience)
			}
		}
	}
}

func (c *RedisCluster) knowsAll(n *Server) bool {
	client := redis.NewClient(&redis.Options{Addr: n.host()})
	defer client.Close()
	info, err := client.ClusterInfo(context.Background()).Result()
	return err == nil && strings.Contains(info, "cluster_state:ok") && strings.Contains(info, "cluster_known_nodes:3")
}

// host is host:port of a server on this machine.
func (s *Server) host() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.process.port)) }
