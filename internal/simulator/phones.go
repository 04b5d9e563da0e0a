package simulator

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"parley/templates"
)

// PhonesConfig is what the telephones need of the rest of Parley. All of it is
// needed.
type PhonesConfig struct {
	Twilio *Twilio

	// People lists everyone who may hold a telephone, those of a case together.
	People func(ctx context.Context) ([]Person, error)

	// Dialogs lists the conversations that a caseworker may start.
	Dialogs func() []DialogChoice

	// Start begins a conversation with a person, as a caseworker would.
	Start func(ctx context.Context, personID, dialog string) error

	// Clock is the gateway's, and Forward puts it forward.
	Clock   func() time.Time
	Forward func(ctx context.Context, by time.Duration) error

	Elsewhere []Link // pages to go to from here; may be none
}

// Link leads to a page of the same site.
type Link struct{ Name, Path string }

// Person is someone with a telephone.
type Person struct {
	ID   string
	Name string
	Role string // in words: "paying parent"
	Case string // its reference
	// Reference is the one that the person knows the case by; empty: Case.
	Reference string
	Number    string // E.164, "" without a telephone
	Email     string // "" without a mailbox
	Language  templates.Language
	PIN       string // with which they show in web chat who they are; "" without
}

// DialogChoice is a conversation that may be started, with a person of a role,
// or with anyone when For is empty.
type DialogChoice struct{ Name, Title, For string }

// Fits reports whether it may be started with a person.
func (d DialogChoice) Fits(p Person) bool { return d.For == "" || d.For == p.Role }

// Phones serves a page with the telephones of a case's parents, side by side,
// under /simulator/: what one texts goes through the emulated carrier to the
// gateway, and what comes back is shown as it comes. Whoever may open the page
// may write as anybody: it is for demonstrations only.
type Phones struct {
	config  PhonesConfig
	handler http.Handler
}

// NewPhones makes the telephones' page.
func NewPhones(config PhonesConfig) (*Phones, error) {
	if config.Twilio == nil || config.People == nil || config.Dialogs == nil || config.Start == nil ||
		config.Clock == nil || config.Forward == nil {
		return nil, errors.New("simulated telephones: the configuration is incomplete")
	}
	p := &Phones{config: config}
	routes := http.NewServeMux()
	routes.HandleFunc("GET /simulator/{$}", p.page)
	routes.HandleFunc("GET /simulator/events", p.stream)
	routes.HandleFunc("GET /simulator/assets/{file}", asset)
	routes.HandleFunc("POST /simulator/phones/{person}/texts", p.forPerson(p.text))
	routes.HandleFunc("POST /simulator/phones/{person}/conversations", p.forPerson(p.start))
	routes.HandleFunc("POST /simulator/clock", p.forward)
	// Another site's page must not write texts through the browser of someone
	// who has this one open.
	p.handler = http.NewCrossOriginProtection().Handler(routes)
	return p, nil
}

// ServeHTTP serves everything under /simulator/.
func (p *Phones) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.handler.ServeHTTP(w, r) }

// forPerson finds the person whose telephone a request is about.
func (p *Phones) forPerson(do func(http.ResponseWriter, *http.Request, Person)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		people, err := p.config.People(r.Context())
		if err != nil {
			http.Error(w, "The people could not be read.", http.StatusInternalServerError)
			return
		}
		i := slices.IndexFunc(people, func(person Person) bool { return person.ID == r.PathValue("person") })
		if i < 0 {
			http.Error(w, "There is no such person.", http.StatusNotFound)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
		do(w, r, people[i])
	}
}

// text sends what the person typed.
func (p *Phones) text(w http.ResponseWriter, r *http.Request, person Person) {
	body := r.PostFormValue("body")
	switch {
	case person.Number == "":
		http.Error(w, person.Name+" has no telephone.", http.StatusConflict)
		return
	case body == "":
		http.Error(w, "Type a message first.", http.StatusUnprocessableEntity)
		return
	case templates.CountSMS(body).Characters > maxCharacters:
		http.Error(w, "A text can have 1,600 characters at most.", http.StatusUnprocessableEntity)
		return
	}
	if _, err := p.config.Twilio.Text(r.Context(), person.Number, p.config.Twilio.Number(), body); err != nil {
		http.Error(w, "The gateway did not take the text ("+err.Error()+").", http.StatusBadGateway)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// day is how far the clock is put forward at once: to the same time tomorrow.
const day = 24 * time.Hour

// forward puts the gateway's clock a day forward, so that what is then due goes
// out.
func (p *Phones) forward(w http.ResponseWriter, r *http.Request) {
	if err := p.config.Forward(r.Context(), day); err != nil {
		http.Error(w, "The clock was not put forward: "+err.Error(), http.StatusBadGateway)
		return
	}
	http.Redirect(w, r, "/simulator/?case="+url.QueryEscape(r.FormValue("case")), http.StatusSeeOther)
}

// start begins a conversation, as a caseworker.
func (p *Phones) start(w http.ResponseWriter, r *http.Request, person Person) {
	dialog := r.PostFormValue("dialog")
	known := slices.ContainsFunc(p.config.Dialogs(), func(d DialogChoice) bool { return d.Name == dialog && d.Fits(person) })
	if !known {
		http.Error(w, "There is no such dialog for this person.", http.StatusUnprocessableEntity)
		return
	}
	if err := p.config.Start(r.Context(), person.ID, dialog); err != nil {
		http.Error(w, "The conversation did not start: "+err.Error(), http.StatusBadGateway)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
