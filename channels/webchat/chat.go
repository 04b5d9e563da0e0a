package webchat

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/web"
	"parley/templates"
)

// How long a page without JavaScript looks for an answer by itself, how long
// after our last words more of them may follow, and how often to look.
const (
	answerWithin = 20 * time.Second
	moreWithin   = 500 * time.Millisecond
	lookAgain    = 50 * time.Millisecond
	reloadAfter  = 2 // seconds
)

// chatPage is the conversation so far, and the form of what is asked.
type chatPage struct {
	surroundings
	Question question
	Fresh    []bubble // what we said since the visitor last wrote, other than the question
	Earlier  []bubble
	Waiting  bool   // our answer is not there yet
	Notice   string // a word to say above it all
	Script   scriptData
}

// bubble is one thing that was said.
type bubble struct {
	ByUs     bool
	Who      string // said it, in the page's language
	Language templates.Language
	Problem  string
	Text     string
	Rows     []dialogs.Row
}

// scriptData is what the page's script begins with.
type scriptData struct {
	Epoch   string            `json:"epoch"`
	After   int64             `json:"after"`
	Entries []wireEntry       `json:"entries"`
	Words   map[string]string `json:"words"`
}

// chat shows the conversation of a visit, or the page before there is one.
func (d *door) chat(w http.ResponseWriter, r *http.Request) {
	visit, err := d.to.Visit(r.Context(), d.secretOf(r))
	if errors.Is(err, gateway.ErrNoVisit) {
		d.before(w, r)
		return
	}
	var entries []gateway.Entry
	if err == nil {
		entries, err = d.await(r.Context(), visit)
	}
	if err != nil {
		d.broken(w, r, err)
		return
	}
	notice := ""
	if r.URL.Query().Has("moved") {
		notice = "moved-on"
	}
	d.drawChat(w, r, http.StatusOK, visit, entries, notice, nil)
}

// drawChat draws the conversation. With a form that could not be taken,
// amend says why.
func (d *door) drawChat(w http.ResponseWriter, r *http.Request, status int, visit gateway.Visit, entries []gateway.Entry, notice string, amend func(*question)) {
	l := languageOfVisit(visit, entries)
	token := formToken(d.secretOf(r))
	page := chatPage{
		surroundings: d.around(r, l, token), Notice: notice, Question: d.question(visit, entries, l, token),
	}
	page.Path, page.Question.Pay = "/chat", d.offered(r, visit, entries)
	page.Waiting = amend == nil && d.unanswered(entries)
	if amend != nil {
		amend(&page.Question)
	}
	whole := web.Page{Language: l, Script: d.pages.script, Content: &page}
	if !visit.Discreet {
		whole.Service = d.config.ServiceName[l]
	}
	if page.Waiting {
		whole.Refresh = reloadAfter
	}
	var err error
	if page.Earlier, page.Fresh, err = sinceTheirs(entries, page.Question.Asked, l); err != nil {
		d.failed(w, r, err)
		return
	}
	if page.Script, err = d.scriptData(visit, entries, l); err == nil && page.Question.Problem != "" {
		whole.Title, err = say(l, "error")
		whole.Title += ": "
	}
	if err != nil {
		d.failed(w, r, err)
		return
	}
	d.draw(w, r, status, "chat", whole)
}

func (d *door) question(visit gateway.Visit, entries []gateway.Entry, l templates.Language, token string) question {
	q := newQuestion(entries, l)
	q.Token, q.ID, q.Files = token, d.config.NewSecret(), d.config.Evidence != nil
	q.Keep = !visit.Discreet && len(entries) > 1
	return q
}

func (d *door) scriptData(visit gateway.Visit, entries []gateway.Entry, l templates.Language) (scriptData, error) {
	data := scriptData{Epoch: epoch(visit), Entries: onWire(entries), Words: map[string]string{}}
	if len(entries) > 0 {
		data.After = entries[len(entries)-1].Sequence
	}
	for _, key := range scriptWords {
		word, err := say(l, key)
		if err != nil {
			return data, err
		}
		data.Words[key] = word
	}
	return data, nil
}

// sinceTheirs are the entries but for the question: those up to the visitor's last
// words, and ours since then.
func sinceTheirs(entries []gateway.Entry, asked int64, l templates.Language) (earlier, fresh []bubble, err error) {
	last := -1
	for i, e := range entries {
		if !e.ByUs {
			last = i
		}
	}
	for i, e := range entries {
		b := bubble{ByUs: e.ByUs, Language: e.Language, Text: e.Text}
		if b.Who, err = say(l, whoSaid(e)); err != nil {
			return nil, nil, err
		}
		if e.Ask != nil {
			b.Problem, b.Rows = e.Ask.Problem, e.Ask.Rows
		}
		switch {
		case e.Sequence == asked && i > last:
		case i > last:
			fresh = append(fresh, b)
		default:
			earlier = append(earlier, b)
		}
	}
	return earlier, fresh, nil
}

// whoSaid is the word for whose words an entry holds.
func whoSaid(e gateway.Entry) string {
	if e.ByUs {
		return "we"
	}
	return "you"
}

// await returns what a visit shows, once our answer is there or the page can
// wait no longer. A visit that shows nothing is greeted first.
func (d *door) await(ctx context.Context, visit gateway.Visit) ([]gateway.Entry, error) {
	entries, err := d.to.Shown(ctx, visit.ID, 0)
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		if err := d.to.Greet(ctx, visit.ID); err != nil {
			return nil, err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, d.config.Patience)
	defer cancel()
	looks := time.NewTicker(lookAgain)
	defer looks.Stop()
	for d.unsettled(entries) || proven(visit, entries) {
		select {
		case <-ctx.Done():
			return entries, nil
		case <-looks.C:
		}
		more, err := d.to.Shown(ctx, visit.ID, after(entries))
		if err != nil {
			break // what is there can be shown
		}
		entries = slices.Concat(entries, more)
	}
	return entries, nil
}

func after(entries []gateway.Entry) int64 {
	if len(entries) == 0 {
		return 0
	}
	return entries[len(entries)-1].Sequence
}

// unsettled reports whether more of an answer is likely to come at once.
func (d *door) unsettled(entries []gateway.Entry) bool {
	if len(entries) == 0 || d.unanswered(entries) {
		return true
	}
	last := entries[len(entries)-1]
	return last.ByUs && last.Ask == nil && d.config.Clock().Sub(last.At) < moreWithin
}

// proven reports whether the visitor has shown who they are, and what comes of
// it is not there yet: the question for it is still the last thing shown.
func proven(visit gateway.Visit, entries []gateway.Entry) bool {
	if visit.Level < directory.Confirmed || len(entries) == 0 {
		return false
	}
	last := entries[len(entries)-1]
	return last.ByUs && last.Ask != nil && last.Ask.Kind == dialogs.ForIdentity
}

// unanswered reports whether the visitor spoke last, and not long ago. Some
// words have no answer.
func (d *door) unanswered(entries []gateway.Entry) bool {
	if len(entries) == 0 {
		return true
	}
	last := entries[len(entries)-1]
	return !last.ByUs && d.config.Clock().Sub(last.At) < answerWithin
}

// asked answers with the form of what is asked alone, for the page's script.
func (d *door) asked(w http.ResponseWriter, r *http.Request) {
	secret := d.secretOf(r)
	visit, err := d.to.Visit(r.Context(), secret)
	if errors.Is(err, gateway.ErrNoVisit) {
		http.Error(w, http.StatusText(http.StatusGone), http.StatusGone)
		return
	}
	var entries []gateway.Entry
	if err == nil {
		entries, err = d.to.Shown(r.Context(), visit.ID, 0)
	}
	if err != nil {
		d.broken(w, r, err)
		return
	}
	q := d.question(visit, entries, languageOfVisit(visit, entries), formToken(secret))
	q.Pay = d.offered(r, visit, entries)
	d.failed(w, r, d.pages.WritePart(w, http.StatusOK, "chat", "question", q))
}
