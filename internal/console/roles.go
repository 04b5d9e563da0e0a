package console

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"parley/gateway"
	"parley/gateway/directory"
)

// Why a request has another answer than it asks for.
var (
	errNoPage = errors.New("there is no such page")
	errRole   = errors.New("it is not for their role")
	errForm   = errors.New("the form is not of this session")
)

// A reasonNeeded is that somebody must say first why they open a case.
type reasonNeeded struct{ reference directory.CaseReference }

func (reasonNeeded) Error() string { return "a reason is needed" }

// maxForm is the most bytes of a form.
const maxForm = 1 << 20

// allowed answers a route for those who have signed in and whose role it is
// for, and whose form is their own.
func (c *Console) allowed(one route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, plain *http.Request) {
		r := c.newRequest(plain, &one)
		if r.Staff == nil {
			c.toSignIn(w, r)
			return
		}
		if err := c.answer(w, r); err != nil {
			c.fail(w, r, err)
		}
	})
}

func (c *Console) answer(w http.ResponseWriter, r *request) error {
	if !slices.Contains(r.route.roles, r.Staff.Role) {
		return errRole
	}
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if !r.isOurForm() {
			return errForm
		}
	}
	return r.route.handle(w, r)
}

// isOurForm reports whether a form carries its session's token. It reads the
// form.
func (r *request) isOurForm() bool {
	said := r.PostFormValue("token")
	return r.token != "" && subtle.ConstantTimeCompare([]byte(said), []byte(r.token)) == 1
}

// toSignIn leads to sign-in, and from there back to the page that was asked
// for. A script is only told.
func (c *Console) toSignIn(w http.ResponseWriter, r *request) {
	if onItsOwn(r.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	address := "/console/sign-in"
	if r.Method == http.MethodGet {
		address += "?" + url.Values{"to": {r.URL.RequestURI()}}.Encode()
	}
	http.Redirect(w, r.Request, address, http.StatusSeeOther)
}

// opens reports with nil that somebody may see a case; with ErrForbidden that
// they may not know of it; and else that they must give a reason first, for
// which fail asks.
func (c *Console) opens(r *request, reference directory.CaseReference) error {
	may, reason, err := c.config.Access.MaySee(r.Context(), r.Staff.ID, reference)
	switch {
	case err != nil:
		return err
	case !may && !reason:
		return gateway.ErrForbidden
	case reason:
		return reasonNeeded{reference}
	default:
		return nil
	}
}

// orReason is what an error about something of a case comes to: a reason for
// that case is asked for.
func (c *Console) orReason(err error, reference directory.CaseReference) error {
	if errors.Is(err, gateway.ErrNoReason) && reference != "" {
		return reasonNeeded{reference}
	}
	return err
}

// askReason shows the form that openCase takes.
func (c *Console) askReason(w http.ResponseWriter, r *request, reference directory.CaseReference, problem string) error {
	r.recorded = true // nothing of the case is shown
	status, to := http.StatusForbidden, r.URL.RequestURI()
	if problem != "" {
		status, to = http.StatusUnprocessableEntity, localPath(r.PostFormValue("to"))
	}
	if r.Method == http.MethodPost && problem == "" {
		to = "/console/cases/" + url.PathEscape(string(reference))
	}
	content := struct{ Case, To, Field, Problem, Reason string }{string(reference), to, "reason", problem, r.PostFormValue("reason")}
	return c.page(w, r, status, "reason", r.say("reason.title"), content)
}

// openCase keeps why somebody opens a case that is not their own, and leads to
// what they asked for.
func (c *Console) openCase(w http.ResponseWriter, r *request) error {
	reference := directory.CaseReference(r.PostFormValue("case"))
	switch err := c.opens(r, reference); {
	case err == nil:
		http.Redirect(w, r.Request, localPath(r.PostFormValue("to")), http.StatusSeeOther)
		return nil
	case !errors.As(err, new(reasonNeeded)):
		return err
	}
	reason := strings.TrimSpace(r.PostFormValue("reason"))
	if len(reason) < 10 { // "Cover", "-" and "ok" tell an auditor nothing
		return c.askReason(w, r, reference, r.say("reason.want"))
	}
	if err := c.did(r, AuditEntry{Case: reference, Reason: reason}); err != nil {
		return err
	}
	if err := c.config.Access.OpenCase(r.Context(), r.Staff.ID, reference, reason); err != nil {
		return err
	}
	http.Redirect(w, r.Request, localPath(r.PostFormValue("to")), http.StatusSeeOther)
	return nil
}

// localPath is a page of the console, its first when a text is anything else.
func localPath(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "" || u.Host != "" || strings.ContainsAny(text, "\\\r\n") {
		return "/console/"
	}
	// Both: browsers take ///evil.example/../console/ for a page of another host.
	if !strings.HasPrefix(u.EscapedPath(), "/console/") || !strings.HasPrefix(path.Clean(u.Path), "/console/") {
		return "/console/"
	}
	return u.RequestURI()
}
