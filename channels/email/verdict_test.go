package email_test

import (
	"net"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"parley/channels/channeltest"
	"parley/channels/email"
)

// TestWhoIsBelieved: SPF or DKIM must show the From address, in alignment.
func TestWhoIsBelieved(t *testing.T) {
	from := func(author string) string { return note(author, "down") }
	for _, c := range []struct {
		name     string
		envelope string
		message  string
		want     string // the results kept with what is not believed; empty: believed
	}{
		{"SPF passes", sam, from(sam), ""},
		{"SPF passes for a part of the organisation", "bounces@sub.post.example", from(sam), ""},
		{"DKIM passes, sent by way of elsewhere", "list@elsewhere.example", signed(t, "post.example", from(sam)), ""},
		{"DKIM passes for a part of the organisation", "list@elsewhere.example", signed(t, "sub.post.example", from(sam)), ""},

		{"SPF and DKIM fail", "sam@elsewhere.example", from("sam@elsewhere.example"), "spf=fail dkim=none dmarc=none"},
		{"SPF passes for another", "evil@evil.example", from(sam), "spf=pass dkim=none dmarc=fail"},
		{"DKIM passes for another", "list@elsewhere.example", signed(t, "evil.example", from(sam)), "spf=fail dkim=pass dmarc=fail"},
		{"both pass for another", "evil@evil.example", signed(t, "evil.example", from(sam)), "spf=pass dkim=pass dmarc=fail"},
		{"the display name claims the address", "evil@evil.example", note(`"sam@post.example" <evil@evil.example>`, "down"), ""}, // from evil, believed to be evil
		{"the words were changed after signing", "list@elsewhere.example", strings.Replace(signed(t, "post.example", from(sam)), "down", "up", 1), "spf=fail dkim=fail dmarc=fail"},
		{"the author was changed after signing", "list@elsewhere.example", strings.Replace(signed(t, "evil.example", from("evil@evil.example")), "From: evil@evil.example", "From: "+sam, 1), "spf=fail dkim=fail dmarc=fail"},
		{"a strict domain, by a part of it", "bounces@out.strict.example", from("ali@strict.example"), "spf=pass dkim=none dmarc=fail"},
		{"a strict domain, signed by a part of it", "list@elsewhere.example", signed(t, "sub.strict.example", from("ali@strict.example")), "spf=fail dkim=pass dmarc=fail"},
		{"a domain without any records", "x@nothing.example", from("x@nothing.example"), "spf=none dkim=none dmarc=none"},

		{"signed for somebody else and passed on", "evil@evil.example",
			signed(t, "post.example", strings.Replace(from(sam), "To: "+mailbox, "To: evil@evil.example", 1)), "spf=pass dkim=policy dmarc=fail"},
		{"passed on with our address put first", "evil@evil.example",
			"To: " + mailbox + "\n" + signed(t, "post.example", strings.Replace(from(sam), "To: "+mailbox, "To: evil@evil.example", 1)), "spf=pass dkim=policy dmarc=fail"},
		{"a signature that does not cover whom it is to", "evil@evil.example", signed(t, "post.example", from(sam), "From", "Message-ID"), "spf=pass dkim=policy dmarc=fail"},
		{"a signature that does not cover its id", "evil@evil.example", signed(t, "post.example", from(sam), "From", "To"), "spf=pass dkim=policy dmarc=fail"},
	} {
		t.Run(c.name, func(t *testing.T) {
			receiver := &channeltest.Receiver{}
			_, at := newServer(t, newChannel(t, "relay.example:25"), email.ServerConfig{Receiver: receiver, Resolver: newZone()})
			if err := mailFrom(t, at, c.envelope, c.message, mailbox); err != nil {
				t.Fatalf("it was not taken: %v", err)
			}
			got := receiver.Inbound()
			if len(got) != 1 {
				t.Fatalf("%d messages came", len(got))
			}
			if got[0].Unverified != c.want || got[0].Text != "down" && c.want == "" {
				t.Errorf("came as %+v, want unverified %q", got[0], c.want)
			}
		})
	}
}

// TestTwoAuthors: a message that is from nobody, or from two, is refused.
func TestTwoAuthors(t *testing.T) {
	receiver := &channeltest.Receiver{}
	_, at := newServer(t, newChannel(t, "relay.example:25"), email.ServerConfig{Receiver: receiver, Resolver: newZone()})
	for _, message := range []string{
		"From: evil@evil.example\n" + note(sam, "down"),
		note(sam+", evil@evil.example", "down"),
		note("nobody", "down"),
		strings.Replace(note(sam, "down"), "From: ", "X-From: ", 1),
		note("sam@"+strings.Repeat("x.", 200)+"example", "down"),
	} {
		if code := refusalCode(mailFrom(t, at, sam, message, mailbox)); code != 554 {
			t.Errorf("%q: answered %d, want 554", message, code)
		}
	}
	if got := receiver.Inbound(); len(got) > 0 {
		t.Errorf("came: %+v", got)
	}
}

// TestALookupThatFailsIsTriedAgain: nobody is disbelieved because the DNS was
// away for a moment.
func TestALookupThatFailsIsTriedAgain(t *testing.T) {
	receiver, names := &channeltest.Receiver{}, newZone()
	_, at := newServer(t, newChannel(t, "relay.example:25"), email.ServerConfig{Receiver: receiver, Resolver: names})
	names.away["post.example"] = true
	if code := refusalCode(mailFrom(t, at, sam, note(sam, "down"), mailbox)); code != 451 {
		t.Errorf("answered %d, want 451", code)
	}
	if err := mailFrom(t, at, sam, signed(t, "post.example", note(sam, "down")), mailbox); err != nil {
		t.Errorf("signed, it needs no SPF: %v", err)
	}
	names.away["key._domainkey.post.example"] = true
	if code := refusalCode(mailFrom(t, at, "list@elsewhere.example", signed(t, "post.example", note(sam, "down")), mailbox)); code != 451 {
		t.Errorf("answered %d, want 451", code)
	}
}

// TestAnAnswerFromAnotherAddress than the one we wrote to is somebody reading
// somebody else's mail.
func TestAnAnswerFromAnotherAddress(t *testing.T) {
	office, receiver := newPostOffice(t), &channeltest.Receiver{}
	channel := newChannel(t, office.address())
	_, at := newServer(t, channel, email.ServerConfig{Receiver: receiver, Resolver: newZone()})
	reply := replyAddress(t, channel, office, sam)
	for _, author := range []string{sam, "ali@post.example"} {
		if err := mailFrom(t, at, author, note(author, "down"), reply); err != nil {
			t.Fatal(err)
		}
	}
	got := receiver.Inbound()
	if len(got) != 2 || got[0].Unverified != "" || got[0].To != reply {
		t.Fatalf("came: %+v", got)
	}
	if !strings.Contains(got[1].Unverified, "reply=other") {
		t.Errorf("the other came as %+v", got[1])
	}
}

// TestLMTP: behind a mail server of our own, whose word on SPF counts, and only
// its own uppermost word.
func TestLMTP(t *testing.T) {
	results := func(id, spf, from string) string {
		return "Authentication-Results: " + id + "; spf=" + spf + " smtp.mailfrom=" + from + "\n"
	}
	for _, c := range []struct {
		name, front, before, want string
	}{
		{"its word", "mx.mail.example", results("mx.mail.example", "pass", sam), ""},
		{"its word on the domain alone", "mx.mail.example", results("mx.mail.example", "pass", "post.example"), ""},
		{"another's word", "mx.mail.example", results("mx.evil.example", "pass", sam), "spf=none dkim=none dmarc=fail"},
		{"its word under another of its own", "mx.mail.example", results("mx.mail.example", "fail", sam) + results("mx.mail.example", "pass", sam), "spf=fail dkim=none dmarc=fail"},
		{"its word on somebody else", "mx.mail.example", results("mx.mail.example", "pass", "evil@evil.example"), "spf=pass dkim=none dmarc=fail"},
		{"nobody's word counts unless named", "", results("mx.mail.example", "pass", sam), "spf=none dkim=none dmarc=fail"},
	} {
		t.Run(c.name, func(t *testing.T) {
			receiver := &channeltest.Receiver{}
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			serveOn(t, newChannel(t, "relay.example:25"), listener, true, email.ServerConfig{Receiver: receiver, Resolver: newZone(), Front: c.front})
			conn, err := net.Dial("tcp", listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			client := smtp.NewClientLMTP(conn)
			if err := client.SendMail(sam, []string{mailbox}, strings.NewReader(strings.ReplaceAll(c.before+note(sam, "down"), "\n", "\r\n"))); err != nil {
				t.Error(err)
			}
			client.Close()
			if got := receiver.Inbound(); len(got) != 1 || got[0].Unverified != c.want {
				t.Errorf("came as %+v, want unverified %q", got, c.want)
			}
		})
	}
}
