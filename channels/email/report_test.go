package email_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/channels/channeltest"
	"parley/channels/email"
	"parley/gateway"
	"parley/gateway/directory"
)

// deliveryStatus is a report about one message (RFC 3464), as Postfix writes it.
func deliveryStatus(action, status, diagnostic string) string {
	report := `From: MAILER-DAEMON@relay.example
To: bounces
Subject: Delivery report
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

This is the mail system at host relay.example.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
X-Postfix-Queue-ID: 4F3D

Final-Recipient: rfc822; sam@post.example
Action: ` + action + `
Status: ` + status + `
`
	if diagnostic != "" {
		report += "Diagnostic-Code: " + diagnostic + "\n"
	}
	return report + "\n--B--\n"
}

// complaint is a report of a person's mail system that they do not want a
// message (RFC 5965).
func complaint(kind, fields, original string) string {
	return `From: feedback@post.example
To: ` + mailbox + `
Subject: FW: A message for you
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="B"

--B
Content-Type: text/plain

This is a complaint.

--B
Content-Type: message/feedback-report

Feedback-Type: ` + kind + `
User-Agent: Post/1.0
Version: 1
` + fields + `
--B
Content-Type: text/rfc822-headers

` + original + `
--B--
`
}

// TestWhatMailSystemsSay goes to the status of the message that it is about.
func TestWhatMailSystemsSay(t *testing.T) {
	office := newPostOffice(t)
	channel := newChannel(t, office.address())
	receipt, err := channel.Send(t.Context(), gateway.Message{ID: "m-1", To: address, Text: "Up or down?"})
	if err != nil {
		t.Fatal(err)
	}
	bounce, id := office.taken()[0].from, receipt.ProviderID
	update := func(status gateway.Status, code string) *gateway.StatusUpdate {
		return &gateway.StatusUpdate{Message: "m-1", Channel: directory.Email, ProviderID: id, Status: status, Code: code}
	}
	goneUpdate := update(gateway.Undelivered, "550 5.1.1")
	goneUpdate.Gone = true
	complained := update(gateway.Undelivered, "complaint")
	complained.OptedOut = true
	automatic := func(header string) string { return header + "\n" + note(sam, "I am on holiday. Yes.") }

	for _, c := range []struct {
		name, envelope, to, message string
		want                        *gateway.StatusUpdate // nil: nothing comes of it
	}{
		{"no such mailbox", "", bounce, deliveryStatus("failed", "5.1.1", "smtp; 550 5.1.1 <sam@post.example>: unknown"), goneUpdate},
		{"a full mailbox, for too long", "", bounce, deliveryStatus("failed", "4.2.2", "smtp; 452-4.2.2 full\n and more"), update(gateway.Undelivered, "452 4.2.2")},
		{"a mailbox that could not be found for too long", "", bounce, deliveryStatus("failed", "4.1.1", ""), update(gateway.Undelivered, "0 4.1.1")},
		{"refused as unwanted", "", bounce, deliveryStatus("failed", "5.7.1", "smtp; 554 5.7.1 spam"), update(gateway.Undelivered, "554 5.7.1")},
		{"delivered", "", bounce, deliveryStatus("delivered", "2.0.0", ""), update(gateway.Delivered, "")},
		{"passed on", "", bounce, deliveryStatus("relayed", "2.0.0", ""), update(gateway.Sent, "")},
		{"late", "", bounce, deliveryStatus("delayed", "4.4.1", ""), nil},
		{"failed, and no reason that can be read", "", bounce, deliveryStatus("failed", "five", "smtp; oh dear"), update(gateway.Undelivered, "0")},
		{"to the mailbox, with our message in it", "", mailbox,
			strings.Replace(deliveryStatus("failed", "5.1.1", ""), "--B--", "--B\nContent-Type: message/rfc822\n\nMessage-ID: <"+id+">\nSubject: A message for you\n\nUp or down?\n--B--", 1),
			func() *gateway.StatusUpdate { u := *goneUpdate; u.Code = "0 5.1.1"; return &u }()},
		{"to the mailbox, with a message that is not ours", "", mailbox,
			strings.Replace(deliveryStatus("failed", "5.1.1", ""), "--B--", "--B\nContent-Type: message/rfc822\n\nMessage-ID: <m-1.aaaaaaaaaaaaaaaaaaaa@mail.example>\n\n\n--B--", 1), nil},
		{"a bounce in a form of its own", "", bounce, "From: MAILER-DAEMON@q.example\n\nHi. This is the qmail-send program.", update(gateway.Undelivered, "bounce")},
		{"a bounce of nothing of ours", "", mailbox, "From: MAILER-DAEMON@q.example\n\nHi.", nil},

		{"a complaint with our message", "feedback@post.example", mailbox, complaint("abuse", "", "Message-ID: <"+id+">"), complained},
		{"a complaint with our envelope", "feedback@post.example", mailbox, complaint("abuse", "Original-Mail-From: <"+bounce+">\n", "Subject: x"), complained},
		{"a complaint about somebody else's", "feedback@post.example", mailbox, complaint("abuse", "Original-Mail-From: <x@else.example>\n", "Message-ID: <1@else.example>"), nil},
		{"no complaint", "feedback@post.example", mailbox, complaint("not-spam", "", "Message-ID: <"+id+">"), nil},
		{"a read receipt", sam, bounce, strings.Replace(deliveryStatus("displayed", "", ""), "delivery-status;", "disposition-notification;", 1), nil},

		{"out of office, to the return path", sam, bounce, automatic("Auto-Submitted: auto-replied"), update(gateway.Sent, "auto-reply")},
		{"out of office, from a null return path", "", bounce, automatic("Auto-Submitted: auto-replied (vacation)"), update(gateway.Sent, "auto-reply")},
		{"out of office, in the thread", sam, mailbox, automatic("Auto-Submitted: auto-replied\nIn-Reply-To: <" + id + ">"), update(gateway.Sent, "auto-reply")},
		{"out of office, by Exchange", sam, mailbox, automatic("X-Auto-Response-Suppress: All"), nil},
		{"out of office, by its subject", sam, mailbox, strings.Replace(note(sam, "x"), "Re: A message", "Automatic reply: A message", 1), nil},
		{"out of office, in Welsh", sam, mailbox, strings.Replace(note(sam, "x"), "Re: A message", "Ateb awtomatig: Neges", 1), nil},
		{"a list", sam, mailbox, automatic("List-Id: <x.example>"), nil},
		{"bulk", sam, mailbox, automatic("Precedence: bulk"), nil},
		{"an auto-responder of old", sam, mailbox, automatic("X-Autoreply: yes"), nil},
		{"our own message come back", bounce, mailbox, automatic("Auto-Submitted: auto-generated"), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			receiver := &channeltest.Receiver{}
			_, at := newServer(t, channel, email.ServerConfig{Receiver: receiver, Resolver: newZone()})
			if err := mailFrom(t, at, c.envelope, c.message, c.to); err != nil {
				t.Fatalf("it was not taken: %v", err)
			}
			if got := receiver.Inbound(); len(got) > 0 {
				t.Fatalf("it went into a dialog: %+v", got)
			}
			got := receiver.Updates()
			if c.want == nil {
				if len(got) > 0 {
					t.Errorf("settled %+v, want nothing", got)
				}
				return
			}
			if len(got) != 1 {
				t.Fatalf("%d updates, want %+v", len(got), *c.want)
			}
			if got[0].Reason == "" && c.want.Status == gateway.Undelivered || strings.Contains(got[0].Reason, sam) {
				t.Errorf("reason %q", got[0].Reason)
			}
			got[0].Reason = ""
			if diff := cmp.Diff(*c.want, got[0]); diff != "" {
				t.Errorf("settled (-want +got):\n%s", diff)
			}
		})
	}
}

// TestWordsToTheReturnPath: some programs answer there, and people have no say.
func TestWordsToTheReturnPath(t *testing.T) {
	office, receiver := newPostOffice(t), &channeltest.Receiver{}
	channel := newChannel(t, office.address())
	if _, err := channel.Send(t.Context(), gateway.Message{ID: "m-1", To: address, Text: "Up or down?"}); err != nil {
		t.Fatal(err)
	}
	_, at := newServer(t, channel, email.ServerConfig{Receiver: receiver, Resolver: newZone()})
	if err := mailFrom(t, at, sam, note(sam, "down"), office.taken()[0].from); err != nil {
		t.Fatal(err)
	}
	if got := receiver.Inbound(); len(got) != 1 || got[0].Text != "down" {
		t.Errorf("came as %+v", got)
	}
}

// TestAReportThatIsNotStoredComesAgain.
func TestAReportThatIsNotStoredComesAgain(t *testing.T) {
	office, receiver := newPostOffice(t), &channeltest.Receiver{}
	channel := newChannel(t, office.address())
	if _, err := channel.Send(t.Context(), gateway.Message{ID: "m-1", To: address, Text: "Up or down?"}); err != nil {
		t.Fatal(err)
	}
	receiver.Fail(fmt.Errorf("the store is away"))
	_, at := newServer(t, channel, email.ServerConfig{Receiver: receiver, Resolver: newZone()})
	if code := refusalCode(mailFrom(t, at, "", deliveryStatus("failed", "5.1.1", ""), office.taken()[0].from)); code != 451 {
		t.Errorf("answered %d, want 451", code)
	}
}
