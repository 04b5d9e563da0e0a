package simulator

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"parley/templates"
)

//go:embed pages
var pages embed.FS

// framed is a page in the frame that all share: pages/frame.html around what
// pages/NAME.html defines.
func framed(name string) *template.Template {
	return template.Must(template.ParseFS(pages, "pages/frame.html", "pages/"+name+".html"))
}

var phonesPage = framed("phones")

// maxCases is how many cases the page offers; any other opens by ?case=.
const maxCases = 100

// phonesView is what pages/phones.html shows.
type phonesView struct {
	Case   string
	Cases  []string
	Number string // the gateway's
	Day    string // by the gateway's clock

	Elsewhere []Link
	Phones    []phoneView
	Dialogs   []DialogChoice
}

type phoneView struct {
	Person
	Spoken string // the number as people say it
	Writes string // the language in words
}

// Address is where the page posts what happens on this telephone.
func (v phoneView) Address() string { return "/simulator/phones/" + url.PathEscape(v.ID) }

// page shows the telephones of one case: the one asked for, or the first.
func (p *Phones) page(w http.ResponseWriter, r *http.Request) {
	people, err := p.config.People(r.Context())
	if err != nil {
		http.Error(w, "The people could not be read.", http.StatusInternalServerError)
		return
	}
	view := phonesView{
		Case:    r.FormValue("case"),
		Number:  spokenNumber(p.config.Twilio.Number()),
		Dialogs: p.config.Dialogs(),
		Day:     p.config.Clock().Format("Monday 2 January 2006"),

		Elsewhere: p.config.Elsewhere,
	}
	for _, person := range people {
		if !slices.Contains(view.Cases, person.Case) && len(view.Cases) < maxCases {
			view.Cases = append(view.Cases, person.Case)
		}
		if view.Case == "" {
			view.Case = person.Case
		}
		if person.Case == view.Case {
			view.Phones = append(view.Phones, phoneView{
				Person: person,
				Spoken: spokenNumber(person.Number),
				Writes: languageName(person.Language),
			})
		}
	}
	writePage(w, phonesPage, view, "no-referrer")
}

// writePage shows a page, which may load nothing but our own style and script.
func writePage(w http.ResponseWriter, of *template.Template, view any, referrer string) {
	var page bytes.Buffer
	if err := of.Execute(&page, view); err != nil {
		http.Error(w, "The page could not be made.", http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "+
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", referrer)
	_, _ = w.Write(page.Bytes())
}

// asset serves the page's style and script.
func asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	if !strings.HasSuffix(name, ".css") && !strings.HasSuffix(name, ".js") {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	http.ServeFileFS(w, r, pages, "pages/"+name)
}

// spokenNumber writes a UK mobile number as people do: 07700 900101.
func spokenNumber(number string) string {
	digits, uk := strings.CutPrefix(number, "+44")
	if !uk || len(digits) != 10 {
		return number
	}
	return "0" + digits[:4] + " " + digits[4:]
}

func languageName(l templates.Language) string {
	if l == templates.Welsh {
		return "Welsh"
	}
	return "English"
}
