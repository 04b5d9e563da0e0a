package console

import (
	"net/http"
	"slices"

	"parley/gateway/directory"
)

// A route is one thing that staff can ask for.
type route struct {
	pattern string // "GET /console/work", as http.ServeMux takes it
	roles   []directory.StaffRole
	handle  handler
	// audited is what the audit calls it, for what shows or touches anything of
	// a person; its handler must call saw or did. Empty: nothing of anybody.
	audited string
}

// A handler answers a request, or says why not: see fail.
type handler func(w http.ResponseWriter, r *request) error

// Who may ask for something.
var (
	everybody   = []directory.StaffRole{directory.Caseworker, directory.TeamLeader, directory.Specialist, directory.Author, directory.Auditor}
	caseworkers = []directory.StaffRole{directory.Caseworker, directory.TeamLeader, directory.Specialist}
	leaders     = []directory.StaffRole{directory.TeamLeader, directory.Specialist}
	specialists = []directory.StaffRole{directory.Specialist}
	auditors    = []directory.StaffRole{directory.Auditor}
)

// routes are all of them.
func (c *Console) routes() []route {
	return slices.Concat(
		c.ownRoutes(), c.workRoutes(), c.taskRoutes(), c.callRoutes(), c.newTaskRoutes(), c.absenceRoutes(), c.teamRoutes(),
		c.caseRoutes(), c.personRoutes(), c.searchRoutes(),
		c.conversationRoutes(), c.labelRoutes(), c.connectRoutes(),
		c.reportRoutes(), c.catalogueRoutes(), c.auditRoutes(), c.instructionRoutes(), c.deliveryRoutes(),
	)
}

// ownRoutes are those of the console itself.
func (c *Console) ownRoutes() []route {
	return []route{
		{"GET /console/{$}", everybody, c.home, ""},
		{"POST /console/presence", caseworkers, c.setPresence, ""},
		{"POST /console/language", everybody, c.setLanguage, ""},
		{"POST /console/open", caseworkers, c.openCase, "opened case"},
	}
}

// routed is the handler of all routes. What another site's page sends is
// refused, by what the browser says of it (Fetch Metadata, or Origin) and by
// the session's token in each form.
func (c *Console) routed() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /console", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/console/", http.StatusSeeOther)
	})
	mux.HandleFunc("GET /console/sign-in", c.signIn)
	mux.HandleFunc("GET /console/signed-in", c.signedIn)
	mux.HandleFunc("POST /console/sign-out", c.signOut)
	mux.HandleFunc("GET /console/signed-out", c.signedOut)
	for _, one := range c.routes() {
		mux.Handle(one.pattern, c.allowed(one))
	}
	mux.Handle("/console/", c.allowed(route{roles: everybody, handle: func(http.ResponseWriter, *request) error { return errNoPage }}))
	c.ours.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.notice(w, c.newRequest(r, nil), http.StatusForbidden, "not-ours")
	}))
	all := http.NewServeMux()
	all.Handle("/", c.withSession(c.ours.Handler(mux)))
	all.HandleFunc("GET "+eventsPath, c.events) // looks for its session again and again
	return all
}
