package chaos

import (
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

// Proxy is a line to a server that can be cut, frozen and made slow.
type Proxy struct {
	listener net.Listener
	target   string
	running  sync.WaitGroup

	mu     sync.Mutex
	state  lineState
	change chan struct{} // closed when the state changes
	lines  map[net.Conn]struct{}
	closed bool
}

// lineState is what a line does with what it is given.
type lineState struct {
	cut, frozen bool
	delay       time.Duration // of each piece, each way
}

// NewProxy opens a line to host:port on a free port of 127.0.0.1.
func NewProxy(target string) (*Proxy, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a line: %w", err)
	}
	p := &Proxy{listener: listener, target: target, change: make(chan struct{}), lines: map[net.Conn]struct{}{}}
	p.running.Go(p.accept)
	return p, nil
}

// Address is where the line begins.
func (p *Proxy) Address() string { return p.listener.Addr().String() }

// Cut breaks every connection off and takes none until Mend.
func (p *Proxy) Cut() { p.turn(lineState{cut: true}) }

// Freeze passes nothing on until Mend; connections stay open, as when packets
// are lost.
func (p *Proxy) Freeze() { p.turn(lineState{frozen: true}) }

// Slow delays every piece each way until Mend.
func (p *Proxy) Slow(delay time.Duration) { p.turn(lineState{delay: delay}) }

// Mend makes the line good.
func (p *Proxy) Mend() { p.turn(lineState{}) }

// Close ends the line.
func (p *Proxy) Close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	_ = p.listener.Close()
	p.Cut()
	p.running.Wait()
}

func (p *Proxy) turn(s lineState) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state = s
	close(p.change)
	p.change = make(chan struct{})
	if s.cut {
		for line := range p.lines {
			_ = line.Close()
		}
	}
}

func (p *Proxy) accept() {
	for {
		near, err := p.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		p.running.Go(func() { p.join(near) })
	}
}

// join passes on between two ends until either is gone.
func (p *Proxy) join(near net.Conn) {
	defer near.Close()
	far, err := net.DialTimeout("tcp", p.target, 5*time.Second)
	if err != nil {
		return
	}
	defer far.Close()
	if !p.hold(near, far) {
		return
	}
	defer p.release(near, far)
	var passing sync.WaitGroup
	passing.Go(func() { p.pass(far, near) })
	passing.Go(func() { p.pass(near, far) })
	passing.Wait()
}

// hold has a connection's ends closed by a cut; false when it is cut already.
func (p *Proxy) hold(ends ...net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.state.cut || p.closed {
		return false
	}
	for _, end := range ends {
		p.lines[end] = struct{}{}
	}
	return true
}

func (p *Proxy) release(ends ...net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, end := range ends {
		delete(p.lines, end)
	}
}

// pass copies one way, as the line allows.
func (p *Proxy) pass(to, from net.Conn) {
	defer to.Close()
	defer from.Close()
	piece := make([]byte, 32<<10)
	for {
		n, err := from.Read(piece)
		if n > 0 {
			p.wait()
			if _, err := to.Write(piece[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// wait returns when a piece may pass.
func (p *Proxy) wait() {
	for {
		p.mu.Lock()
		state, change := p.state, p.change
		p.mu.Unlock()
		if !state.frozen {
			time.Sleep(state.delay)
			return
		}
		<-change
	}
}
