package webchat

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"

	"parley/gateway"
	"parley/internal/web"
	"parley/templates"
)

//go:embed pages/*.html
var pageFiles embed.FS

// pages are the templates of the chat.
type pages struct {
	web.Pages
	styles, script string
}

func newPages(c Config) (*pages, error) {
	files, err := fs.Sub(pageFiles, "pages")
	if err != nil {
		return nil, fmt.Errorf("opening pages: %w", err)
	}
	parsed, err := web.ParsePages(files, nil)
	return &pages{parsed, c.Assets.URL("web.css"), c.Assets.URL("chat.js")}, err
}

// door is the chat's pages, connected to the gateway.
type door struct {
	*Chat
	to Receiver
}

// Handler serves everything under /chat, and tells to what visitors do.
//
//	GET  /chat                the conversation with the form of what is asked,
//	                          or the page before one begins
//	POST /chat                an answer, from a form
//	POST /chat/start          begins a visit
//	GET  /chat/ws             the live connection
//	GET  /chat/question       the form of what is asked, for the page's script
//	     /chat/l/LINK         a one-time link: asked first, then followed
//	POST /chat/confirm        a PIN or passphrase
//	POST /chat/files          a file
//	POST /chat/exit           ends the visit
//	     /chat/pay            a payment by card: asked first, then begun
//	GET  /chat/paid           how it went
//	GET  /chat/copy           a copy to keep: the warning, and the text
//	GET  /chat/embed.js       puts the chat into another site's page
//
// A form that another site's page sent is refused, by what the browser says of
// it (Fetch Metadata, or Origin) and by the visit's token in it.
func (c *Chat) Handler(to Receiver) http.Handler {
	d := &door{c, to}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /chat", d.chat)
	mux.HandleFunc("POST /chat", d.visited(d.answer))
	mux.HandleFunc("POST /chat/start", d.start)
	mux.Handle("GET /chat/ws", c.socket(to))
	mux.HandleFunc("GET /chat/question", d.asked)
	mux.HandleFunc("GET /chat/l/{link}", d.link)
	mux.HandleFunc("POST /chat/l/{link}", d.follow)
	mux.HandleFunc("POST /chat/confirm", d.visited(d.confirm))
	mux.HandleFunc("POST /chat/files", d.upload)
	mux.HandleFunc("POST /chat/exit", d.exit)
	mux.HandleFunc("GET /chat/copy", d.offerCopy)
	mux.HandleFunc("GET /chat/copy/messages.txt", d.copy)
	mux.HandleFunc("GET /chat/embed.js", d.embed)
	if c.config.Payments != nil {
		mux.HandleFunc("GET /chat/pay", d.paying)
		mux.HandleFunc("POST /chat/pay", d.visited(d.pay))
		mux.HandleFunc("GET /chat/paid", d.paid)
	}
	mux.HandleFunc("/chat/", func(w http.ResponseWriter, r *http.Request) {
		d.notice(w, r, http.StatusNotFound, "not-found")
	})
	c.fromOurs.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.notice(w, r, http.StatusForbidden, "not-ours")
	}))
	guarded := c.fromOurs.Handler(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		web.Secure(w.Header(), c.config.AllowedOrigins...)
		guarded.ServeHTTP(w, r)
	})
}

// surroundings are what every page of the chat has around its content.
type surroundings struct {
	Language templates.Language
	Path     string // of the page
	Token    string // of the visit's forms; empty before there is one
	ID       string // of the message that the language switch sends
	Exit     string // where "Exit this page" goes
}

// Say is a page's word in the page's language.
func (s surroundings) Say(key string, args ...any) (string, error) {
	return say(s.Language, key, args...)
}

// Switch is what asks for the other language, and Other is that language.
func (s surroundings) Switch() string { return saySwitch[s.Language] }

// Other is the other language.
func (s surroundings) Other() templates.Language {
	if s.Language == templates.Welsh {
		return templates.English
	}
	return templates.Welsh
}

func (d *door) around(r *http.Request, l templates.Language, token string) surroundings {
	return surroundings{Language: l, Path: r.URL.Path, Token: token, ID: d.config.NewSecret(), Exit: d.config.ExitURL}
}

// languageOf is the one that a page is asked for in: by the query, else as the
// browser prefers.
func languageOf(r *http.Request) templates.Language {
	if asked := templates.Language(r.FormValue("language")); asked == templates.English || asked == templates.Welsh {
		return asked
	}
	if preferred := r.Header.Get("Accept-Language"); len(preferred) >= 2 && preferred[:2] == string(templates.Welsh) {
		return templates.Welsh
	}
	return templates.English
}

// draw answers with a page. Its title never tells what the page is about: it
// shows in the tab and in the browser's history.
func (d *door) draw(w http.ResponseWriter, r *http.Request, status int, name string, page web.Page) {
	title, err := say(page.Language, "title")
	if err == nil {
		page.Skip, err = say(page.Language, "skip")
	}
	page.Title += title
	if page.Service == "" {
		page.Service = title
	}
	page.Styles = d.pages.styles
	if err == nil {
		err = d.pages.Write(w, status, name, page)
	}
	d.failed(w, r, err)
}

// failed tells of a page that could not be drawn. That is our own fault, or
// the store is away.
func (d *door) failed(w http.ResponseWriter, r *http.Request, err error) {
	if err != nil {
		d.config.Log.ErrorContext(r.Context(), "a page of web chat failed", "error", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	}
}

// notice answers with a page that says one thing and leads to the chat.
func (d *door) notice(w http.ResponseWriter, r *http.Request, status int, key string) {
	d.noticeIn(w, r, languageOf(r), status, key)
}

// noticeIn is a notice in the language of a visit.
func (d *door) noticeIn(w http.ResponseWriter, r *http.Request, l templates.Language, status int, key string) {
	content := struct {
		surroundings
		Key string
	}{d.around(r, l, ""), key}
	d.draw(w, r, status, "notice", web.Page{Language: l, Content: content})
}

// broken answers when the gateway cannot. What was entered is not lost: the
// browser still has the page before this one.
func (d *door) broken(w http.ResponseWriter, r *http.Request, err error) {
	if !errors.Is(err, context.Canceled) {
		d.config.Log.WarnContext(r.Context(), "web chat could not answer", "error", err)
	}
	w.Header().Set("Retry-After", "10")
	d.notice(w, r, http.StatusServiceUnavailable, "broken")
}

// maxForm is the most bytes of a form, other than one with a file.
const maxForm = 64 << 10

// visited finds the visit that a form is sent in. Without one, or from a page
// of another visit, it leads back to the chat.
func (d *door) visited(then func(http.ResponseWriter, *http.Request, gateway.Visit)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			d.notice(w, r, http.StatusBadRequest, "not-taken")
			return
		}
		if visit, ok := d.visit(w, r, r.PostForm.Get("token")); ok {
			then(w, r, visit)
		}
	}
}

// visit is the one that a request with a form's token is made in; when there
// is none, it has answered.
func (d *door) visit(w http.ResponseWriter, r *http.Request, token string) (gateway.Visit, bool) {
	secret := d.secretOf(r)
	visit, err := d.to.Visit(r.Context(), secret)
	switch {
	case errors.Is(err, gateway.ErrNoVisit):
		http.Redirect(w, r, "/chat", http.StatusSeeOther)
	case err != nil:
		d.broken(w, r, err)
	case !isFormToken(token, secret):
		d.notice(w, r, http.StatusForbidden, "not-ours")
	default:
		return visit, true
	}
	return gateway.Visit{}, false
}
