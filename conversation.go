package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// remote is a running gateway, as its JSON API reaches it.
type remote struct {
	URL   string `placeholder:"URL" help:"Where the gateway is. Default: http:// and PARLEY_ADDRESS."`
	Token string `help:"What the API asks for. Default: a token of PARLEY_API_TOKENS, or the demo's."`
}

// startCommand starts a conversation at a running gateway.
type startCommand struct {
	Person  string            `required:"" help:"Whom to talk to, by id."`
	Dialog  string            `required:"" help:"The dialog's name, see parley dialogs list."`
	Channel string            `enum:",sms,email,webchat,voice" default:"" help:"sms, email, webchat or voice. Default: what the person prefers."`
	Case    string            `help:"The case's reference. Default: the first in which they have the dialog's role."`
	Given   map[string]string `mapsep:"none" placeholder:"NAME=VALUE" help:"A fact already known. Can be given again."`
	remote  `embed:""`
}

// Help shows how the command is used.
func (startCommand) Help() string {
	return "Prints the conversation's id. What is said goes out when it is safe for the person.\n\nExample:\n  parley start --person P1 --dialog income-change --channel sms"
}

// Run starts the conversation and prints its id.
func (c *startCommand) Run(s *streams) error {
	body, err := json.Marshal(struct {
		Person  string            `json:"person"`
		Dialog  string            `json:"dialog"`
		Channel string            `json:"channel,omitempty"`
		Case    string            `json:"case,omitempty"`
		Given   map[string]string `json:"given,omitempty"`
	}{c.Person, c.Dialog, c.Channel, c.Case, c.Given})
	if err != nil {
		return fmt.Errorf("writing the request: %w", err)
	}
	answer, err := c.call(http.MethodPost, "/api/v1/conversations", body)
	if err != nil {
		return err
	}
	var started struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(answer, &started); err != nil || started.ID == "" {
		return errNotParley
	}
	_, err = fmt.Fprintln(s.Out, started.ID)
	return err
}

// conversationCommand prints a conversation of a running gateway.
type conversationCommand struct {
	ID     string `arg:"" help:"The conversation's id, as parley start printed it."`
	Turn   int    `help:"Only how it stood after this turn, counted from 1."`
	remote `embed:""`
}

// Help shows how the command is used.
func (conversationCommand) Help() string {
	return "Prints what was said and answered, and what became of each message, as JSON.\n\nExample:\n  parley conversation $(parley start --person P1 --dialog income-change)\n  parley conversation --turn 2 0198c5f0-0000-7000-8000-000000000000"
}

// Run prints the conversation, indented.
func (c *conversationCommand) Run(s *streams) error {
	path := "/api/v1/conversations/" + url.PathEscape(c.ID)
	if c.Turn != 0 {
		path += "/turns/" + strconv.Itoa(c.Turn)
	}
	return c.printed(s, http.MethodGet, path, nil)
}

// The bounds of a call to the gateway.
const (
	remoteTimeout = 30 * time.Second
	longestAnswer = 64 << 20
)

// call makes one call of the API and returns its answer. What the API says of
// a refusal becomes the error.
func (r remote) call(method, path string, body []byte) ([]byte, error) {
	set, err := readSettings(os.Environ())
	if err != nil {
		return nil, err
	}
	at := cmp.Or(r.URL, "http://"+set.Address)
	request, err := http.NewRequest(method, at+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("calling the gateway: %w", err)
	}
	request.Header.Set("Authorization", "Bearer "+cmp.Or(r.Token, anyToken(set.APITokens), demoAPI))
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", newID()) // net/http may try again when a connection breaks
	}
	client := http.Client{Timeout: remoteTimeout}
	response, err := client.Do(request)
	if errors.Is(err, syscall.ECONNREFUSED) {
		return nil, fmt.Errorf("nothing answers at %s: start a gateway with parley serve or parley demo, or say where one is with --url", at)
	}
	if err != nil {
		return nil, fmt.Errorf("calling the gateway: %w", err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	if err != nil {
		return nil, fmt.Errorf("reading the gateway's answer: %w", err)
	}
	if response.StatusCode >= 300 {
		return nil, refusal(response.Status, answer)
	}
	return answer, nil
}

// errNotParley is an answer that cannot be read.
var errNotParley = errors.New("the gateway's answer is not that of a Parley")

// printed makes a call and prints its answer, indented.
func (r remote) printed(s *streams, method, path string, body []byte) error {
	answer, err := r.call(method, path, body)
	if err != nil {
		return err
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, answer, "", "  "); err != nil {
		return errNotParley
	}
	indented.WriteByte('\n')
	_, err = indented.WriteTo(s.Out)
	return err
}

// refusal reads problem details (RFC 9457).
func refusal(status string, answer []byte) error {
	var problem struct{ Title, Detail string }
	if json.Unmarshal(answer, &problem) != nil || problem.Title == "" {
		return fmt.Errorf("the gateway answers %s", status)
	}
	if problem.Detail != "" {
		return fmt.Errorf("%s (%s)", problem.Title, problem.Detail)
	}
	return errors.New(problem.Title)
}

// anyToken is the token of the client whose name comes first.
func anyToken(tokens map[string]string) string {
	names := slices.Sorted(maps.Keys(tokens))
	if len(names) == 0 {
		return ""
	}
	return tokens[names[0]]
}
