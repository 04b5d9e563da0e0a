package chaos

import (
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"time"
)

// echo is a server that says what it is told.
func echo(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go func() { _, _ = io.Copy(c, c); c.Close() }()
		}
	}()
	return listener.Addr().String()
}

func dial(t *testing.T, p *Proxy) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", p.Address())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// says sends a word and reads it back within a time.
func says(c net.Conn, word string, within time.Duration) error {
	if err := c.SetDeadline(time.Now().Add(within)); err != nil {
		return err
	}
	if _, err := io.WriteString(c, word); err != nil {
		return err
	}
	_, err := io.ReadFull(c, make([]byte, len(word)))
	return err
}

func TestALine(t *testing.T) {
	const long, short = time.Minute, 50 * time.Millisecond
	p, err := NewProxy(echo(t))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	c := dial(t, p)
	good := func(when string, c net.Conn) {
		t.Helper()
		if err := says(c, "hello", long); err != nil {
			t.Fatalf("%s: %v", when, err)
		}
	}
	good("at first", c)

	p.Freeze()
	if err := says(c, "hello", short); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("frozen: %v", err)
	}
	p.Mend()
	if err := c.SetDeadline(time.Now().Add(long)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(c, make([]byte, len("hello"))); err != nil {
		t.Errorf("what was frozen is lost: %v", err)
	}

	const delay = 20 * time.Millisecond
	p.Slow(delay)
	begun := time.Now()
	good("slow", c)
	if took := time.Since(begun); took < 2*delay {
		t.Errorf("slow both ways, it took %v", took)
	}

	p.Cut()
	if err := says(c, "hello", long); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("cut: %v", err)
	}
	if err := says(dial(t, p), "hello", long); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("begun while it is cut: %v", err)
	}
	p.Mend()
	good("mended", dial(t, p))
}

func TestALineEndsWhileItIsFrozen(t *testing.T) {
	p, err := NewProxy(echo(t))
	if err != nil {
		t.Fatal(err)
	}
	c := dial(t, p)
	if err := says(c, "hello", time.Minute); err != nil {
		t.Fatal(err)
	}
	p.Freeze()
	if _, err := io.WriteString(c, "into the ice"); err != nil {
		t.Fatal(err)
	}
	p.Close()
}
