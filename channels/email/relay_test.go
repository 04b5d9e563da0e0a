package email_test

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"

	"parley/channels/channeltest"
)

// postOffice is a relay that does as its test says: it speaks SMTP, keeps what
// it gets and, when told to, fails in the ways that relays do.
type postOffice struct {
	listener net.Listener

	mu        sync.Mutex
	behaviour channeltest.Behaviour
	answers   map[string]string // to commands and, as ".", to messages, in place of its own
	mails     []delivery
	dialled   int
}

// delivery is a message that a relay has.
type delivery struct{ from, to, content string }

func newPostOffice(t testing.TB) *postOffice {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := &postOffice{listener: listener, answers: map[string]string{}}
	var all sync.WaitGroup
	t.Cleanup(func() { listener.Close(); all.Wait() })
	all.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			stop := func() { conn.Close() }
			t.Cleanup(stop)
			all.Go(func() { defer conn.Close(); o.talk(conn) })
		}
	})
	return o
}

func (o *postOffice) address() string { return o.listener.Addr().String() }

func (o *postOffice) behave(b channeltest.Behaviour) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.behaviour = b
}

// answer makes it answer a command ("MAIL", "RCPT", "DATA", ".", "HELO") in its
// own way from now on; empty: as usual again.
func (o *postOffice) answer(command, with string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.answers[command] = with
}

func (o *postOffice) taken() []delivery {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]delivery(nil), o.mails...)
}

func (o *postOffice) connections() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.dialled
}

func (o *postOffice) said(command, usual string) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	if with := o.answers[command]; with != "" {
		return with
	}
	return usual
}

// talk holds one session.
func (o *postOffice) talk(conn net.Conn) {
	o.mu.Lock()
	o.dialled++
	o.mu.Unlock()
	lines := bufio.NewReader(conn)
	say := func(format string, args ...any) { fmt.Fprintf(conn, format+"\r\n", args...) }
	say("%s", o.said("HELO", "220 relay.example ESMTP"))
	var d delivery
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		command, argument, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch command = strings.ToUpper(command); command {
		case "EHLO":
			say("250-relay.example\r\n250 SIZE 1000000")
		case "MAIL":
			d = delivery{from: between(argument)}
			say("%s", o.said(command, "250 2.1.0 ok"))
		case "RCPT":
			d.to = between(argument)
			say("%s", o.said(command, "250 2.1.5 ok"))
		case "DATA":
			reply := o.said(command, "354 go on")
			say("%s", reply)
			if strings.HasPrefix(reply, "354") && !o.takeMail(lines, d, say) {
				return
			}
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// takeMail reads a message and answers it; false breaks the connection.
func (o *postOffice) takeMail(lines *bufio.Reader, d delivery, say func(string, ...any)) bool {
	var content strings.Builder
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		content.WriteString(strings.TrimPrefix(line, "."))
	}
	d.content = content.String()
	reply := o.said(".", "250 2.0.0 queued as 4F3D")
	o.mu.Lock()
	behaviour := o.behaviour
	if strings.HasPrefix(reply, "2") && behaviour != channeltest.Refuses && behaviour != channeltest.Postpones {
		o.mails = append(o.mails, d)
	}
	o.mu.Unlock()
	switch behaviour {
	case channeltest.Refuses:
		say("550 5.1.1 <%s>: no such user xylophone", d.to)
	case channeltest.Postpones:
		say("451 4.3.0 <%s>: try again later", d.to)
	case channeltest.Hangs:
		_, _ = lines.ReadString('\n')
		return false
	case channeltest.CutsOff:
		return false
	case channeltest.Garbles:
		say("%%!PS-Adobe")
	default:
		say("%s", reply)
	}
	return true
}

func between(argument string) string {
	_, rest, _ := strings.Cut(argument, "<")
	address, _, _ := strings.Cut(rest, ">")
	return address
}
