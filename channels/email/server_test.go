package email_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"parley/channels/channeltest"
	"parley/channels/email"
	"parley/gateway"
	"parley/gateway/directory"
)

// replyAddress is where an answer to a message of a conversation goes, as Send
// wrote it.
func replyAddress(t testing.TB, channel *email.Channel, office *postOffice, to string) string {
	t.Helper()
	_, err := channel.Send(t.Context(), gateway.Message{ID: "m-1", Conversation: "c-1", To: gateway.Address{Channel: directory.Email, Value: to}, Text: "Up or down?"})
	if err != nil {
		t.Fatal(err)
	}
	mails := office.taken()
	header := readComposed(t, mails[len(mails)-1].content).header
	list, err := header.AddressList("Reply-To")
	if err != nil {
		t.Fatal(err)
	}
	return list[0].Address
}

// TestRecipients: only addresses of ours, and no hint of what others there are.
func TestRecipients(t *testing.T) {
	office := newPostOffice(t)
	channel := newChannel(t, office.address())
	reply := replyAddress(t, channel, office, sam)
	bounce := office.taken()[0].from
	other := newChannel(t, office.address(), func(c *email.Config) { c.Secret = []byte(strings.Repeat("another secret ", 3)) })
	foreign := replyAddress(t, other, office, sam)
	_, at := newServer(t, channel, email.ServerConfig{Receiver: &channeltest.Receiver{}, Resolver: newZone()})
	client, err := smtp.Dial(at)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.Mail(sam, nil); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]int{
		mailbox:                   250,
		"MESSAGES@MAIL.EXAMPLE":   250,
		"postmaster@mail.example": 250,
		reply:                     250,
		strings.Replace(reply, "reply+", "Reply+", 1): 250,
		bounce:  250,
		foreign: 550,
		strings.Replace(reply, "reply+", "bounce+", 1):  550,
		strings.Replace(reply, "c-1", "c-2", 1):         550,
		strings.Replace(bounce, "m-1", "m-2", 1):        550,
		reply[:len(reply)-len(domain)-2] + "@" + domain: 550,
		"reply+@mail.example":                           550,
		"reply@mail.example":                            550,
		"sam@mail.example":                              550,
		"messages@other.example":                        550,
		"messages%other.example@mail.example":           550,
	} {
		err := client.Rcpt(address, nil)
		if got := refusalCode(err); got != want && !(err == nil && want == 250) {
			t.Errorf("RCPT %s: %v, want %d", address, err, want)
		}
	}
}

// TestOneMessageHasOneID, however often and along whichever way it comes.
func TestOneMessageHasOneID(t *testing.T) {
	receiver := &channeltest.Receiver{}
	_, at := newServer(t, newChannel(t, "relay.example:25"), email.ServerConfig{Receiver: receiver, Resolver: newZone()})
	message := note(sam, "down")
	for _, m := range []string{
		message, message,
		"Received: from out2.post.example by relay.example; Mon, 23 Nov 2026 10:01:00 +0000\n" + message,
		note(sam, "up"),
		strings.Replace(message, "<m1@", "<m2@", 1),
	} {
		if err := mailFrom(t, at, sam, m, mailbox); err != nil {
			t.Fatal(err)
		}
	}
	got := receiver.Inbound()
	ids := map[string]bool{}
	for _, in := range got {
		ids[in.ProviderID] = true
	}
	if got[0].ProviderID != got[1].ProviderID || got[0].ProviderID != got[2].ProviderID || len(ids) != 3 {
		t.Errorf("%d ids of three different messages", len(ids))
	}
}

// TestAuthorsAreWrittenAsTheDirectoryHasThem: in small letters and ASCII.
func TestAuthorsAreWrittenAsTheDirectoryHasThem(t *testing.T) {
	for from, want := range map[string]string{
		"Sam Example <SAM@Post.Example>":            sam,
		`"Example, Sam" <sam@post.example>`:         sam,
		"=?utf-8?q?Si=C3=A2n?= <sian@post.example>": "sian@post.example",
		"sam@bücher.example":                        "sam@xn--bcher-kva.example",
		"sam+cms@post.example":                      "sam+cms@post.example",
	} {
		receiver := &channeltest.Receiver{}
		_, at := newServer(t, newChannel(t, "relay.example:25"), email.ServerConfig{Receiver: receiver, Resolver: newZone()})
		if err := mailFrom(t, at, sam, note(from, "down"), mailbox); err != nil {
			t.Errorf("%s: %v", from, err)
			continue
		}
		if got := receiver.Inbound(); len(got) != 1 || got[0].From.Value != want || got[0].From.Channel != directory.Email {
			t.Errorf("%s came as %+v, want %s", from, got, want)
		}
	}
}

// TestKeywords: STOP in an email is all of its new words, or its subject.
func TestKeywords(t *testing.T) {
	for _, c := range []struct {
		subject, words string
		want           gateway.Keyword
	}{
		{"Re: A message for you", "STOP", gateway.Stop},
		{"Re: A message for you", "Stop.\n\nSent from my iPhone", gateway.Stop},
		{"Re: A message for you", "Please stop emailing me!", gateway.Stop},
		{"Re: A message for you", "unsubscribe", gateway.Stop},
		{"unsubscribe", "", gateway.Stop},
		{"Re: Neges i chi", "Stopiwch", gateway.Stop},
		{"Re: Neges i chi", "Dim mwy o e-byst, diolch", gateway.Stop},
		{"START", "", gateway.Begin},
		{"unsubscribe", "My pay went down", gateway.NoKeyword},
		{"Re: A message for you", "I had to stop work in March", gateway.NoKeyword},
		{"Re: A message for you", "Do not email me before 9", gateway.NoKeyword},
		{"Re: A message for you", "", gateway.NoKeyword},
	} {
		receiver := &channeltest.Receiver{}
		_, at := newServer(t, newChannel(t, "relay.example:25"), email.ServerConfig{Receiver: receiver, Resolver: newZone()})
		message := strings.Replace(note(sam, c.words), "Re: A message for you", c.subject, 1)
		if err := mailFrom(t, at, sam, message, mailbox); err != nil {
			t.Fatal(err)
		}
		if got := receiver.Inbound(); len(got) != 1 || got[0].Keyword != c.want {
			t.Errorf("%q, %q came as %+v, want keyword %q", c.subject, c.words, got, c.want)
		}
	}
}

// cupboard is evidence as a test keeps it.
type cupboard struct {
	mu    sync.Mutex
	taken []string
	fails error
}

func (c *cupboard) Take(_ context.Context, _ gateway.Address, _ directory.PersonID, name string, content io.Reader) (gateway.File, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	data, err := io.ReadAll(content)
	switch {
	case err != nil:
		return gateway.File{}, err
	case c.fails != nil:
		return gateway.File{}, c.fails
	case strings.HasSuffix(name, ".exe"):
		return gateway.File{}, fmt.Errorf("look at it: %w", gateway.ErrFileKind)
	}
	c.taken = append(c.taken, fmt.Sprintf("%s %d", name, len(data)))
	return gateway.File{ID: gateway.FileID(fmt.Sprintf("f-%d", len(c.taken)))}, nil
}

// withFiles is a message with a photo, a program, the logo of a signature and
// a photo that a page shows.
func withFiles(from string) string {
	part := func(header, content string) string { return "--B\n" + header + "\n\n" + content + "\n" }
	picture := func(bytes int) string { return strings.Repeat("QUFB\n", bytes/3) }
	return "From: " + from + "\nTo: " + mailbox + "\nMessage-ID: <f1@post.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n" +
		part("Content-Type: text/plain", "Here it is") +
		part("Content-Type: image/jpeg; name=\"../../etc/Payslip May.jpg\"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64", picture(300)) +
		part("Content-Type: application/octet-stream\nContent-Disposition: attachment; filename*=utf-8''setup%2Eexe\nContent-Transfer-Encoding: base64", "AAAA") +
		part("Content-Type: application/pdf\nContent-Disposition: attachment; filename=broken.pdf\nContent-Transfer-Encoding: base64", "!!!") +
		part("Content-Type: multipart/related; boundary=R", "--R\nContent-Type: text/html\n\n<p>Thanks</p><img src=cid:1>\n--R\nContent-Type: image/png; name=logo.png\nContent-ID: <1>\nContent-Transfer-Encoding: base64\n\n"+
			picture(900)+"--R\nContent-Type: image/png; name=photo.png\nContent-ID: <2>\nContent-Transfer-Encoding: base64\n\n"+picture(30_000)+"--R--\n") +
		"--B--\n"
}

func TestFiles(t *testing.T) {
	kept := &cupboard{}
	for _, c := range []struct {
		name, envelope string
		evidence       email.Evidence
		files, media   int
		code           int
	}{
		{"are taken, and those at fault are counted", sam, kept, 2, 2, 250},
		{"are counted where nothing takes them", sam, nil, 0, 4, 250},
		{"of somebody unverified are not opened", "evil@evil.example", kept, 0, 4, 250},
		{"that cannot be kept now come again", sam, &cupboard{fails: errors.New("the disk is full")}, 0, 0, 451},
	} {
		t.Run(c.name, func(t *testing.T) {
			receiver := &channeltest.Receiver{}
			_, at := newServer(t, newChannel(t, "relay.example:25"), email.ServerConfig{Receiver: receiver, Resolver: newZone(), Evidence: c.evidence})
			err := mailFrom(t, at, c.envelope, withFiles(sam), mailbox)
			if c.code == 451 {
				if refusalCode(err) != 451 || len(receiver.Inbound()) > 0 {
					t.Errorf("answered %v with %d passed on, want 451 and none", err, len(receiver.Inbound()))
				}
				return
			}
			got := receiver.Inbound()
			if err != nil || len(got) != 1 || len(got[0].Files) != c.files || got[0].Media != c.media {
				t.Errorf("%v: came as %+v, want %d files and %d not taken", err, got, c.files, c.media)
			}
		})
	}
	if diff := cmp.Diff([]string{"Payslip May.jpg 300", "photo.png 30000"}, kept.taken); diff != "" {
		t.Errorf("taken (-want +got):\n%s", diff)
	}
}

// TestLimits: on size, recipients and circles.
func TestLimits(t *testing.T) {
	receiver := &channeltest.Receiver{}
	_, at := newServer(t, newChannel(t, "relay.example:25"), email.ServerConfig{Receiver: receiver, Resolver: newZone(), MaxBytes: 2000})
	if code := refusalCode(mailFrom(t, at, sam, note(sam, strings.Repeat("down\n", 1000)), mailbox)); code != 552 {
		t.Errorf("a large message: answered %d, want 552", code)
	}
	many := make([]string, 11)
	for i := range many {
		many[i] = mailbox
	}
	if code := refusalCode(mailFrom(t, at, sam, note(sam, "down"), many...)); code != 452 {
		t.Errorf("eleven recipients: answered %d, want 452", code)
	}
	if code := refusalCode(mailFrom(t, at, sam, strings.Repeat("Received: x\n", 51)+note(sam, "down"), mailbox)); code != 554 {
		t.Errorf("in circles: answered %d, want 554", code)
	}
}

// TestRoom: there is room for so many connections, and again when one has left.
func TestRoom(t *testing.T) {
	_, at := newServer(t, newChannel(t, "relay.example:25"), email.ServerConfig{Receiver: &channeltest.Receiver{}, Resolver: newZone(), MaxSessions: 3})
	var open []net.Conn
	for i := range 4 {
		conn, err := net.Dial("tcp", at)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		open = append(open, conn)
		greeting, _ := bufio.NewReader(conn).ReadString('\n')
		if want := map[bool]string{true: "220 ", false: "421 "}[i < 3]; !strings.HasPrefix(greeting, want) {
			t.Errorf("connection %d is greeted %q, want %q", i+1, greeting, want)
		}
	}
	open[0].Close()
	deadline := time.Now().Add(3 * time.Second)
	for mailFrom(t, at, sam, note(sam, "down"), mailbox) != nil {
		if time.Now().After(deadline) {
			t.Fatal("there is no room though one has left")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// TestTheQuietAreShownOut: a connection that says nothing does not stay.
func TestTheQuietAreShownOut(t *testing.T) {
	_, at := newServer(t, newChannel(t, "relay.example:25"), email.ServerConfig{Receiver: &channeltest.Receiver{}, Resolver: newZone(), Timeout: 50 * time.Millisecond})
	conn, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	said, err := io.ReadAll(conn)
	if err != nil || !strings.Contains(string(said), "421") {
		t.Errorf("it heard %q, %v", said, err)
	}
}

// slowReceiver takes its time over a message.
type slowReceiver struct {
	channeltest.Receiver
	entered, leave chan struct{}
}

func (r *slowReceiver) Receive(ctx context.Context, in gateway.Inbound) error {
	close(r.entered)
	<-r.leave
	return r.Receiver.Receive(ctx, in)
}

// TestShutdownFinishesWhatIsUnderWay, and waits for nobody who is idle.
func TestShutdownFinishesWhatIsUnderWay(t *testing.T) {
	receiver := &slowReceiver{entered: make(chan struct{}), leave: make(chan struct{})}
	server, at := newServer(t, newChannel(t, "relay.example:25"), email.ServerConfig{Receiver: receiver, Resolver: newZone()})
	idle, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	defer idle.Close()
	if _, err := bufio.NewReader(idle).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	client, err := smtp.Dial(at)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close() // it stays for another message
	answered := make(chan error, 1)
	go func() {
		answered <- client.SendMail(sam, []string{mailbox}, strings.NewReader(strings.ReplaceAll(note(sam, "down"), "\n", "\r\n")))
	}()
	<-receiver.entered
	stopped := make(chan error, 1)
	go func() { stopped <- server.Shutdown(t.Context()) }()
	select {
	case <-stopped:
		t.Error("it stopped while a message was being stored")
	case <-time.After(50 * time.Millisecond):
	}
	close(receiver.leave)
	if err := <-answered; err != nil {
		t.Errorf("the sender was told %v, and the message is stored", err)
	}
	select {
	case err := <-stopped:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(3 * time.Second):
		t.Fatal("it goes on")
	}
	if len(receiver.Inbound()) != 1 {
		t.Error("the message is not stored")
	}
}
