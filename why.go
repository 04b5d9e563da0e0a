package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"text/tabwriter"
	"time"
)

// whyCommand tells what became of the last messages to a person.
type whyCommand struct {
	Person string `required:"" help:"Who did, or did not, get them, by id."`
	remote `embed:""`
}

// Help shows how the command is used.
func (whyCommand) Help() string {
	return "Prints when each was made, the channel, what it is and what became of it, the latest first, without its words.\n\nExample:\n  parley why --person P1"
}

// Run prints a line for each message.
func (c *whyCommand) Run(s *streams) error {
	answer, err := c.call(http.MethodGet, "/api/v1/people/"+url.PathEscape(c.Person)+"/messages", nil)
	if err != nil {
		return err
	}
	var told struct {
		Messages []struct {
			Created                         time.Time
			Channel, Notice, Occasion, Says string
		}
	}
	if json.Unmarshal(answer, &told) != nil {
		return errNotParley
	}
	table := tabwriter.NewWriter(s.Out, 0, 0, 2, ' ', 0)
	for _, m := range told.Messages {
		what := "message"
		if m.Notice != "" {
			what = m.Notice + ", " + m.Occasion
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", m.Created.Format("2006-01-02 15:04"), m.Channel, what, m.Says)
	}
	return table.Flush()
}
