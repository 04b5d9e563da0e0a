package letter

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
	"parley/templates/notices"
)

// Channel writes letters into an outbox. It is safe for concurrent use.
type Channel struct {
	config Config
	fonts  *fonts
	outbox *outbox
	london *time.Location
}

// New returns a channel, or an error that says what is wrong with its
// configuration. It writes nothing.
func New(config Config) (*Channel, error) {
	if err := config.check(); err != nil {
		return nil, fmt.Errorf("set up letters: %w", err)
	}
	fonts, err := readFonts()
	if err != nil {
		return nil, fmt.Errorf("set up letters: %w", err)
	}
	sender := map[templates.Language][]string{}
	for language, lines := range config.Sender {
		for _, line := range lines {
			line = clean(line)
			if !fonts.have(line) {
				return nil, fmt.Errorf("set up letters: the sender's line %q cannot be printed", line)
			}
			sender[language] = append(sender[language], line)
		}
	}
	config.Sender = sender
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("set up letters: %w", err)
	}
	return &Channel{config: config, fonts: fonts, outbox: &outbox{dir: config.Dir}, london: london}, nil
}

// Name is letter.
func (c *Channel) Name() directory.Channel { return directory.Letter }

// Prepare cleans a text as it is printed. A letter is one part, however long.
func (c *Channel) Prepare(text string) gateway.Prepared {
	return gateway.Prepared{Text: clean(text), Segments: 1}
}

// messageID is an id that is fit for the name of a file.
var messageID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// Send writes a letter and its line of the manifest. The same message again is
// the same letter, of which there is one, so that a failure in between may be
// tried again. The receipt's id is the name of the file.
func (c *Channel) Send(ctx context.Context, m gateway.Message) (gateway.Receipt, error) {
	if ctx.Err() != nil {
		return gateway.Receipt{}, &gateway.SendError{Outcome: gateway.Retry, Code: "late", Reason: "There was no time to write the letter", Err: ctx.Err()}
	}
	if !messageID.MatchString(string(m.ID)) {
		return gateway.Receipt{}, refused("id", "The message's id is not fit for the name of a file", nil)
	}
	person, parties, err := c.config.People.Person(ctx, m.Person)
	switch {
	case errors.Is(err, gateway.ErrNotFound):
		return gateway.Receipt{}, refused("person", "Nobody is known by the message's person", err)
	case err != nil:
		return gateway.Receipt{}, &gateway.SendError{Outcome: gateway.Retry, Code: "store", Reason: "The person's record could not be read", Err: err}
	}
	now := c.config.Clock()
	l := letter{
		language: m.Language, sender: c.config.Sender[m.Language], address: addressLines(m.To.Value),
		reference: referenceOf(m, parties), date: now.In(c.london), title: clean(m.Title), body: body(m), large: person.Has(directory.LargePrint),
	}
	if l.sender == nil {
		l.language, l.sender = templates.English, c.config.Sender[templates.English]
	}
	if fault := c.fonts.fault(l); fault != nil {
		return gateway.Receipt{}, fault
	}
	file, pages, err := c.fonts.draw(l)
	if err != nil {
		return gateway.Receipt{}, refusal(err)
	}
	e := entry{ID: string(m.ID), Pages: pages, Class: classOf(m), Created: now.UTC()}
	if err := c.outbox.put(&e, file); err != nil {
		return gateway.Receipt{}, &gateway.SendError{Outcome: gateway.Retry, Code: "outbox", Reason: "The letter could not be written", Err: err}
	}
	return gateway.Receipt{ProviderID: e.File, Status: gateway.Accepted}, nil
}

func refused(code, reason string, err error) *gateway.SendError {
	return &gateway.SendError{Outcome: gateway.Refused, Code: code, Reason: reason, Err: err}
}

// refusal is a refusal by what keeps a letter from being drawn.
func refusal(err error) *gateway.SendError {
	switch {
	case errors.Is(err, errWideAddress):
		return refused("address", "A line of the address is too long for the envelope's window", err)
	case errors.Is(err, errManyPages):
		return refused("long", fmt.Sprintf("The letter has more than %d pages", mostPages), err)
	default:
		return refused("draw", "The letter cannot be drawn", err)
	}
}

// referenceOf is the reference that the person knows the message's case by,
// never another's; empty when they have no part in it.
func referenceOf(m gateway.Message, parties []directory.Party) string {
	for _, p := range parties {
		if p.Case == m.Case && p.Person == m.Person {
			return string(p.Reference)
		}
	}
	return ""
}

// body is what a letter says: the message's blocks, or its text.
func body(m gateway.Message) notices.Document {
	var printed notices.Document
	for _, b := range m.Document {
		p := notices.Block{Kind: b.Kind}
		for _, item := range b.Items {
			p.Items = append(p.Items, clean(item))
		}
		for _, row := range b.Rows {
			p.Rows = append(p.Rows, [2]string{clean(row[0]), clean(row[1])})
		}
		printed = append(printed, p)
	}
	if printed != nil {
		return printed
	}
	for part := range strings.SplitSeq(clean(m.Text), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			printed = append(printed, notices.Block{Kind: notices.Paragraph, Items: []string{part}})
		}
	}
	return printed
}

// Classes of Royal Mail's post.
const (
	firstClass  = "first"
	secondClass = "second"
)

// classOf has what must reach people, or soon be with them, go first class.
func classOf(m gateway.Message) string {
	if m.Priority < gateway.Normal || m.Notice != nil && m.Notice.Statutory {
		return firstClass
	}
	return secondClass
}
