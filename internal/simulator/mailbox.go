package simulator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// MailboxConfig is what the mailboxes need of the rest of Parley. All of it but
// Elsewhere is needed.
type MailboxConfig struct {
	// Gateway is where the gateway takes mail by SMTP, host:port, and Service
	// the address that people write to.
	Gateway, Service string

	// People lists everyone who may have a mailbox, those of a case together.
	People func(ctx context.Context) ([]Person, error)

	// Dialogs lists the conversations that a caseworker may start, and Start
	// begins one by email.
	Dialogs func() []DialogChoice
	Start   func(ctx context.Context, personID, dialog string) error

	Clock func() time.Time
	NewID func() string // for Message-IDs: letters, digits and hyphens

	Elsewhere []Link // pages to go to from here; may be none
}

// Mailbox is the mail server of imagined parents, with a page that shows their
// mailboxes side by side under /simulator/mailbox. What the gateway sends
// arrives here by SMTP, and what a parent writes leaves by SMTP to the gateway.
// It is also the DNS of their domains, by which the gateway believes them: see
// LookupTXT. Whoever may open the page may write as anybody: it is for
// demonstrations only.
type Mailbox struct {
	config  MailboxConfig
	server  *smtp.Server
	handler http.Handler

	mu    sync.Mutex
	mails []Mail
}

// Mail is a message in somebody's mailbox.
type Mail struct {
	ID          string // its Message-ID, without brackets
	Owner       string // the address of the mailbox that it is in
	Mine        bool   // written by the owner
	From, To    string // To is where an answer goes, for one that came
	Subject     string
	Text        string
	Files       []string // names
	References  []string // of the thread
	Unsubscribe string   // the URL of its one click, "" without
	At          time.Time
}

// maxMails bounds what is kept: the oldest go.
const maxMails = 1000

// maxLetter bounds what is sent, files included.
const maxLetter = 12 << 20

// NewMailbox makes the mailboxes. They get no mail until Serve is called.
func NewMailbox(config MailboxConfig) (*Mailbox, error) {
	if config.Gateway == "" || config.Service == "" || config.People == nil || config.Dialogs == nil || config.Start == nil ||
		config.Clock == nil || config.NewID == nil {
		return nil, errors.New("simulated mailboxes: the configuration is incomplete")
	}
	m := &Mailbox{config: config}
	m.server = newMailServer(m)
	routes := http.NewServeMux()
	routes.HandleFunc("GET /simulator/mailbox", m.page)
	routes.HandleFunc("GET /simulator/mailbox/assets/{file}", asset)
	routes.HandleFunc("POST /simulator/mailbox/{person}/mails", m.forPerson(m.write))
	routes.HandleFunc("POST /simulator/mailbox/{person}/conversations", m.forPerson(m.start))
	routes.HandleFunc("POST /simulator/mailbox/{person}/unsubscribe", m.forPerson(m.unsubscribe))
	// Another site's page must not write mail through the browser of someone
	// who has this one open.
	m.handler = http.NewCrossOriginProtection().Handler(routes)
	return m, nil
}

// ServeHTTP serves everything under /simulator/mailbox.
func (m *Mailbox) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.handler.ServeHTTP(w, r) }

// Mails lists what is in the mailbox of an address, oldest first.
func (m *Mailbox) Mails(address string) []Mail {
	m.mu.Lock()
	defer m.mu.Unlock()
	var own []Mail
	for _, mail := range m.mails {
		if strings.EqualFold(mail.Owner, address) {
			own = append(own, mail)
		}
	}
	return own
}

func (m *Mailbox) keep(mail Mail) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mails = append(m.mails, mail)
	if extra := len(m.mails) - maxMails; extra > 0 {
		m.mails = slices.Delete(m.mails, 0, extra)
	}
}

// forPerson finds the person whose mailbox a request is about.
func (m *Mailbox) forPerson(do func(http.ResponseWriter, *http.Request, Person) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		people, err := m.config.People(r.Context())
		if err != nil {
			http.Error(w, "The people could not be read.", http.StatusInternalServerError)
			return
		}
		i := slices.IndexFunc(people, func(person Person) bool { return person.ID == r.PathValue("person") && person.Email != "" })
		if i < 0 {
			http.Error(w, "There is no such mailbox.", http.StatusNotFound)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxLetter)
		if err := do(w, r, people[i]); err != nil {
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
			return
		}
		http.Redirect(w, r, "/simulator/mailbox?case="+url.QueryEscape(people[i].Case), http.StatusSeeOther)
	}
}

// write sends what the person typed: a new message, or an answer in a thread.
func (m *Mailbox) write(_ http.ResponseWriter, r *http.Request, person Person) error {
	if err := r.ParseMultipartForm(maxLetter); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return errors.New("the form cannot be read, or the file is too large")
	}
	letter := Letter{From: person.Email, Name: person.Name, Text: r.FormValue("text"), Forged: r.FormValue("forged") == "on"}
	if file, header, err := r.FormFile("file"); err == nil {
		defer file.Close()
		if letter.File, err = io.ReadAll(file); err != nil {
			return errors.New("the file cannot be read")
		}
		letter.FileName = header.Filename
	}
	if strings.TrimSpace(letter.Text) == "" && letter.File == nil {
		return errors.New("type a message first")
	}
	if id := r.FormValue("answers"); id != "" {
		mails := m.Mails(person.Email)
		i := slices.IndexFunc(mails, func(mail Mail) bool { return mail.ID == id && !mail.Mine })
		if i < 0 {
			return errors.New("the message to answer is not there any more")
		}
		letter.Answers = &mails[i]
	}
	return m.Send(letter)
}

// start begins a conversation by email, as a caseworker.
func (m *Mailbox) start(_ http.ResponseWriter, r *http.Request, person Person) error {
	dialog := r.PostFormValue("dialog")
	if !slices.ContainsFunc(m.config.Dialogs(), func(d DialogChoice) bool { return d.Name == dialog && d.Fits(person) }) {
		return errors.New("there is no such dialog for this person")
	}
	if err := m.config.Start(r.Context(), person.ID, dialog); err != nil {
		return fmt.Errorf("the conversation did not start: %w", err)
	}
	return nil
}

// unsubscribe is a mail program's one click (RFC 8058 section 3.2).
func (m *Mailbox) unsubscribe(_ http.ResponseWriter, r *http.Request, person Person) error {
	mails := m.Mails(person.Email)
	i := slices.IndexFunc(mails, func(mail Mail) bool { return mail.ID == r.PostFormValue("mail") && mail.Unsubscribe != "" })
	if i < 0 {
		return errors.New("that message has no way to unsubscribe")
	}
	request, err := http.NewRequestWithContext(r.Context(), http.MethodPost, mails[i].Unsubscribe, bytes.NewReader([]byte("List-Unsubscribe=One-Click")))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("the sender cannot be reached: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the sender answered %s", answer.Status)
	}
	return nil
}
