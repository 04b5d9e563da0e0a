package issuer

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"net/http"
	"net/url"
	"slices"
)

//go:embed authorize.html
var authorizePage string

//go:embed authorize.css
var authorizeStyle string

var page = template.Must(template.New("authorize").Parse(authorizePage))

// asked is an authorization request (OpenID Connect Core section 3.1.2.1).
type asked struct{ Redirect, State, Nonce, Challenge string }

// read reads a request, and says what is wrong with one that may not even be
// led back to where it came from.
func (i *Issuer) read(r *http.Request) (asked, string) {
	a := asked{r.FormValue("redirect_uri"), r.FormValue("state"), r.FormValue("nonce"), r.FormValue("code_challenge")}
	switch {
	case r.FormValue("client_id") != i.config.ClientID:
		return a, "The client is not known."
	case !slices.Contains(i.config.RedirectURLs, a.Redirect):
		return a, "The address to lead back to is not known."
	case r.FormValue("response_type") != "code" || r.FormValue("code_challenge_method") != "S256" || a.Challenge == "":
		return a, "Only the code flow with PKCE is offered."
	default:
		return a, ""
	}
}

// choose shows who one can be.
func (i *Issuer) choose(w http.ResponseWriter, r *http.Request) {
	if _, wrong := i.read(r); wrong != "" {
		http.Error(w, wrong, http.StatusBadRequest)
		return
	}
	var drawn bytes.Buffer
	err := page.Execute(&drawn, struct {
		Action, Style string
		Members       []Member
	}{r.URL.RequestURI(), i.path + "/authorize.css", i.config.Members})
	if err != nil {
		http.Error(w, "The page could not be made.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	// No form-action: browsers hold it against where the form leads on to.
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	_, _ = drawn.WriteTo(w) // the browser may have gone
}

// style is that page's.
func style(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, _ = io.WriteString(w, authorizeStyle) // the browser may have gone
}

// chosen leads back with a code for whoever was chosen.
func (i *Issuer) chosen(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	a, wrong := i.read(r)
	if wrong != "" {
		http.Error(w, wrong, http.StatusBadRequest)
		return
	}
	back := url.Values{"state": {a.State}}
	at := slices.IndexFunc(i.config.Members, func(m Member) bool { return m.ID == r.PostFormValue("member") })
	if at < 0 {
		back.Set("error", "access_denied")
	} else {
		back.Set("code", i.keep(grant{member: i.config.Members[at], redirect: a.Redirect, nonce: a.Nonce, challenge: a.Challenge}))
	}
	http.Redirect(w, r, a.Redirect+"?"+back.Encode(), http.StatusSeeOther)
}
