package email_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/channels/channeltest"
	"parley/channels/email"
	"parley/gateway"
	"parley/internal/simulator"
)

// TestBothWays holds a conversation with an imagined parent, over SMTP in both
// directions.
func TestBothWays(t *testing.T) {
	relay, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	unsubscribe := httptest.NewUnstartedServer(nil)
	unsubscribe.Start()
	defer unsubscribe.Close()
	channel := newChannel(t, relay.Addr().String(), func(c *email.Config) { c.PublicURL = unsubscribe.URL })
	receiver, dns := &channeltest.Receiver{}, &simulatedNames{}
	unsubscribe.Config.Handler = channel.Handler(receiver)
	_, at := newServer(t, channel, email.ServerConfig{Receiver: receiver, Resolver: dns, Evidence: &cupboard{}})
	ids := 0
	mailbox, err := simulator.NewMailbox(simulator.MailboxConfig{
		Gateway: at, Service: mailbox, Dialogs: func() []simulator.DialogChoice { return nil },
		People: func(context.Context) ([]simulator.Person, error) {
			return []simulator.Person{{ID: "P1", Name: "Sam Example", Email: sam}}, nil
		},
		Start: func(context.Context, string, string) error { return nil },
		Clock: func() time.Time { return now }, NewID: func() string { ids++; return fmt.Sprintf("id-%d", ids) },
	})
	if err != nil {
		t.Fatal(err)
	}
	dns.Mailbox = mailbox
	go func() { _ = mailbox.Serve(relay) }()
	t.Cleanup(func() { _ = mailbox.Close(context.Background()) })

	m := gateway.Message{ID: "m-1", Conversation: "c-1", To: address, Subject: gateway.Approach, Text: "Has your pay gone up or down?\n1. up\n2. down"}
	if _, err := channel.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	came := mailbox.Mails(sam)
	if len(came) != 1 || came[0].Text != m.Text {
		t.Fatalf("the parent has %+v", came)
	}
	for _, l := range []simulator.Letter{
		{From: sam, Name: "Sam Example", Text: "2", Answers: &came[0], FileName: "payslip.pdf", File: []byte("%PDF-1.4")},
		{From: sam, Name: "Sam Example", Text: "1", Answers: &came[0], Forged: true},
	} {
		if err := mailbox.Send(l); err != nil {
			t.Fatal(err)
		}
	}
	got := receiver.Inbound()
	if len(got) != 2 || got[0].Text != "2" || got[0].Unverified != "" || len(got[0].Files) != 1 || !strings.HasPrefix(got[0].To, "reply+c-1.") {
		t.Fatalf("the parent's answer came as %+v", got)
	}
	if got[1].Unverified == "" {
		t.Errorf("the forger's answer came as %+v", got[1])
	}
	page := httptest.NewServer(mailbox)
	defer page.Close()
	answer, err := http.PostForm(page.URL+"/simulator/mailbox/P1/unsubscribe", url.Values{"mail": {came[0].ID}})
	if got := receiver.Inbound(); err != nil || answer.StatusCode != http.StatusOK || len(got) != 3 || got[2].Keyword != gateway.Stop {
		t.Errorf("unsubscribing: %v, %v", answer, err)
	}
}

// simulatedNames is the mailboxes' DNS, known once they are.
type simulatedNames struct{ *simulator.Mailbox }
