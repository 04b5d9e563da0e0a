package console

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// AuditTrail is what staff saw and did, as the auditor reads it.
type AuditTrail interface {
	AuditEntries(ctx context.Context, q gateway.AuditQuery) ([]gateway.AuditEntry, error)
	VerifyAudit(ctx context.Context) (gateway.AuditProof, error)
}

func (c *Console) auditRoutes() []route {
	return []route{
		{"GET /console/audit", auditors, c.auditPage, "saw audit"},
		{"GET /console/audit/csv", auditors, c.auditCSV, "took audit"},
		{"POST /console/audit/verify", auditors, c.verifyAudit, "verified audit"},
	}
}

const (
	auditLength = 50     // entries of a page
	auditAtOnce = 500    // read at once for a file
	auditInFile = 50_000 // at most; a shorter time has the rest
)

// auditFilter is which entries a page shows, as its form has it.
type auditFilter struct {
	Staff, Case, Person, From, To string
}

func readAuditFilter(r *request) auditFilter {
	digits := strings.Join(strings.Fields(r.FormValue("case")), "") // as it is written, in groups
	return auditFilter{r.FormValue("staff"), digits, strings.TrimSpace(r.FormValue("person")), r.FormValue("from"), r.FormValue("to")}
}

func (f auditFilter) values() url.Values {
	values := url.Values{}
	for key, value := range map[string]string{"staff": f.Staff, "case": f.Case, "person": f.Person, "from": f.From, "to": f.To} {
		if value != "" {
			values.Set(key, value)
		}
	}
	return values
}

// address is a page of the audit with this filter, and another value.
func (f auditFilter) address(path, key, value string) string {
	values := f.values()
	if value != "" {
		values.Set(key, value)
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// With is the address of the same entries with one more value chosen.
func (f auditFilter) With(key string, value any) string {
	switch v := value.(type) {
	case directory.StaffID:
		return f.address("/console/audit", key, string(v))
	case directory.CaseReference:
		return f.address("/console/audit", key, string(v))
	case directory.PersonID:
		return f.address("/console/audit", key, string(v))
	}
	return f.address("/console/audit", "", "")
}

// query asks for the entries. Days are London's, both counted; what is no day
// is passed over.
func (f auditFilter) query(london *time.Location) gateway.AuditQuery {
	q := gateway.AuditQuery{Staff: directory.StaffID(f.Staff), Case: directory.CaseReference(f.Case), Person: directory.PersonID(f.Person)}
	if day, err := time.ParseInLocation(time.DateOnly, f.From, london); err == nil {
		q.From = day
	}
	if day, err := time.ParseInLocation(time.DateOnly, f.To, london); err == nil {
		q.To = day.AddDate(0, 0, 1)
	}
	return q
}

// auditContent is what the page shows.
type auditContent struct {
	Filter      auditFilter
	Staff       []directory.Staff
	Entries     []gateway.AuditEntry
	First, Next string
	File        string              // where the entries are as CSV
	Proof       *gateway.AuditProof // of the seals, when it was asked for
}

func (c *Console) auditPage(w http.ResponseWriter, r *request) error {
	if err := c.saw(r, AuditEntry{Object: readAuditFilter(r).values().Encode()}); err != nil {
		return err
	}
	return c.showAudit(w, r, nil)
}

func (c *Console) showAudit(w http.ResponseWriter, r *request, proof *gateway.AuditProof) error {
	content := auditContent{Filter: readAuditFilter(r), Staff: c.config.Roster.Everybody(), Proof: proof}
	q := content.Filter.query(c.london)
	q.Limit, q.Before = auditLength+1, r.FormValue("before")
	entries, err := c.config.Figures.Audit.AuditEntries(r.Context(), q)
	if err != nil {
		return err
	}
	content.Entries = entries
	if len(entries) > auditLength {
		content.Entries = entries[:auditLength]
		content.Next = content.Filter.address("/console/audit", "before", entries[auditLength-1].ID)
	}
	if q.Before != "" {
		content.First = content.Filter.address("/console/audit", "", "")
	}
	content.File = content.Filter.address("/console/audit/csv", "", "")
	return c.page(w, r, http.StatusOK, "audit", r.say("nav.audit"), content)
}

// verifyAudit goes through all seals and shows what holds.
func (c *Console) verifyAudit(w http.ResponseWriter, r *request) error {
	if err := c.did(r, AuditEntry{}); err != nil {
		return err
	}
	proof, err := c.config.Figures.Audit.VerifyAudit(r.Context())
	if err != nil {
		return err
	}
	return c.showAudit(w, r, &proof)
}

// auditCSV gives the same entries as a file, the latest first.
func (c *Console) auditCSV(w http.ResponseWriter, r *request) error {
	f := readAuditFilter(r)
	if err := c.did(r, AuditEntry{Object: f.values().Encode()}); err != nil {
		return err
	}
	q := f.query(c.london)
	q.Limit = auditAtOnce
	file := newSheet(w, "audit", "id", "at", "staff", "name", "action", "case", "person", "conversation", "object", "reason")
	for file.rows < auditInFile {
		entries, err := c.config.Figures.Audit.AuditEntries(r.Context(), q)
		if err != nil {
			return err
		}
		for _, e := range entries {
			file.add(e.ID, e.At.UTC().Format(time.RFC3339Nano), string(e.Staff), c.staffName(e.Staff), e.Action, string(e.Case),
				string(e.Person), string(e.Conversation), e.Object, e.Reason)
		}
		if len(entries) < auditAtOnce {
			break
		}
		q.Before = entries[len(entries)-1].ID
	}
	return file.end()
}
