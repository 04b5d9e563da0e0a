package servertest

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
)

// keeping ends the server with a signal ($1) and removes its directory ($0) as
// soon as its standard input ends. The test process holds the other end of
// that pipe, so this happens even when that process is killed. A server that
// is still there after ten seconds is killed.
const keeping = `
cat
if pid=$(cat "$0/pid"); then
	kill -"$1" "$pid" && kill -CONT "$pid"
	tries=0
	while kill -0 "$pid" && [ $tries -lt 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	kill -KILL "$pid"
fi
rm -rf -- "$0"
`

// A keeper owns the directory of one server and outlives the test process by
// as long as it takes to clean up after it.
type keeper struct {
	dir   string
	shell *exec.Cmd
	hold  io.Closer
}

// newKeeper makes a directory under base for a server of the given name that is
// to be ended, should the test process die, with the given signal.
func newKeeper(base, name string, end syscall.Signal) (*keeper, error) {
	dir, err := os.MkdirTemp(base, "parley-"+name+"-")
	if err != nil {
		return nil, fmt.Errorf("make a directory for %s: %w", name, err)
	}
	shell := exec.Command("/bin/sh", "-c", keeping, dir, strconv.Itoa(int(end)))
	// A Ctrl-C is for the tests; the keeper hears of it when they are gone.
	shell.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	hold, err := shell.StdinPipe()
	if err == nil {
		err = shell.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("keep %s: %w", name, err)
	}
	return &keeper{dir: dir, shell: shell, hold: hold}, nil
}

// knows tells the keeper which process to end.
func (k *keeper) knows(pid int) error {
	return os.WriteFile(filepath.Join(k.dir, "pid"), []byte(strconv.Itoa(pid)), 0o600)
}

// forgets tells the keeper that the process is gone.
func (k *keeper) forgets() error {
	return os.Remove(filepath.Join(k.dir, "pid"))
}

// release ends the server and returns when its directory is gone.
func (k *keeper) release() error {
	if err := k.hold.Close(); err != nil {
		return fmt.Errorf("release %s: %w", k.dir, err)
	}
	if err := k.shell.Wait(); err != nil {
		return fmt.Errorf("remove %s: %w", k.dir, err)
	}
	return nil
}
