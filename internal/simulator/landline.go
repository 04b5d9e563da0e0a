package simulator

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"parley/internal/simulator/exchange"
)

// LandlineConfig is what the landlines need of the rest of Parley. All but
// Elsewhere is needed.
type LandlineConfig struct {
	Exchange *exchange.Exchange
	Number   string // that people call, E.164
	Desk     string // the caseworkers' telephone, which the gateway rings

	// People lists everyone who may call, those of a case together.
	People func(ctx context.Context) ([]Person, error)

	Elsewhere []Link // pages to go to from here
}

// Landline serves a page with a telephone for each parent of a case, and one for
// the caseworkers, under /simulator/landline: what somebody keys in or says goes
// through the emulated exchange to the gateway, and what it says back is written
// there. It works without JavaScript. Whoever may open it may call as anybody:
// it is for demonstrations only.
type Landline struct {
	config  LandlineConfig
	handler http.Handler

	mu    sync.Mutex
	lines map[string]*exchange.Line // by person; the desk's by ""
}

// NewLandline makes the landlines' page.
func NewLandline(config LandlineConfig) (*Landline, error) {
	if config.Exchange == nil || config.Number == "" || config.Desk == "" || config.People == nil {
		return nil, errors.New("simulated landlines: the configuration is incomplete")
	}
	l := &Landline{config: config, lines: map[string]*exchange.Line{}}
	routes := http.NewServeMux()
	routes.HandleFunc("GET /simulator/landline", l.page)
	routes.HandleFunc("POST /simulator/landline/desk", l.desk)
	routes.HandleFunc("POST /simulator/landline/people/{person}", l.person)
	// Another site's page must not call through the browser of someone who has
	// this one open.
	l.handler = http.NewCrossOriginProtection().Handler(routes)
	return l, nil
}

// ServeHTTP serves everything under /simulator/landline.
func (l *Landline) ServeHTTP(w http.ResponseWriter, r *http.Request) { l.handler.ServeHTTP(w, r) }

var landlinePage = framed("landline")

// landlineView is what pages/landline.html shows.
type landlineView struct {
	Case      string
	Cases     []string
	Number    string
	Phones    []receiverView
	Problem   string
	Elsewhere []Link
	Keys      []string
}

// receiverView is one telephone.
type receiverView struct {
	Person
	Writes  string // the language in words
	Address string // where what happens on it is posted
	State   exchange.State
	Script  []exchange.Moment
}

// Idle reports whether nobody is on the telephone.
func (v receiverView) Idle() bool { return v.State == "" || v.State == exchange.Over }

// Takes reports whether keys or words can be given now.
func (v receiverView) Takes() bool {
	return v.State == exchange.Listening || v.State == exchange.Queued
}

// page shows the telephones of one case, the one asked for or the first, and the
// desk's.
func (l *Landline) page(w http.ResponseWriter, r *http.Request) {
	people, err := l.config.People(r.Context())
	if err != nil {
		http.Error(w, "The people could not be read.", http.StatusInternalServerError)
		return
	}
	view := landlineView{
		Case: r.FormValue("case"), Number: spokenNumber(l.config.Number), Problem: r.FormValue("problem"), Elsewhere: l.config.Elsewhere,
		Keys: strings.Split("123456789*0#", ""),
	}
	for _, person := range people {
		if !slices.Contains(view.Cases, person.Case) && len(view.Cases) < maxCases {
			view.Cases = append(view.Cases, person.Case)
		}
		if view.Case == "" {
			view.Case = person.Case
		}
		if person.Case == view.Case {
			view.Phones = append(view.Phones, l.view(person, "/simulator/landline/people/"+url.PathEscape(person.ID)))
		}
	}
	l.pickUpWhatRings()
	view.Phones = append(view.Phones, l.view(Person{Name: "Caseworker", Role: "the desk", Number: l.config.Desk}, "/simulator/landline/desk"))
	writePage(w, landlinePage, view, "same-origin")
}

// pickUpWhatRings shows the call that rings at the desk, when it has no other.
func (l *Landline) pickUpWhatRings() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := l.lines[""]; now == nil || now.State() == exchange.Over {
		if rings := l.config.Exchange.Ringing(l.config.Desk); rings != nil {
			l.lines[""] = rings
		}
	}
}

func (l *Landline) line(of string) *exchange.Line {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lines[of]
}

func (l *Landline) view(p Person, address string) receiverView {
	v := receiverView{Person: p, Writes: languageName(p.Language), Address: address}
	line := l.line(p.ID)
	if line == nil {
		return v
	}
	v.State = line.State()
	v.Script = line.Log()
	return v
}

// person does something on a parent's telephone.
func (l *Landline) person(w http.ResponseWriter, r *http.Request) {
	people, err := l.config.People(r.Context())
	i := slices.IndexFunc(people, func(p Person) bool { return p.ID == r.PathValue("person") })
	if err != nil || i < 0 {
		http.Error(w, "There is no such person.", http.StatusNotFound)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
	who := people[i]
	if r.PostFormValue("do") == "call" {
		line, err := l.config.Exchange.Dial(r.Context(), who.Number)
		l.mu.Lock()
		l.lines[who.ID] = line
		l.mu.Unlock()
		l.back(w, r, err)
		return
	}
	l.back(w, r, l.do(r, l.line(who.ID)))
}

// desk does something on the caseworkers' telephone.
func (l *Landline) desk(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
	l.back(w, r, l.do(r, l.line("")))
}

// tone is what a landline records: a second of nothing.
var tone = append([]byte("RIFF\x64\x3e\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data\x80\x3e\x00\x00"), make([]byte, 16000)...)

// do does what a form asks for on a line.
func (l *Landline) do(r *http.Request, line *exchange.Line) error {
	if line == nil {
		return exchange.ErrNot
	}
	switch r.PostFormValue("do") {
	case "answer":
		return line.PickUp(r.Context())
	case "keys":
		if keys := r.PostFormValue("keys"); keys != "" && strings.Trim(keys, "0123456789*#") == "" {
			return line.Press(r.Context(), keys)
		}
		return errors.New("keys are figures, * and #")
	case "say":
		if words := strings.TrimSpace(r.PostFormValue("words")); words != "" {
			return line.Speak(r.Context(), words, 0.9)
		}
		return line.Silence(r.Context())
	case "wait":
		return line.Silence(r.Context())
	case "message":
		return line.Leave(r.Context(), tone)
	case "hang-up":
		return line.HangUp(r.Context())
	}
	return exchange.ErrNot
}

// back leads to the page again, with what went wrong.
func (l *Landline) back(w http.ResponseWriter, r *http.Request, err error) {
	to := url.Values{"case": {r.PostFormValue("case")}}
	if err != nil {
		to.Set("problem", err.Error())
	}
	http.Redirect(w, r, "/simulator/landline?"+to.Encode()+"#"+r.PostFormValue("at"), http.StatusSeeOther)
}
