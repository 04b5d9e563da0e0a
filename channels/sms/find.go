package sms

import (
	"context"
	"fmt"
	"slices"
	"time"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"parley/gateway"
)

// findPage is how many of a number's latest messages are looked through.
const findPage = 100

// Find implements gateway.Finder. It asks for the messages to a number without
// a date: Twilio's filter goes by date_sent, which what has just been made does
// not have. Twilio shows no message its StatusCallback, so that our id is not
// to be seen.
// https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
func (c *Channel) Find(ctx context.Context, m gateway.Message, since time.Time) ([]gateway.StatusUpdate, error) {
	ctx, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	var seen exchange
	size := findPage
	page, err := c.messages(ctx, &seen).PageMessage(&openapi.ListMessageParams{To: &m.To.Value, PageSize: &size}, "", "")
	if err != nil {
		return nil, fmt.Errorf("look for a message at Twilio: %w", seen.failure(err))
	}
	var found []gateway.StatusUpdate
	for _, listed := range page.Messages {
		made, err := time.Parse(time.RFC1123Z, valueOf(listed.DateCreated))
		if err != nil || made.Before(since.Truncate(time.Second)) || valueOf(listed.Body) != m.Text || valueOf(listed.Sid) == "" {
			continue
		}
		if update, known := updateOf("", *listed.Sid, valueOf(listed.Status), valueOf(listed.ErrorCode)); known {
			found = append(found, update)
		}
	}
	slices.Reverse(found) // Twilio lists the newest first
	return found, nil
}
