package simulator_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"parley/internal/simulator"
	"parley/templates"
)

var correspondents = []simulator.Person{
	{ID: "P1", Name: "Sam Example", Role: "paying parent", Case: "300012345678", Email: "sam@example.com", Language: templates.English},
	{ID: "R1", Name: "Ali <Example>", Role: "receiving parent", Case: "300012345678", Email: "ali@example.org", Language: templates.Welsh},
	{ID: "P2", Name: "Jo Other", Role: "paying parent", Case: "300099999999", Language: templates.English},
}

// inbox stands for the gateway's mail server.
type inbox struct {
	mu    sync.Mutex
	from  string
	to    []string
	mails []string
	fails *smtp.SMTPError
}

func (i *inbox) NewSession(*smtp.Conn) (smtp.Session, error) { return i, nil }
func (i *inbox) Mail(from string, _ *smtp.MailOptions) error { i.from, i.to = from, nil; return nil }
func (i *inbox) Rcpt(to string, _ *smtp.RcptOptions) error   { i.to = append(i.to, to); return nil }
func (i *inbox) Reset()                                      {}
func (i *inbox) Logout() error                               { return nil }
func (i *inbox) Data(r io.Reader) error {
	content, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.fails != nil {
		return i.fails
	}
	i.mails = append(i.mails, fmt.Sprintf("%s > %s\n%s", i.from, strings.Join(i.to, ","), strings.ReplaceAll(string(content), "\r\n", "\n")))
	return nil
}

// last is the last message that the gateway has.
func (i *inbox) last(t *testing.T) string {
	t.Helper()
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.mails) == 0 {
		t.Fatal("the gateway has no message")
	}
	return i.mails[len(i.mails)-1]
}

// newMailbox runs mailboxes with their mail server, page and a gateway.
func newMailbox(t *testing.T) (m *simulator.Mailbox, gateway *inbox, mailAt, pageAt string) {
	t.Helper()
	listen := func() net.Listener {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	gateway = &inbox{}
	server, door := smtp.NewServer(gateway), listen()
	go func() { _ = server.Serve(door) }()
	t.Cleanup(func() { server.Close() })
	ids := 0
	m, err := simulator.NewMailbox(simulator.MailboxConfig{
		Gateway: door.Addr().String(), Service: "messages@mail.example",
		People: func(context.Context) ([]simulator.Person, error) { return correspondents, nil },
		Dialogs: func() []simulator.DialogChoice {
			return []simulator.DialogChoice{{Name: "income-change", Title: "Income"}, {Name: "other", For: "receiving parent"}}
		},
		Start: func(_ context.Context, person, _ string) error {
			if person == "R1" {
				return errors.New("one is open")
			}
			return nil
		},
		Clock: func() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) },
		NewID: func() string { ids++; return fmt.Sprintf("id-%d", ids) },
	})
	if err != nil {
		t.Fatal(err)
	}
	mailDoor := listen()
	go func() { _ = m.Serve(mailDoor) }()
	t.Cleanup(func() { m.Close(context.Background()) })
	page := httptest.NewServer(m)
	t.Cleanup(page.Close)
	return m, gateway, mailDoor.Addr().String(), page.URL
}

const arriving = "From: <messages@mail.example>\r\nReply-To: <reply+t@mail.example>\r\nTo: <sam@example.com>\r\nSubject: A message for you\r\n" +
	"Message-ID: <m1@mail.example>\r\nReferences: <c1@mail.example>\r\nList-Unsubscribe: <%s>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" +
	"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nUp or down? <b>£5</b>\r\n--B\r\nContent-Type: text/html\r\n\r\n<p>Up</p>\r\n--B--\r\n"

func deliver(at, to, content string) error {
	client, err := smtp.Dial(at)
	if err != nil {
		return err
	}
	defer client.Close()
	return client.SendMail("bounce@mail.example", []string{to}, strings.NewReader(content))
}

// TestMailComesAndIsAnsweredInItsThread by way of the page alone.
func TestMailComesAndIsAnsweredInItsThread(t *testing.T) {
	m, gateway, mailAt, pageAt := newMailbox(t)
	if err := deliver(mailAt, "SAM@example.com", fmt.Sprintf(arriving, "https://x.example")); err != nil {
		t.Fatal(err)
	}
	got := m.Mails("sam@example.com")
	if len(got) != 1 || got[0].Text != "Up or down? <b>£5</b>" || got[0].To != "reply+t@mail.example" || got[0].Mine {
		t.Fatalf("the mailbox has %+v", got)
	}
	page := getPage(t, pageAt+"/simulator/mailbox?case=300012345678")
	for _, want := range []string{"Up or down? &lt;b&gt;£5&lt;/b&gt;", `value="m1@mail.example"`, "Ali &lt;Example&gt;", "Answers the message of <b>10:00</b>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	var form bytes.Buffer
	fields := multipart.NewWriter(&form)
	_ = fields.WriteField("text", "down")
	_ = fields.WriteField("answers", "m1@mail.example")
	file, _ := fields.CreateFormFile("file", "payslip.pdf")
	_, _ = file.Write([]byte("%PDF-1.4 a payslip"))
	_ = fields.Close()
	answer, err := http.Post(pageAt+"/simulator/mailbox/P1/mails", fields.FormDataContentType(), &form)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("answering: %v, %v", answer, err)
	}
	sent := gateway.last(t)
	for _, want := range []string{
		"sam@example.com > reply+t@mail.example\n", "In-Reply-To: <m1@mail.example>", "References: <c1@mail.example> <m1@mail.example>",
		"Subject: Re: A message for you", "down\n\nOn Mon, 23 Nov 2026 at 10:00, <messages@mail.example> wrote:\n\n> Up or down?", "filename=payslip.pdf",
	} {
		if !strings.Contains(sent, want) {
			t.Errorf("the gateway got no %q in\n%s", want, sent)
		}
	}
	if own := m.Mails("sam@example.com"); len(own) != 2 || !own[1].Mine {
		t.Errorf("the mailbox has %+v", own)
	}
}

// TestWhatThePageRefuses, each with a reason.
func TestWhatThePageRefuses(t *testing.T) {
	_, gateway, mailAt, pageAt := newMailbox(t)
	gateway.fails = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "not now"}
	for _, c := range []struct {
		path, form string
		status     int
		want       string
	}{
		{"P1/mails", "text=down", 422, "451 not now"},
		{"P1/mails", "text=", 422, "type a message"},
		{"P1/mails", "text=down&answers=gone", 422, "not there any more"},
		{"P2/mails", "text=down", 404, "no such mailbox"},
		{"P1/conversations", "dialog=other", 422, "no such dialog"},
		{"P1/conversations", "dialog=income-change", 200, ""},
		{"R1/conversations", "dialog=income-change", 422, "one is open"},
		{"P1/unsubscribe", "mail=m1", 422, "no way to unsubscribe"},
	} {
		form, err := url.ParseQuery(c.form)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.PostForm(pageAt+"/simulator/mailbox/"+c.path, form)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != c.status || !strings.Contains(strings.ToLower(string(body)), c.want) {
			t.Errorf("%s %s: %d %s, want %d %q", c.path, c.form, answer.StatusCode, body, c.status, c.want)
		}
	}
	var refusal *smtp.SMTPError
	if err := deliver(mailAt, "nobody@example.com", fmt.Sprintf(arriving, "")); !errors.As(err, &refusal) || refusal.Code != 550 {
		t.Errorf("mail for nobody: %v, want 550", err)
	}
}

// TestOneClick unsubscribes where the message says.
func TestOneClick(t *testing.T) {
	_, _, mailAt, pageAt := newMailbox(t)
	var clicked string
	door := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		clicked = r.Method + " " + r.URL.Path + " " + r.FormValue("List-Unsubscribe")
	}))
	defer door.Close()
	if err := deliver(mailAt, "sam@example.com", fmt.Sprintf(arriving, door.URL+"/stop")); err != nil {
		t.Fatal(err)
	}
	answer, err := http.PostForm(pageAt+"/simulator/mailbox/P1/unsubscribe", url.Values{"mail": {"m1@mail.example"}})
	if err != nil || answer.StatusCode != http.StatusOK || clicked != "POST /stop One-Click" {
		t.Errorf("%v, %v: the sender heard %q", answer, err, clicked)
	}
}

func getPage(t *testing.T, at string) string {
	t.Helper()
	answer, err := http.Get(at)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d, %v", at, answer.StatusCode, err)
	}
	return string(body)
}
