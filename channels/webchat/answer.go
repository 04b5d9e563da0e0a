package webchat

import (
	"errors"
	"net/http"

	"parley/gateway"
	"parley/internal/web"
)

// answer takes what a form says, and leads back to the conversation. What
// cannot be taken comes back with the reason, as it was entered.
func (d *door) answer(w http.ResponseWriter, r *http.Request, visit gateway.Visit) {
	entries, err := d.to.Shown(r.Context(), visit.ID, 0)
	if err != nil {
		d.broken(w, r, err)
		return
	}
	l := languageOfVisit(visit, entries)
	q := newQuestion(entries, l)
	form, id := r.PostForm, r.PostForm.Get("id")
	if form.Get("asked") != q.asked() && form.Get("say") == "" && !wasShown(entries, id) {
		http.Redirect(w, r, "/chat?moved", http.StatusSeeOther)
		return
	}
	text := answerText(q.Ask.Kind, l, form)
	problem, status := q.want(), http.StatusUnprocessableEntity
	if form.Has("own") {
		problem = "want-message"
	}
	if text != "" {
		if !d.hub.limiter().maySay(r.Context(), visit.ID) {
			problem, status = "too-many", http.StatusTooManyRequests
		} else {
			_, err := d.receive(r.Context(), d.to, visit, said{ID: id, Text: text})
			problem, status = d.refusal(r, err)
		}
	}
	if problem == "" {
		http.Redirect(w, r, "/chat", http.StatusSeeOther)
		return
	}
	d.again(w, r, status, visit, entries, problem)
}

// again draws a form that could not be taken, as it was entered.
func (d *door) again(w http.ResponseWriter, r *http.Request, status int, visit gateway.Visit, entries []gateway.Entry, problem string) {
	words, err := say(languageOfVisit(visit, entries), problem)
	if err != nil {
		d.failed(w, r, err)
		return
	}
	d.drawChat(w, r, status, visit, entries, "", func(q *question) {
		q.Problem, q.Given = words, r.PostForm
		if r.PostForm.Has("own") {
			q.Field = "own"
		}
		// The same words again are the same message, if it was half taken.
		if id := r.PostForm.Get("id"); isMessageID(id) {
			q.ID = id
		}
	})
}

// refusal is the word for why a message was not taken, and the status that goes
// with it; "" when it was.
func (d *door) refusal(r *http.Request, err error) (problem string, status int) {
	switch {
	case err == nil:
		return "", http.StatusSeeOther
	case errors.Is(err, errTooLong):
		return "too-long", http.StatusUnprocessableEntity
	case errors.Is(err, errNothing):
		return "want-answer", http.StatusUnprocessableEntity
	case errors.Is(err, errBadID):
		return "not-taken", http.StatusBadRequest
	default:
		d.config.Log.WarnContext(r.Context(), "a message was not taken", "error", err)
		return "not-taken", http.StatusServiceUnavailable
	}
}

func wasShown(entries []gateway.Entry, id string) bool {
	for _, e := range entries {
		if !e.ByUs && string(e.Message) == id {
			return true
		}
	}
	return false
}

// confirm takes a PIN or passphrase. It never becomes a message.
func (d *door) confirm(w http.ResponseWriter, r *http.Request, visit gateway.Visit) {
	secret := r.PostForm.Get("secret")
	r.PostForm.Del("secret")
	problem, status := "want-secret", http.StatusUnprocessableEntity
	if secret != "" {
		switch err := d.to.Confirm(r.Context(), visit.ID, secret, clientKey(d.config.Client(r))); {
		case err == nil:
			d.hub.confirmed(r.Context(), visit.ID)
			http.Redirect(w, r, "/chat", http.StatusSeeOther)
			return
		case errors.Is(err, gateway.ErrWrongSecret):
			problem = "wrong-secret"
		case errors.Is(err, gateway.ErrBlocked):
			problem, status = "blocked", http.StatusTooManyRequests
		default:
			d.config.Log.WarnContext(r.Context(), "a secret could not be checked", "visit", visit.ID, "error", err)
			problem, status = "not-taken", http.StatusServiceUnavailable
		}
	}
	entries, err := d.to.Shown(r.Context(), visit.ID, 0)
	if err != nil {
		d.broken(w, r, err)
		return
	}
	d.again(w, r, status, visit, entries, problem)
}

// exit ends the visit and has the browser forget it. The page's script has left
// by then; without one the answer is an empty page that leads away at once. It
// asks for no token: who can make a browser send this can do no more than that.
func (d *door) exit(w http.ResponseWriter, r *http.Request) {
	visit, err := d.to.Visit(r.Context(), d.secretOf(r))
	if err == nil {
		if err = d.to.Leave(r.Context(), visit.ID); err == nil {
			d.hub.ended(r.Context(), visit.ID)
		}
	}
	if err != nil && !errors.Is(err, gateway.ErrNoVisit) {
		// The browser forgets the secret all the same, and the visit ends when
		// it has been idle.
		d.config.Log.WarnContext(r.Context(), "a visit was not ended", "error", err)
	}
	d.keep(w, r, "")
	w.Header().Set("Clear-Site-Data", `"storage"`)
	w.Header().Set("Refresh", "0; url="+d.config.ExitURL)
	l := languageOf(r)
	d.draw(w, r, http.StatusOK, "leaving", web.Page{Language: l, Content: d.around(r, l, "")})
}
