package console

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/web"
	"parley/templates"
)

//go:embed pages/*.html
var pageFiles embed.FS

// parsePages reads the pages once for each language, whose words they say.
func (c *Console) parsePages() (map[templates.Language]web.Pages, error) {
	files, err := fs.Sub(pageFiles, "pages")
	if err != nil {
		return nil, fmt.Errorf("opening pages: %w", err)
	}
	pages := map[templates.Language]web.Pages{}
	for _, language := range templates.Languages() {
		said := clockWords{language, c.london, c.config.Clock}
		pages[language], err = web.ParsePages(files, template.FuncMap{
			"say":  func(key string, args ...any) (string, error) { return say(language, key, args...) },
			"date": said.date, "clock": said.clock, "when": said.when, "ago": said.ago, "due": said.due, "iso": said.iso,
			"why":   func(reasons string) template.HTML { return c.why(language, reasons) },
			"money": templates.Money, "percent": func(share float64) string { return strconv.Itoa(int(100*share+0.5)) + "%" },
			"kind": func(kind gateway.WorkItemKind) string { return wordOr(language, "kind."+string(kind), string(kind)) },
			"named": func(group string, name any) string {
				return wordOr(language, fmt.Sprint(group, ".", name), fmt.Sprint(name))
			},
			"team": c.teamName, "staff": c.staffName, "somebody": c.somebody, "reference": spaced,
			"language": func() templates.Language { return language },
		})
		if err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// around is what every page has around its content, as .Around.
type around struct {
	Staff    *directory.Staff // nil on pages before sign-in
	Team     string
	Path     string
	Here     string             // where a form of the frame leads back to
	Other    templates.Language // than the page's
	Token    string
	Presence gateway.Presence
	Choices  []gateway.Presence
	Links    []link
	Counts   Counts
	Search   string // what was searched for
	Flash    string
	Events   string // where the page's script hears of changes
}

// A link leads to one of the console's parts.
type link struct {
	Path, Name string
	Count      int    // 0: none shown
	CountOf    string // the name by which the stream of events counts it
	Current    bool
}

// page answers with a page of pages/, whose title is title and whose .Content
// is content.
func (c *Console) page(w http.ResponseWriter, r *request, status int, name, title string, content any) error {
	if r.route.audited != "" && !r.recorded {
		return fmt.Errorf("page %q shows what the audit does not know of", name)
	}
	surrounding, err := c.surround(r)
	if err != nil {
		return err
	}
	service := r.say("service", c.config.ServiceName[r.Language])
	page := web.Page{
		Title: title + " – " + service, Service: service, Home: "/console/", Language: r.Language, Skip: r.say("skip"),
		Styles: c.config.Assets.URL("console.css"), Script: c.config.Assets.URL("console.js"),
		Around: surrounding, Content: content,
	}
	return c.pages[r.Language].Write(w, status, name, page)
}

func (c *Console) surround(r *request) (around, error) {
	a := around{Staff: r.Staff, Path: r.URL.Path, Here: "/console/", Token: r.token, Other: templates.Welsh, Search: r.FormValue("q")}
	if r.Language == templates.Welsh {
		a.Other = templates.English
	}
	if r.Staff == nil {
		return a, nil
	}
	if r.Method == http.MethodGet {
		a.Here = r.URL.RequestURI()
	}
	a.Flash, a.Presence, a.Choices, a.Events = r.takeFlash(), r.presence(), presences, r.eventsAddress()
	if len(r.Staff.Teams) > 0 {
		if team := c.config.Roster.Team(r.Staff.Teams[0]); team != nil {
			a.Team = team.Name
		}
	}
	if r.Staff.TakesWork() {
		counts, err := c.counts(r.Context(), r.Staff.ID)
		if err != nil {
			return a, err
		}
		a.Counts = counts
	}
	a.Links = links(r, a.Counts)
	return a, nil
}

// links lead to the parts of the console that somebody's role has.
func links(r *request, counts Counts) []link {
	var all []link
	add := func(roles []directory.StaffRole, path, name string, count int, countOf string) {
		if slices.Contains(roles, r.Staff.Role) {
			all = append(all, link{path, r.say(name), count, countOf, strings.HasPrefix(r.URL.Path, path)})
		}
	}
	add(caseworkers, "/console/work", "nav.work", counts.ToDo, "to-do")
	add(caseworkers, "/console/team", "nav.team", counts.Waiting, "waiting")
	add(everybody, "/console/instructions", "nav.instructions", 0, "")
	add(everybody, "/console/dialogs", "nav.dialogs", 0, "")
	add(everybody, "/console/reports", "nav.reports", 0, "")
	add(auditors, "/console/audit", "nav.audit", 0, "")
	add(deliverySeers, "/console/deliveries", "nav.deliveries", 0, "")
	return all
}

// fail answers with a page that says why there is nothing else.
func (c *Console) fail(w http.ResponseWriter, r *request, err error) {
	var reason reasonNeeded
	switch {
	case errors.As(err, &reason):
		if err := c.askReason(w, r, reason.reference, ""); err != nil {
			c.broken(w, r, err)
		}
	case errors.Is(err, errNoPage), errors.Is(err, gateway.ErrNotFound), errors.Is(err, gateway.ErrForbidden):
		c.notice(w, r, http.StatusNotFound, "not-found") // what may not be seen is not there
	case errors.Is(err, errRole):
		c.notice(w, r, http.StatusForbidden, "not-your-role")
	case errors.Is(err, gateway.ErrNotYours):
		c.notice(w, r, http.StatusForbidden, "not-yours")
	case errors.Is(err, errForm):
		c.notice(w, r, http.StatusForbidden, "not-ours")
	case errors.Is(err, gateway.ErrChanged):
		c.notice(w, r, http.StatusConflict, "changed")
	case errors.Is(err, gateway.ErrTaken):
		c.notice(w, r, http.StatusConflict, "taken")
	default:
		c.broken(w, r, err)
	}
}

// notice answers with a page that says one thing: the words of key and
// key-body.
func (c *Console) notice(w http.ResponseWriter, r *request, status int, key string) {
	c.noticeWith(w, r, status, key, "")
}

func (c *Console) noticeWith(w http.ResponseWriter, r *request, status int, key, reference string) {
	r.recorded = true // nothing of anybody is shown
	content := struct{ Title, Body, Reference string }{r.say(key), r.say(key + "-body"), reference}
	if err := c.page(w, r, status, "notice", content.Title, content); err != nil {
		c.config.Log.ErrorContext(r.Context(), "a page of the console could not be drawn", "error", err)
		http.Error(w, http.StatusText(status), status)
	}
}

// broken answers what is our own fault with a reference that the log has too.
func (c *Console) broken(w http.ResponseWriter, r *request, err error) {
	if r.Context().Err() != nil {
		return // nobody waits for the answer
	}
	reference := c.config.NewSecret()[:8]
	c.config.Log.ErrorContext(r.Context(), "the console could not answer", "reference", reference, "route", r.route.pattern, "error", err)
	c.noticeWith(w, r, http.StatusInternalServerError, "broken", reference)
}
