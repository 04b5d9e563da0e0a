package servertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// patience is how long a server may take to come up, or to go down.
const patience = 30 * time.Second

// A kind of server: how to run one, how to know that it answers, and how to
// end it.
type kind struct {
	name      string
	command   func(dir string, port int) *exec.Cmd
	url       func(port int) string
	ping      func(ctx context.Context, url string) error
	shutdown  syscall.Signal // ends it in good order
	crash     syscall.Signal // ends it at once, nothing more written
	processes func(pid int) ([]int, error)
}

// A process is one server, running or stopped, on a port that it keeps.
type process struct {
	kind
	keeper *keeper
	port   int
	main   *exec.Cmd     // nil while stopped
	gone   chan struct{} // closed when main has exited
	paused bool
}

// newProcess prepares a server in a new directory under base and starts it.
// Another process can take the port before the server does, hence the second
// try.
func newProcess(k kind, base string, prepare func(dir string) error) (*process, error) {
	keeper, err := newKeeper(base, k.name, k.crash)
	if err != nil {
		return nil, err
	}
	p := &process{kind: k, keeper: keeper}
	err = prepare(keeper.dir)
	for range 2 {
		if err != nil {
			break
		}
		if p.port, err = freePort(); err != nil {
			break
		}
		if err = p.start(); err == nil {
			return p, nil
		}
	}
	return nil, errors.Join(err, keeper.release())
}

// start runs the server and returns when it answers.
func (p *process) start() error {
	if p.main != nil {
		return fmt.Errorf("start %s: it runs already", p.name)
	}
	log, err := os.OpenFile(p.logPath(), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("start %s: %w", p.name, err)
	}
	defer log.Close() // the server has its own copy
	main := p.command(p.keeper.dir, p.port)
	main.Stdout, main.Stderr = log, log
	if main.SysProcAttr == nil {
		main.SysProcAttr = &syscall.SysProcAttr{}
	}
	main.SysProcAttr.Setpgid = true // a Ctrl-C is for the tests
	if err := main.Start(); err != nil {
		return fmt.Errorf("start %s: %w", p.name, err)
	}
	gone := make(chan struct{})
	go func() {
		_ = main.Wait() // how it exited is in its log
		close(gone)
	}()
	p.main, p.gone = main, gone
	if err := p.keeper.knows(main.Process.Pid); err != nil {
		return errors.Join(fmt.Errorf("start %s: %w", p.name, err), p.end(p.crash))
	}
	if err := p.answers(); err != nil {
		return errors.Join(err, p.end(p.crash))
	}
	return nil
}

// answers waits until the server answers a ping.
func (p *process) answers() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	retry := time.NewTicker(5 * time.Millisecond)
	defer retry.Stop()
	for {
		err := p.ping(ctx, p.url(p.port))
		if err == nil {
			return nil
		}
		select {
		case <-retry.C:
		case <-p.gone:
			return fmt.Errorf("start %s: it exited: %s", p.name, p.log())
		case <-ctx.Done():
			return fmt.Errorf("start %s: no answer in %v: %w: %s", p.name, patience, err, p.log())
		}
	}
}

// end sends the server a signal that it dies of and returns when it is gone.
func (p *process) end(signal syscall.Signal) error {
	if p.main == nil {
		return fmt.Errorf("stop %s: it does not run", p.name)
	}
	if p.paused {
		if err := p.resume(); err != nil {
			return err
		}
	}
	if err := p.main.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop %s: %w", p.name, err)
	}
	select {
	case <-p.gone:
	case <-time.After(patience):
		return fmt.Errorf("stop %s: still there after %v: %s", p.name, patience, p.log())
	}
	p.main = nil
	if err := p.keeper.forgets(); err != nil {
		return fmt.Errorf("stop %s: %w", p.name, err)
	}
	return nil
}

// pause freezes the server: connections stay open and nothing answers, as
// when a machine hangs. The first process goes first, so that it makes no more.
func (p *process) pause() error {
	if p.main == nil || p.paused {
		return fmt.Errorf("pause %s: it does not run", p.name)
	}
	p.paused = true
	if err := p.main.Process.Signal(syscall.SIGSTOP); err != nil {
		return fmt.Errorf("pause %s: %w", p.name, err)
	}
	return p.signalChildren(syscall.SIGSTOP)
}

// resume lets a paused server go on.
func (p *process) resume() error {
	if p.main == nil || !p.paused {
		return fmt.Errorf("resume %s: it is not paused", p.name)
	}
	p.paused = false
	if err := p.signalChildren(syscall.SIGCONT); err != nil {
		return err
	}
	if err := p.main.Process.Signal(syscall.SIGCONT); err != nil {
		return fmt.Errorf("resume %s: %w", p.name, err)
	}
	return nil
}

func (p *process) signalChildren(signal syscall.Signal) error {
	children, err := p.processes(p.main.Process.Pid)
	if err != nil {
		return fmt.Errorf("list the processes of %s: %w", p.name, err)
	}
	for _, child := range children {
		if err := syscall.Kill(child, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("signal a process of %s: %w", p.name, err)
		}
	}
	return nil
}

func (p *process) logPath() string { return filepath.Join(p.keeper.dir, "log") }

// remove ends the server, if it runs, and removes its directory.
func (p *process) remove() error {
	var err error
	if p.main != nil {
		err = p.end(p.crash)
	}
	return errors.Join(err, p.keeper.release())
}

// log returns the end of what the server has logged.
func (p *process) log() string {
	const enough = 2000
	text, err := os.ReadFile(p.logPath())
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-enough):])
}
