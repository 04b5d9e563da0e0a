package console

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"parley/dialogs"
	"parley/gateway"
	"parley/templates"
)

const (
	mostTried = 60    // lines of a trial
	longTried = 2_000 // bytes of one
)

// tried is a trial of a dialog on an imagined case: all of it is in the form of
// its page, nothing is kept.
type tried struct {
	Dialog                  *dialogs.Dialog
	Title                   string
	Channel, Identity, Now  string
	Language                templates.Language
	Channels, Identities    []string
	Languages               []templates.Language
	Said                    []string // by the person, so far
	Lines                   []triedLine
	Outcome, Answers, Waits string
	Full                    bool
}

type triedLine struct {
	Person bool
	Text   string
}

// tryDialog talks to a dialog. Each line that somebody writes has it begin anew
// and hear all lines.
func (c *Console) tryDialog(w http.ResponseWriter, r *request) error {
	d := c.dialog(r.PathValue("dialog"))
	if d == nil {
		return errNoPage
	}
	v := &tried{
		Dialog: d, Title: d.Title(r.Language), Channels: dialogs.Channels(), Identities: []string{"known", "confirmed"}, Languages: d.Languages,
		Channel: r.FormValue("channel"), Identity: r.FormValue("identity"), Language: templates.Language(r.FormValue("language")), Now: r.FormValue("now"),
	}
	if !slices.Contains(v.Channels, v.Channel) {
		v.Channel = v.Channels[0]
	}
	if !slices.Contains(v.Identities, v.Identity) {
		v.Identity = v.Identities[0]
	}
	if !slices.Contains(v.Languages, v.Language) {
		v.Language = r.Language
	}
	for _, line := range append(r.PostForm["said"], r.PostFormValue("write")) {
		if line = strings.TrimSpace(line); line != "" && len(line) <= longTried && len(v.Said) < mostTried {
			v.Said = append(v.Said, line)
		}
	}
	v.Full = len(v.Said) >= mostTried
	if err := v.run(c.config.Clock()); err != nil {
		return err
	}
	return c.page(w, r, http.StatusOK, "try", r.say("try.title", v.Title), v)
}

// run holds the conversation as of when it began.
func (v *tried) run(now time.Time) error {
	if began, err := time.Parse(time.RFC3339, v.Now); err == nil && now.Sub(began).Abs() < 24*time.Hour {
		now = began
	}
	v.Now = now.Format(time.RFC3339)
	example, err := gateway.NewExample(now)
	if err != nil {
		return err
	}
	facts := example.Facts()
	facts.Channel, facts.Language, facts.Identity, facts.Role, facts.ByUs = v.Channel, v.Language, v.Identity, v.Dialog.For, true
	rehearsal := &dialogs.Rehearsal{Dialog: v.Dialog, Facts: facts, Carry: example.Carry}
	out, err := rehearsal.Begin()
	v.heard(out)
	for _, line := range v.Said {
		if err != nil || out.End != nil {
			break
		}
		v.Lines = append(v.Lines, triedLine{Person: true, Text: line})
		out, err = rehearsal.Say(line)
		v.heard(out)
	}
	if err != nil {
		return err
	}
	v.Waits = v.Dialog.Waits(out.State)
	if out.End != nil {
		v.Outcome, v.Answers = out.End.String(), string(v.Dialog.AnswersJSON(out.State))
	}
	return nil
}

func (v *tried) heard(out dialogs.Output) {
	for _, m := range out.Messages {
		v.Lines = append(v.Lines, triedLine{Text: m.Render(v.Channel)})
	}
}
