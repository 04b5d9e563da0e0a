package letter

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"parley/gateway/directory"
	"parley/templates"
)

// Config says where letters go and who writes them. Everything is needed.
type Config struct {
	Dir    string // the outbox: an existing folder on one file system, which nodes share
	People People

	// Sender is what stands at the top of a letter in each language, outside
	// the envelope's window: who writes, the address that undelivered letters
	// come back to, and the number to call.
	Sender map[templates.Language][]string

	Clock func() time.Time
}

// People is what letters need of the store: what somebody needs, and the
// reference that they know a case by. See gateway.Directory.
type People interface {
	Person(ctx context.Context, id directory.PersonID) (directory.Person, []directory.Party, error)
}

// mostSenderLines is how many lines fit above the date.
const mostSenderLines = 8

func (c Config) check() error {
	if c.People == nil || c.Clock == nil {
		return errors.New("the configuration is incomplete")
	}
	if info, err := os.Stat(c.Dir); err != nil || !info.IsDir() {
		return fmt.Errorf("the folder for letters %q is not there", c.Dir)
	}
	for _, language := range templates.Languages() {
		if n := len(c.Sender[language]); n == 0 || n > mostSenderLines {
			return fmt.Errorf("the sender in language %q must have 1 to %d lines, and has %d", language, mostSenderLines, n)
		}
	}
	return nil
}
