package servertest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// StartPostfix starts a Postfix that takes mail from this machine for anybody,
// and passes it on by domain, each to a transport of transport(5) such as
// "smtp:[127.0.0.1]:2525" or "lmtp:inet:127.0.0.1:2424". Mail for any other
// domain comes back. It tries again every second and gives up after a minute.
// With a chain, a private key and its certificates in PEM, it offers STARTTLS.
// Postfix must be started by root.
func StartPostfix(tb testing.TB, transports map[string]string, chain []byte) *Server {
	tb.Helper()
	installed, err := findPostfix()
	if err != nil {
		unavailable(tb, err)
	}
	return newServer(tb, installed.kind(), func(dir string) error { return installed.prepare(dir, transports, chain) })
}

// postfix is where an installed Postfix has its programs.
type postfix struct {
	command, daemons string
	owner            *user.User // of what it queues
}

func findPostfix() (postfix, error) {
	command, err := findProgram("postfix", "/usr/sbin/postfix")
	if err != nil {
		return postfix{}, err
	}
	if os.Geteuid() != 0 {
		return postfix{}, lack("Postfix that others than root may start")
	}
	owner, err := user.Lookup("postfix")
	if err != nil {
		return postfix{}, lack("user postfix")
	}
	daemons, err := exec.Command(filepath.Join(filepath.Dir(command), "postconf"), "-dhx", "daemon_directory").Output()
	if err != nil {
		return postfix{}, fmt.Errorf("find Postfix: %w", err)
	}
	return postfix{command, strings.TrimSpace(string(daemons)), owner}, nil
}

func (p postfix) kind() kind {
	return kind{
		name: "postfix",
		command: func(dir string, port int) *exec.Cmd {
			// The port becomes known only here, and master(8) is told it by file.
			return exec.Command("/bin/sh", "-c", `sed "s/PORT/$1/" "$0/etc/services" > "$0/etc/master.cf" && exec "$2/master" -c "$0/etc" -d`,
				dir, strconv.Itoa(port), p.daemons)
		},
		url:       func(port int) string { return fmt.Sprintf("smtp://127.0.0.1:%d", port) },
		ping:      pingSMTP,
		shutdown:  syscall.SIGTERM,
		crash:     syscall.SIGTERM, // killed, its daemons would stay for a while and hold the port
		processes: childProcesses,
	}
}

// services are those of master(5) that mail passes through.
const services = `127.0.0.1:PORT inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`

// prepare writes a configuration, see postconf(5), and makes the queue.
func (p postfix) prepare(dir string, transports map[string]string, chain []byte) error {
	routes := make([]string, 0, len(transports))
	for _, domain := range slices.Sorted(maps.Keys(transports)) {
		routes = append(routes, "{"+domain+"="+transports[domain]+"}")
	}
	settings := []string{
		"compatibility_level = 3.6", "queue_directory = " + dir + "/spool", "data_directory = " + dir + "/data",
		"daemon_directory = " + p.daemons, "mail_owner = " + p.owner.Username, "setgid_group = postdrop",
		"myhostname = relay.example", "mydestination =", "alias_maps =", "local_recipient_maps =",
		"inet_interfaces = 127.0.0.1", "inet_protocols = ipv4", "mynetworks = 127.0.0.0/8", "maillog_file = /dev/stdout",
		"transport_maps = inline:{ " + strings.Join(routes, ", ") + " }", "default_transport = error:5.1.2 no such domain",
		"minimal_backoff_time = 1s", "maximal_backoff_time = 1s", "queue_run_delay = 1s",
		"maximal_queue_lifetime = 1m", "bounce_queue_lifetime = 1m",
	}
	if chain != nil {
		settings = append(settings, "smtpd_tls_security_level = may", "smtpd_tls_chain_files = "+dir+"/etc/chain.pem")
	}
	uid, err := strconv.Atoi(p.owner.Uid)
	if err != nil {
		return err
	}
	err = errors.Join(
		os.Chmod(dir, 0o711), // its daemons are not root
		os.Mkdir(dir+"/etc", 0o755), os.Mkdir(dir+"/spool", 0o755), os.Mkdir(dir+"/data", 0o700), os.Chown(dir+"/data", uid, -1),
		os.WriteFile(dir+"/etc/main.cf", []byte(strings.Join(settings, "\n")+"\n"), 0o644),
		os.WriteFile(dir+"/etc/services", []byte(services), 0o644),
		os.WriteFile(dir+"/etc/master.cf", []byte(services), 0o644), // for the check below
		os.WriteFile(dir+"/etc/chain.pem", chain, 0o600),
	)
	if err != nil {
		return fmt.Errorf("configure Postfix: %w", err)
	}
	if output, err := exec.Command(p.command, "-c", dir+"/etc", "check").CombinedOutput(); err != nil {
		return fmt.Errorf("make Postfix's queue: %w: %s", err, output)
	}
	return nil
}

// pingSMTP waits for a greeting.
func pingSMTP(ctx context.Context, server string) error {
	address, err := url.Parse(server)
	if err != nil {
		return fmt.Errorf("read an SMTP URL: %w", err)
	}
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", address.Host)
	if err != nil {
		return err
	}
	defer connection.Close()
	stop := context.AfterFunc(ctx, func() { connection.Close() })
	defer stop()
	greeting, err := bufio.NewReader(connection).ReadString('\n')
	if err != nil {
		return errors.Join(ctx.Err(), err)
	}
	if !strings.HasPrefix(greeting, "220 ") {
		return fmt.Errorf("SMTP greeting %q", greeting)
	}
	_, err = connection.Write([]byte("QUIT\r\n"))
	return err
}
