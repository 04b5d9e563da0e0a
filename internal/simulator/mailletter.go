package simulator

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/emersion/go-message/mail"
	"github.com/emersion/go-smtp"
)

// Letter is a message that a person writes.
type Letter struct {
	From, Name string
	Text       string
	Answers    *Mail // nil: a new message
	FileName   string
	File       []byte // nil: none is attached
	Forged     bool   // sent by somebody else in the person's name
}

// Send writes a message as a mail program would, an answer with what it answers
// quoted below it, and hands it to the gateway by SMTP. A nil error means that
// the gateway has taken it.
func (m *Mailbox) Send(l Letter) error {
	sent := Mail{
		ID: m.config.NewID() + "@mailboxes.example", Owner: l.From, Mine: true, From: l.From, To: m.config.Service,
		Subject: "Hello", Text: l.Text, At: m.config.Clock(),
	}
	if l.Answers != nil {
		sent.To = l.Answers.To
		sent.Subject = "Re: " + strings.TrimPrefix(l.Answers.Subject, "Re: ")
		sent.References = append(append([]string(nil), l.Answers.References...), l.Answers.ID)
	}
	if l.File != nil {
		sent.Files = []string{l.FileName}
	}
	content, err := m.compose(l, sent)
	if err != nil {
		return fmt.Errorf("write a mail: %w", err)
	}
	envelope := l.From
	if l.Forged {
		envelope = "somebody@" + forgedDomain
	}
	if err := m.hand(envelope, sent.To, content); err != nil {
		return err
	}
	if !l.Forged {
		m.keep(sent)
	}
	return nil
}

// hand gives a message to the gateway.
func (m *Mailbox) hand(from, to string, content []byte) error {
	client, err := smtp.Dial(m.config.Gateway)
	if err != nil {
		return fmt.Errorf("the gateway's mail server cannot be reached: %w", err)
	}
	defer client.Close()
	err = client.SendMail(from, []string{to}, bytes.NewReader(content))
	var refusal *smtp.SMTPError
	if errors.As(err, &refusal) {
		return fmt.Errorf("the gateway did not take it: %d %s", refusal.Code, refusal.Message)
	}
	return err
}

// compose writes the bytes of a message.
func (m *Mailbox) compose(l Letter, sent Mail) ([]byte, error) {
	var h mail.Header
	h.SetDate(sent.At)
	h.SetAddressList("From", []*mail.Address{{Name: l.Name, Address: l.From}})
	h.SetAddressList("To", []*mail.Address{{Address: sent.To}})
	h.SetSubject(sent.Subject)
	h.SetMessageID(sent.ID)
	if n := len(sent.References); n > 0 {
		h.SetMsgIDList("References", sent.References)
		h.SetMsgIDList("In-Reply-To", sent.References[n-1:])
	}
	var out bytes.Buffer
	w, err := mail.CreateWriter(&out, h)
	if err != nil {
		return nil, err
	}
	var words mail.InlineHeader
	words.SetContentType("text/plain", map[string]string{"charset": "utf-8"})
	part, err := w.CreateSingleInline(words)
	if err == nil {
		_, err = io.WriteString(part, l.Text+quoted(l.Answers))
	}
	if err == nil {
		err = part.Close()
	}
	if err == nil && l.File != nil {
		err = attach(w, l)
	}
	err = errors.Join(err, w.Close())
	return out.Bytes(), err
}

func attach(w *mail.Writer, l Letter) error {
	var h mail.AttachmentHeader
	h.SetFilename(l.FileName)
	h.SetContentType(http.DetectContentType(l.File), nil)
	part, err := w.CreateAttachment(h)
	if err != nil {
		return err
	}
	if _, err := part.Write(l.File); err != nil {
		return err
	}
	return part.Close()
}

// quoted is the message that is answered, as mail programs put it below.
func quoted(m *Mail) string {
	if m == nil {
		return "\n"
	}
	lines := strings.Split(strings.TrimSpace(m.Text), "\n")
	return fmt.Sprintf("\n\nOn %s, <%s> wrote:\n\n> %s\n", m.At.Format("Mon, 2 Jan 2006 at 15:04"), m.From, strings.Join(lines, "\n> "))
}
