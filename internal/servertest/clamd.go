package servertest

import (
	"context"
	"encoding/hex"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// VirusForTests is what the scanner of StartClamd takes for a virus: it has no
// other signatures, so that it starts at once and needs no download.
const VirusForTests = "PARLEY-TEST-SIGNATURE-THIS-IS-NO-VIRUS-BUT-SHALL-BE-FOUND"

// StartClamd starts ClamAV's daemon and returns its TCP address.
func StartClamd(tb testing.TB) (address string) {
	tb.Helper()
	program, err := findProgram("clamd", "/usr/sbin/clamd")
	if err != nil {
		unavailable(tb, err)
	}
	server := newServer(tb, kind{
		name: "clamd",
		command: func(dir string, port int) *exec.Cmd {
			file := filepath.Join(dir, "clamd.conf")
			settings := fmt.Sprintf("Foreground yes\nTCPAddr 127.0.0.1\nTCPSocket %d\nDatabaseDirectory %s\nTemporaryDirectory %s\nStreamMaxLength 1M\n",
				port, dir, dir)
			_ = os.WriteFile(file, []byte(settings), 0o600) // clamd says so when it is not there
			return exec.Command(program, "--config-file", file)
		},
		url:       func(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) },
		ping:      pingClamd,
		shutdown:  syscall.SIGTERM,
		crash:     syscall.SIGKILL,
		processes: func(int) ([]int, error) { return nil, nil }, // it forks none
	}, func(dir string) error {
		signature := fmt.Sprintf("Parley.Test:0:*:%s\n", hex.EncodeToString([]byte(VirusForTests)))
		return os.WriteFile(filepath.Join(dir, "test.ndb"), []byte(signature), 0o600)
	})
	return server.URL()
}

// pingClamd asks for one answer (clamd(8), PING).
func pingClamd(ctx context.Context, address string) error {
	return answers(ctx, address, "zPING\x00", "PONG\x00")
}
