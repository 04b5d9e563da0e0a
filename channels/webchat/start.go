package webchat

import (
	"errors"
	"net/http"

	"parley/gateway"
	"parley/internal/web"
	"parley/templates"
)

// startPage is the page before a chat begins: what to know about one's safety,
// and in which language.
type startPage struct {
	surroundings
	Ended    bool // there was a chat, and it has ended
	NoCookie bool // there would be one, and the browser did not keep its cookie
	Address  string
}

// before draws the page before a chat begins.
func (d *door) before(w http.ResponseWriter, r *http.Request) {
	content := startPage{
		surroundings: d.around(r, languageOf(r), ""), Ended: d.secretOf(r) != "",
		NoCookie: r.URL.Query().Has("started"), Address: d.config.PublicURL + "/chat",
	}
	if content.Ended {
		content.NoCookie = false
		d.keep(w, r, "")
	}
	d.draw(w, r, http.StatusOK, "start", web.Page{
		Language: content.Language, Service: d.config.ServiceName[content.Language], Script: d.pages.script, Content: content,
	})
}

// start begins a visit of somebody unknown. The page that it leads to finds out
// whether the browser kept the cookie.
func (d *door) start(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if !d.mayBegin(r) {
		d.notice(w, r, http.StatusTooManyRequests, "too-many")
		return
	}
	secret := d.config.NewSecret()
	if _, err := d.to.OpenVisit(r.Context(), secret, languageOf(r)); err != nil {
		d.broken(w, r, err)
		return
	}
	d.keep(w, r, secret)
	http.Redirect(w, r, "/chat?started", http.StatusSeeOther)
}

// mayBegin counts the visits that a client begins.
func (d *door) mayBegin(r *http.Request) bool {
	return d.hub.limiter().mayConnect(r.Context(), clientKey(d.config.Client(r)))
}

// link asks before a one-time link is followed, because programs that look at
// links in messages would use it up.
func (d *door) link(w http.ResponseWriter, r *http.Request) {
	content := d.around(r, languageOf(r), "")
	d.draw(w, r, http.StatusOK, "link", web.Page{Language: content.Language, Script: d.pages.script, Content: content})
}

// follow begins the visit that a one-time link leads to.
func (d *door) follow(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if !d.mayBegin(r) {
		d.notice(w, r, http.StatusTooManyRequests, "too-many")
		return
	}
	secret := d.config.NewSecret()
	switch _, err := d.to.FollowLink(r.Context(), r.PathValue("link"), secret); {
	case errors.Is(err, gateway.ErrLinkUsed):
		l := languageOf(r)
		d.draw(w, r, http.StatusGone, "used", web.Page{Language: l, Content: d.around(r, l, "")})
	case err != nil:
		d.broken(w, r, err)
	default:
		d.keep(w, r, secret)
		http.Redirect(w, r, "/chat?started", http.StatusSeeOther)
	}
}

// languageOfVisit is what was last spoken in a visit.
func languageOfVisit(v gateway.Visit, entries []gateway.Entry) templates.Language {
	for i := len(entries) - 1; i >= 0; i-- {
		if entries[i].ByUs && entries[i].Language != "" {
			return entries[i].Language
		}
	}
	return v.Language
}
