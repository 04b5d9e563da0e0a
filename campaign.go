package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// campaignCommands look at sendings to many of a running gateway, and stop them.
type campaignCommands struct {
	List   campaignListCommand   `cmd:"" help:"List the latest sendings to many."`
	Show   campaignShowCommand   `cmd:"" help:"Show how far one is, and when it will be done."`
	Pause  campaignPauseCommand  `cmd:"" help:"Keep its messages back."`
	Resume campaignResumeCommand `cmd:"" help:"Let its messages go on."`
	Cancel campaignCancelCommand `cmd:"" help:"Send no more of it, but what must reach people."`
	DryRun campaignDryRunCommand `cmd:"" help:"Tell who would be sent a notice, when and how, and why somebody would not."`
}

// Help shows how the commands are used.
func (campaignCommands) Help() string {
	return "Each day's notices of one kind are a campaign, named after both. Prints JSON.\n\nExample:\n  parley campaign dry-run payment-due\n  parley campaign pause payment-due-2026-12-12"
}

type campaignListCommand struct {
	remote `embed:""`
}

func (campaignListCommand) Help() string { return "Example:\n  parley campaign list" }

// Run prints the campaigns, the latest first.
func (c *campaignListCommand) Run(s *streams) error {
	return c.printed(s, http.MethodGet, "/api/v1/campaigns", nil)
}

// oneCampaign is a command about a campaign.
type oneCampaign struct {
	ID     string `arg:"" help:"The campaign's id, see parley campaign list."`
	remote `embed:""`
}

func (c *oneCampaign) path() string { return "/api/v1/campaigns/" + url.PathEscape(c.ID) }

// set changes the campaign's state and prints it.
func (c *oneCampaign) set(s *streams, state string) error {
	return c.printed(s, http.MethodPatch, c.path(), fmt.Appendf(nil, `{"state": %q}`, state))
}

type campaignShowCommand struct {
	oneCampaign `embed:""`
}

func (campaignShowCommand) Help() string {
	return "Example:\n  parley campaign show payment-due-2026-12-12"
}

// Run prints how far the campaign is.
func (c *campaignShowCommand) Run(s *streams) error {
	return c.printed(s, http.MethodGet, c.path(), nil)
}

type campaignPauseCommand struct {
	oneCampaign `embed:""`
}

func (campaignPauseCommand) Help() string {
	return "Messages that are on their way come to their end.\n\nExample:\n  parley campaign pause payment-due-2026-12-12"
}

// Run pauses the campaign.
func (c *campaignPauseCommand) Run(s *streams) error { return c.set(s, "paused") }

type campaignResumeCommand struct {
	oneCampaign `embed:""`
}

func (campaignResumeCommand) Help() string {
	return "Messages that have become too late meanwhile are not sent.\n\nExample:\n  parley campaign resume payment-due-2026-12-12"
}

// Run lets the campaign go on.
func (c *campaignResumeCommand) Run(s *streams) error { return c.set(s, "running") }

type campaignCancelCommand struct {
	oneCampaign `embed:""`
}

func (campaignCancelCommand) Help() string {
	return "A cancelled campaign stays cancelled. Notices that the law has reach people are sent all the same.\n\nExample:\n  parley campaign cancel payment-due-2026-12-12"
}

// Run cancels the campaign.
func (c *campaignCancelCommand) Run(s *streams) error { return c.set(s, "cancelled") }

type campaignDryRunCommand struct {
	Notice string `arg:"" optional:"" help:"The notice's name, see parley notices list. Default: all."`
	Hours  int    `default:"24" help:"How far ahead."`
	remote `embed:""`
}

func (campaignDryRunCommand) Help() string {
	return "Nothing is planned. Prints one notice a line, as things stand now, without those that were sent.\n\nExample:\n  parley campaign dry-run payment-due --hours 48"
}

// Run prints one notice a line, page after page.
func (c *campaignDryRunCommand) Run(s *streams) error {
	asked := url.Values{"notice": {c.Notice}, "hours": {strconv.Itoa(c.Hours)}}
	for found := 0; ; {
		answer, err := c.call(http.MethodGet, "/api/v1/campaigns/dry-run?"+asked.Encode(), nil)
		if err != nil {
			return err
		}
		var page struct {
			Notices []json.RawMessage `json:"notices"`
			After   string            `json:"after"`
		}
		if err := json.Unmarshal(answer, &page); err != nil {
			return errNotParley
		}
		for _, line := range page.Notices {
			if _, err := fmt.Fprintf(s.Out, "%s\n", line); err != nil {
				return err
			}
		}
		if found += len(page.Notices); page.After == "" {
			if found == 0 {
				fmt.Fprintf(s.Err, "nothing is due within %d hours\n", c.Hours)
			}
			return nil
		}
		asked.Set("after", page.After)
	}
}
