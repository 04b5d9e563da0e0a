package email

import (
	"bytes"
	"context"
	"html/template"
	"net/http"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

const (
	unsubscribePath = "/email/unsubscribe"
	oneClick        = "List-Unsubscribe=One-Click" // RFC 8058 section 3.2
	patience        = 10 * time.Second             // with the gateway
)

// Receiver is who is told what people and mail systems say. Either may be told
// the same thing many times and at once. An error means that nothing was
// stored.
type Receiver interface {
	Receive(ctx context.Context, in gateway.Inbound) error
	Settle(ctx context.Context, u gateway.StatusUpdate) error
}

func linkedMessage(id, language, address string) gateway.Message {
	return gateway.Message{ID: gateway.MessageID(id), Language: templates.Language(language),
		To: gateway.Address{Channel: directory.Email, Value: address}}
}

// Handler serves /email/unsubscribe: GET is a page with a button, since links
// in mail are followed by machines, and POST opts the address out, as STOP
// would. The page tells nothing of whom the emails are from.
func (c *Channel) Handler(to Receiver) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+unsubscribePath, func(w http.ResponseWriter, r *http.Request) {
		m, ok := c.tokens.readLink(r.URL.Query().Get("token"))
		if !ok {
			showPage(w, http.StatusNotFound, noLink, "")
			return
		}
		showPage(w, http.StatusOK, askToStop, m.Language)
	})
	mux.HandleFunc("POST "+unsubscribePath, func(w http.ResponseWriter, r *http.Request) {
		m, ok := c.tokens.readLink(r.URL.Query().Get("token"))
		if !ok {
			showPage(w, http.StatusNotFound, noLink, "")
			return
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), patience)
		defer cancel()
		err := to.Receive(ctx, gateway.Inbound{
			ProviderID: "unsubscribe." + string(m.ID), From: m.To, To: c.mailbox(), Keyword: gateway.Stop, Answered: true,
		})
		if err != nil {
			w.Header().Set("Retry-After", "5")
			showPage(w, http.StatusServiceUnavailable, notNow, m.Language)
			return
		}
		showPage(w, http.StatusOK, stopped, m.Language)
	})
	return mux
}

// sheet is what an unsubscribe page says.
type sheet struct {
	Language, Title, Words string
	Button                 string // empty: none
}

// The pages, in the languages that a link can be in.
var (
	askToStop = map[templates.Language]sheet{
		templates.English: {"en", "Stop emails", "You will get no more emails from this sender. You can still be reached in other ways.", "Stop emails"},
		templates.Welsh:   {"cy", "Stopio e-byst", "Ni chewch ragor o e-byst gan yr anfonwr hwn. Gellir cysylltu â chi o hyd mewn ffyrdd eraill.", "Stopio e-byst"},
	}
	stopped = map[templates.Language]sheet{
		templates.English: {"en", "Emails stopped", "You will get no more emails from this sender.", ""},
		templates.Welsh:   {"cy", "E-byst wedi'u stopio", "Ni chewch ragor o e-byst gan yr anfonwr hwn.", ""},
	}
	notNow = map[templates.Language]sheet{
		templates.English: {"en", "Try again", "It did not work. Try again in a few minutes.", "Stop emails"},
		templates.Welsh:   {"cy", "Rhowch gynnig arall arni", "Ni weithiodd hynny. Rhowch gynnig arall arni mewn ychydig funudau.", "Stopio e-byst"},
	}
	noLink = map[templates.Language]sheet{
		templates.English: {"en", "Link not found", "This link is not complete. Copy all of it from the email. / Nid yw'r ddolen hon yn gyflawn. Copïwch y cyfan o'r e-bost.", ""},
	}
)

var sheetPage = template.Must(template.New("sheet").Parse(`<!doctype html>
<html lang="{{.Language}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{.Title}}</title></head>
<body>
<main>
<h1>{{.Title}}</h1>
<p>{{.Words}}</p>
{{- if .Button}}
<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button type="submit">{{.Button}}</button></form>
{{- end}}
</main>
</body>
</html>
`))

func showPage(w http.ResponseWriter, status int, sheets map[templates.Language]sheet, language templates.Language) {
	words, ok := sheets[language]
	if !ok {
		words = sheets[templates.English]
	}
	var page bytes.Buffer
	if err := sheetPage.Execute(&page, words); err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Security-Policy", "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
	_, _ = w.Write(page.Bytes())
}
