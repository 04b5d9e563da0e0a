package webchat

import (
	"errors"
	"net/http"
	"strings"

	"parley/gateway"
	"parley/internal/web"
	"parley/templates"
)

// offerCopy warns before a copy of the messages is kept on a device.
func (d *door) offerCopy(w http.ResponseWriter, r *http.Request) {
	if visit, entries, ok := d.entries(w, r); ok {
		l := languageOfVisit(visit, entries)
		content := d.around(r, l, formToken(d.secretOf(r)))
		d.draw(w, r, http.StatusOK, "copy", web.Page{Language: l, Script: d.pages.script, Content: content})
	}
}

// copy answers with the messages as text, under a name that tells nothing.
func (d *door) copy(w http.ResponseWriter, r *http.Request) {
	visit, entries, ok := d.entries(w, r)
	if !ok {
		return
	}
	text, err := transcript(entries, languageOfVisit(visit, entries))
	if err != nil {
		d.failed(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="messages.txt"`)
	_, _ = w.Write([]byte(text)) // the browser may have gone
}

// entries are those that the request's visit shows; when it has none, it has
// answered.
func (d *door) entries(w http.ResponseWriter, r *http.Request) (gateway.Visit, []gateway.Entry, bool) {
	visit, err := d.to.Visit(r.Context(), d.secretOf(r))
	var entries []gateway.Entry
	if err == nil {
		entries, err = d.to.Shown(r.Context(), visit.ID, 0)
	}
	switch {
	case errors.Is(err, gateway.ErrNoVisit):
		http.Redirect(w, r, "/chat", http.StatusSeeOther)
		return visit, nil, false
	case err != nil:
		d.broken(w, r, err)
		return visit, nil, false
	}
	return visit, entries, true
}

// transcript writes entries as a text, the oldest first.
func transcript(entries []gateway.Entry, l templates.Language) (string, error) {
	var b strings.Builder
	for _, e := range entries {
		said, err := say(l, whoSaid(e))
		if err != nil {
			return "", err
		}
		b.WriteString(said + ":\r\n")
		if e.Ask != nil && e.Ask.Problem != "" {
			b.WriteString(e.Ask.Problem + "\r\n")
		}
		b.WriteString(strings.ReplaceAll(e.Text, "\n", "\r\n") + "\r\n")
		if e.Ask != nil {
			for _, row := range e.Ask.Rows {
				b.WriteString(row.Label + ": " + row.Value + "\r\n")
			}
		}
		b.WriteString("\r\n")
	}
	return b.String(), nil
}
