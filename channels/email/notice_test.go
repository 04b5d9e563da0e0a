package email_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/channels/email"
	"parley/gateway"
	"parley/templates/notices"
)

// A notice comes under its own words, in the blocks that it was written in: what
// a value says stays words.
func TestANotice(t *testing.T) {
	office := newPostOffice(t)
	channel := newChannel(t, office.address(), func(c *email.Config) { c.Name = "Child Maintenance Service" })
	m := gateway.Message{
		ID: "m-1", To: address, Language: "en", Subject: gateway.Approach, Title: "Your payment is due\r\nBcc: eve@example.org",
		Document: notices.Document{
			{Kind: notices.Paragraph, Items: []string{"Dear <b>Sam</b> & co"}},
			{Kind: notices.Heading, Items: []string{"When payments are due"}},
			{Kind: notices.Figures, Rows: [][2]string{{"15 December 2026", "£178.50"}}},
			{Kind: notices.Bullets, Items: []string{"<img src=https://example.org/x.png>"}},
		},
	}
	m.Text = m.Document.Text()
	const open = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Your payment is due Bcc: eve@example.org</title></head>
<body>
<p>Dear &lt;b&gt;Sam&lt;/b&gt; &amp; co</p>
<h2>When payments are due</h2>
<table><tr><td>15 December 2026</td><td>£178.50</td></tr></table>
<ul><li>&lt;img src=https://example.org/x.png&gt;</li></ul>
</body>
</html>
`
	for _, discreet := range []bool{false, true} {
		m.Discreet = discreet
		if discreet {
			m.Text = "We have something to tell you."
		}
		if _, err := channel.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		taken := office.taken()
		content := taken[len(taken)-1].content
		got := readComposed(t, content)
		subject, from := "Your payment is due Bcc: eve@example.org", `"Child Maintenance Service" <messages@mail.example>`
		if discreet {
			subject, from = "A message for you", "<messages@mail.example>"
		}
		if got.header.Get("Subject") != subject || got.header.Get("From") != from || got.header.Get("Bcc") != "" {
			t.Errorf("discreet %v: headed %q from %q", discreet, got.header.Get("Subject"), got.header.Get("From"))
		}
		if got.text != m.Text {
			t.Errorf("text %q, want %q", got.text, m.Text)
		}
		if !discreet && got.page != open {
			t.Errorf("page (-want +got):\n%s", cmp.Diff(open, got.page))
		}
		if discreet && (strings.Contains(content, "Maintenance") || strings.Contains(got.page, "payment") || !strings.Contains(got.page, m.Text)) {
			t.Errorf("it tells what it is about:\n%s", content)
		}
	}
}
