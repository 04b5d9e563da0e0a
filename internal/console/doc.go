// Package console is the caseworkers' pages: their work and their teams'
// queues, cases, conversations, and the service's figures, in English and
// Welsh, in the style of GOV.UK Frontend. Everything works without JavaScript;
// with it, what changes elsewhere shows at once.
//
// Staff sign in with OpenID Connect Core 1.0 (authorization code with PKCE, RFC
// 7636); pages keep to WCAG 2.2 AA, to Content Security Policy Level 3 and to
// the session limits of NIST SP 800-63B-4 (AAL2). What a member of staff may
// see and do is decided by the gateway; the console asks it, and has every
// sight of a person recorded before it is shown.
//
// # Adding a page
//
// A group of pages is one Go file, one HTML file of pages/ and its words in
// both languages:
//
//	func (c *Console) caseRoutes() []route {
//		return []route{{"GET /console/cases/{case}", caseworkers, c.caseFile, "saw case"}}
//	}
//
//	func (c *Console) caseFile(w http.ResponseWriter, r *request) error {
//		if err := c.opens(r, directory.CaseReference(r.PathValue("case"))); err != nil {
//			return err // nobody may see it, or a reason is asked for first
//		}
//		... // ask the gateway, as r.Staff.ID
//		if err := c.saw(r, AuditEntry{Case: reference}); err != nil {
//			return err
//		}
//		r.watch("case", string(reference)) // what is data-live="case:…" is shown anew when it changes
//		return c.page(w, r, http.StatusOK, "case", r.say("case.title"), content)
//	}
//
// An error becomes a page: gateway.ErrForbidden and gateway.ErrNotFound "there
// is no such page", gateway.ErrNotYours 403, gateway.ErrTaken 409, and anything
// else 500 with a reference that the log has too. A page of an audited route
// that nothing was recorded for is not shown.
//
// In the HTML, {{say "case.title"}} is a word in the page's language, .Content
// is what the handler gave, and a form begins with {{template "token" $}}.
package console
