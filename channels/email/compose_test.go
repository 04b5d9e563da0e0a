package email_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"
	"github.com/google/go-cmp/cmp"

	"parley/channels/email"
	"parley/gateway"
	"parley/templates"
	"parley/templates/notices"
)

// composedMail is a message of ours as a mail program reads it.
type composedMail struct {
	header     mail.Header
	text, page string
}

func readComposed(t testing.TB, content string) composedMail {
	t.Helper()
	message, err := mail.ReadMessage(strings.NewReader(content))
	if err != nil {
		t.Fatalf("a message of ours cannot be read: %v", err)
	}
	kind, parameters, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("it is %q (%v), want multipart/alternative", kind, err)
	}
	read := composedMail{header: message.Header}
	parts := multipart.NewReader(message.Body, parameters["boundary"])
	for _, want := range []struct {
		kind string
		into *string
	}{{"text/plain", &read.text}, {"text/html", &read.page}} {
		part, err := parts.NextRawPart()
		if err != nil || !strings.HasPrefix(part.Header.Get("Content-Type"), want.kind) {
			t.Fatalf("a part is %v (%v), want %s", part, err, want.kind)
		}
		words, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		*want.into = strings.ReplaceAll(string(words), "\r\n", "\n")
	}
	return read
}

// TestWhatIsSent is a message as it goes over the wire.
func TestWhatIsSent(t *testing.T) {
	office := newPostOffice(t)
	channel := newChannel(t, office.address(), func(c *email.Config) { c.Name, c.SigningKey, c.Selector = "Neges", signingKey, "key" })
	m := gateway.Message{
		ID: "0199aaaa-0000-7000-8000-000000000001", Conversation: "0199aaaa-0000-7000-8000-000000000002", To: address,
		Language: templates.Welsh, Subject: gateway.Approach,
		Text: channel.Prepare("Ydy'ch cyflog wedi codi neu ostwng? <b> & £5.\n1. i fyny\n2. i lawr\n\nGweler https://www.gov.uk/cynhaliaeth.").Text,
	}
	receipt, err := channel.Send(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	sent := office.taken()[0]
	got := readComposed(t, sent.content)
	token := strings.TrimSuffix(receipt.ProviderID, "@"+domain)
	if !strings.HasPrefix(token, string(m.ID)+".") {
		t.Errorf("the provider's id %q does not carry ours", receipt.ProviderID)
	}
	if want := "bounce+" + token + "@" + domain; sent.from != want || sent.to != sam {
		t.Errorf("envelope from %q to %q, want from %q to %q", sent.from, sent.to, want, sam)
	}
	for name, want := range map[string]string{
		"From":                     `"Neges" <messages@mail.example>`,
		"To":                       "<sam@post.example>",
		"Subject":                  "Neges i chi",
		"Date":                     "Mon, 23 Nov 2026 10:00:00 +0000",
		"Message-Id":               "<" + receipt.ProviderID + ">",
		"In-Reply-To":              "<conversation." + string(m.Conversation) + "@mail.example>",
		"References":               "<conversation." + string(m.Conversation) + "@mail.example>",
		"Content-Language":         "cy",
		"Auto-Submitted":           "auto-generated",
		"X-Auto-Response-Suppress": "OOF, AutoReply",
		"List-Unsubscribe-Post":    "List-Unsubscribe=One-Click",
	} {
		if got := got.header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if reply := got.header.Get("Reply-To"); !strings.HasPrefix(reply, `"Neges" <reply+`+string(m.Conversation)+".") {
		t.Errorf("Reply-To: %q names no conversation", reply)
	}
	local, _, _ := strings.Cut(sent.from, "@")
	if len(local) > 64 {
		t.Errorf("%q has %d characters before the @, RFC 5321 allows 64", local, len(local))
	}
	if got.text != m.Text {
		t.Errorf("text %q, want %q", got.text, m.Text)
	}
	const page = `<!doctype html>
<html lang="cy">
<head><meta charset="utf-8"><title>Neges i chi</title></head>
<body>
<p>Ydy&#39;ch cyflog wedi codi neu ostwng? &lt;b&gt; &amp; £5.</p>
<ol>
<li value="1">i fyny</li>
<li value="2">i lawr</li>
</ol>
<p>Gweler <a href="https://www.gov.uk/cynhaliaeth">https://www.gov.uk/cynhaliaeth</a>.</p>
</body>
</html>
`
	if diff := cmp.Diff(page, got.page); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
	verified, err := dkim.VerifyWithOptions(strings.NewReader(sent.content), &dkim.VerifyOptions{
		LookupTXT: func(name string) ([]string, error) { return newZone().LookupTXT(t.Context(), name) }})
	if err != nil || len(verified) != 1 || verified[0].Err != nil || verified[0].Domain != domain {
		t.Errorf("the signature: %+v, %v", verified, err)
	}
}

// TestWhatOnlySomeMessagesHave: no thread outside a conversation, no way out of
// an answer that somebody waits for.
func TestWhatOnlySomeMessagesHave(t *testing.T) {
	office := newPostOffice(t)
	channel := newChannel(t, office.address())
	if _, err := channel.Send(t.Context(), gateway.Message{ID: "m-1", To: address, Subject: gateway.Reply, Text: "Thank you."}); err != nil {
		t.Fatal(err)
	}
	got := readComposed(t, office.taken()[0].content)
	for _, name := range []string{"In-Reply-To", "References", "Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post", "Dkim-Signature"} {
		if value := got.header.Get(name); value != "" {
			t.Errorf("%s: %q", name, value)
		}
	}
	if subject := got.header.Get("Subject"); subject != "A message for you" {
		t.Errorf("Subject: %q", subject)
	}
}

// TestNothingIsSmuggled: a text cannot become a header or end a message early.
func TestNothingIsSmuggled(t *testing.T) {
	office := newPostOffice(t)
	channel := newChannel(t, office.address())
	text := "one\r\n.\r\nMAIL FROM:<a@b.example>\r\n\r\nBcc: evil@evil.example\n..\n. two"
	if _, err := channel.Send(t.Context(), gateway.Message{ID: "m-1", To: address, Text: channel.Prepare(text).Text}); err != nil {
		t.Fatal(err)
	}
	sent := office.taken()
	if len(sent) != 1 {
		t.Fatalf("%d messages came of one", len(sent))
	}
	if got, want := readComposed(t, sent[0].content).text, strings.ReplaceAll(text, "\r\n", "\n"); got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

// TestNoWordsAreMarkup: whatever is quoted in a message, its page shows and no
// mail program runs, in the title, in links and in the blocks of a notice too.
func TestNoWordsAreMarkup(t *testing.T) {
	const hostile = `</title></p><script>x()</script><img src=x onerror=x()>`
	for name, m := range map[string]gateway.Message{
		"text":  {ID: "m-1", To: address, Title: hostile, Text: hostile + "\n1. " + hostile + "\n\nhttps://a.example/?a=<script>&b='onclick=x()"},
		"table": {ID: "m-2", To: address, Document: notices.Document{{Kind: notices.Figures, Rows: [][2]string{{hostile, hostile}}}}},
		"list":  {ID: "m-3", To: address, Document: notices.Document{{Kind: notices.Bullets, Items: []string{hostile}}, {Kind: notices.Heading, Items: []string{hostile}}}},
	} {
		office := newPostOffice(t)
		if _, err := newChannel(t, office.address()).Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		page := readComposed(t, office.taken()[0].content).page
		if strings.Contains(page, "<script") || strings.Contains(page, "<img") || !strings.Contains(page, "&lt;img") {
			t.Errorf("%s: %s", name, page)
		}
	}
}

func TestParseSigningKey(t *testing.T) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	key, err := email.ParseSigningKey(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	if err != nil || !private.Equal(key) {
		t.Errorf("ParseSigningKey = %T, %v", key, err)
	}
	for _, text := range []string{"", "not PEM", "-----BEGIN PRIVATE KEY-----\n" + base64.StdEncoding.EncodeToString([]byte("nonsense")) + "\n-----END PRIVATE KEY-----\n"} {
		if _, err := email.ParseSigningKey([]byte(text)); err == nil {
			t.Errorf("ParseSigningKey(%q) found a key", text)
		}
	}
}
