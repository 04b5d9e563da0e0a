package console

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2/memstore"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
	staffissuer "parley/internal/simulator/issuer"
	"parley/internal/web"
	"parley/templates"
)

// testRoster is who works in the tests: like the demo's, one of each kind.
const testRoster = `
front: leeds-2
teams:
- {id: leeds-2, name: Leeds 2, nation: england, hours: "08:00-18:00", specialist: false, overflow: []}
- {id: cardiff-1, name: Cardiff 1, nation: wales, hours: "08:00-18:00", specialist: false, overflow: []}
- {id: hull-1, name: Hull 1, nation: england, hours: "08:00-20:00", specialist: true, overflow: []}
staff:
- {id: amara, name: Amara Okafor, email: amara@example.com, role: caseworker, teams: [leeds-2], skills: [], capacity: 6, language: en}
- {id: bethan, name: Bethan Price, email: bethan@example.com, role: team leader, telephone: "+441632960998", teams: [cardiff-1, leeds-2], skills: [welsh, complaints], capacity: 6, language: cy}
- {id: noor, name: Noor Hassan, email: noor@example.com, role: specialist, telephone: "+441632960997", teams: [hull-1], skills: [domestic abuse], capacity: 4, language: en}
- {id: wren, name: Wren Doyle, email: wren@example.com, role: author, teams: [], skills: [], capacity: 0, language: en}
- {id: ola, name: Ola Brandt, email: ola@example.com, role: auditor, teams: [], skills: [], capacity: 0, language: en}
`

// A house is a console among everything that it needs, with an issuer to sign
// in with.
type house struct {
	*Console
	url    string
	server *httptest.Server
	work   *desk
	access *doors
	audit  *auditBook

	mu  sync.Mutex
	now time.Time
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

// pass has time pass.
func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// newHouse makes one, changed as the changes have it.
func newHouse(tb testing.TB, changes ...func(*Config)) *house {
	tb.Helper()
	roster, err := directory.ReadRoster([]byte(testRoster))
	if err != nil {
		tb.Fatal(err)
	}
	assets, err := web.NewAssets()
	if err != nil {
		tb.Fatal(err)
	}
	h := &house{work: newDesk(), access: &doors{}, audit: &auditBook{}, now: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	routes := http.NewServeMux()
	h.server = httptest.NewServer(routes)
	h.url = h.server.URL
	tb.Cleanup(h.server.Close)
	const id, secret = "parley", "the client's secret"
	config := Config{
		Roster: roster, Access: h.access, Cases: h.access, Work: h.work, Audit: h.audit,
		Figures: noFigures(), Webhooks: noWebhooks(),
		SignIn:      SignIn{Issuer: h.url + "/issuer", ClientID: id, ClientSecret: secret},
		Sessions:    pageStore{memstore.New()},
		ServiceName: map[templates.Language]string{templates.English: "Child Maintenance Service", templates.Welsh: "Gwasanaeth Cynhaliaeth Plant"},
		PublicURL:   h.url, Assets: assets, NewSecret: rand.Text, Clock: h.clock, Log: slog.New(slog.NewTextHandler(tb.Output(), nil)),
	}
	inSilence(tb, &config)
	withoutRecords(&config)
	for _, change := range changes {
		change(&config)
	}
	if h.Console, err = New(config); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(h.Console.Close) // before the server: open pages would keep it waiting
	known, err := staffissuer.New(staffissuer.Config{
		URL: h.url + "/issuer", ClientID: id, ClientSecret: secret, RedirectURLs: []string{h.url + "/console/signed-in"},
		Members: membersOf(roster), Clock: time.Now, NewToken: rand.Text,
	})
	if err != nil {
		tb.Fatal(err)
	}
	routes.Handle("/issuer/", known)
	routes.Handle("/console", h.Console)
	routes.Handle("/console/", h.Console)
	routes.Handle(web.Path, assets)
	return h
}

// membersOf are all staff, and two whom the console must not let in.
func membersOf(roster *directory.Roster) []staffissuer.Member {
	members := []staffissuer.Member{
		{ID: "stranger", Name: "A Stranger", Email: "stranger@example.com"},
		{ID: "unverified", Name: "Amara Okafor", Email: "amara@example.com", Unverified: true},
	}
	for _, s := range roster.Everybody() {
		members = append(members, staffissuer.Member{ID: string(s.ID), Name: s.Name, Email: s.Email, About: string(s.Role)})
	}
	return members
}

// pageStore keeps sessions in memory, as scs.CtxStore.
type pageStore struct{ *memstore.MemStore }

func (p pageStore) FindCtx(_ context.Context, token string) ([]byte, bool, error) {
	return p.Find(token)
}
func (p pageStore) CommitCtx(_ context.Context, token string, b []byte, expiry time.Time) error {
	return p.Commit(token, b, expiry)
}
func (p pageStore) DeleteCtx(_ context.Context, token string) error { return p.Delete(token) }

// A tab is a browser of somebody's, without its script.
type tab struct {
	tb     testing.TB
	house  *house
	client *http.Client
	token  string // of its forms
}

// newTab opens one that follows no redirects.
func (h *house) newTab(tb testing.TB) *tab {
	tb.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		tb.Fatal(err)
	}
	return &tab{tb: tb, house: h, client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}}
}

// signIn opens a tab and signs in as a member of staff, all the way through the
// issuer.
func (h *house) signIn(tb testing.TB, id directory.StaffID) *tab {
	tb.Helper()
	t := h.newTab(tb)
	if answer := t.enter(string(id), "/console/sign-in"); answer.status != http.StatusSeeOther {
		tb.Fatalf("%s was not signed in: %d %s", id, answer.status, answer.body)
	}
	t.takeToken()
	return t
}

// enter goes from an address to the issuer, chooses who to be there, and
// returns the console's answer to that.
func (t *tab) enter(member, address string) answer {
	t.tb.Helper()
	began := t.get(address)
	if began.status != http.StatusFound {
		t.tb.Fatalf("sign-in leads nowhere: %d %s", began.status, began.body)
	}
	chosen := t.send(began.to, url.Values{"member": {member}})
	return t.get(chosen.to)
}

// takeToken reads the token of the session's forms from a page.
func (t *tab) takeToken() {
	t.tb.Helper()
	page := t.get("/console/instructions-of-nothing") // every role has the page that is not there
	found := regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(page.body)
	if found == nil {
		t.tb.Fatalf("no form has a token: %d %s", page.status, page.body)
	}
	t.token = found[1]
}

// An answer is what a tab was answered, and where that leads.
type answer struct {
	status   int
	to, body string
	header   http.Header
}

func (t *tab) get(address string) answer {
	t.tb.Helper()
	return t.do(http.MethodGet, address, nil)
}

// post sends a form with its token.
func (t *tab) post(address string, fields ...string) answer {
	t.tb.Helper()
	form := url.Values{"token": {t.token}}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return t.send(address, form)
}

func (t *tab) send(address string, form url.Values) answer {
	t.tb.Helper()
	return t.do(http.MethodPost, address, form)
}

func (t *tab) do(method, address string, form url.Values, headers ...string) answer {
	t.tb.Helper()
	if strings.HasPrefix(address, "/") {
		address = t.house.url + address
	}
	r, err := http.NewRequestWithContext(t.tb.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.tb.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := t.client.Do(r)
	if err != nil {
		t.tb.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.tb.Fatal(err)
	}
	return answer{response.StatusCode, response.Header.Get("Location"), string(body), response.Header}
}

// browse opens a Chromium and signs in with it, by pressing what people press.
func (h *house) browse(t *testing.T, id directory.StaffID, width int64) *servertest.Browser {
	t.Helper()
	if h.config.Assets.URL("console.js") == "" {
		t.Fatal("the pages' styles and scripts were not built: run make assets")
	}
	b := servertest.OpenBrowser(t, width)
	b.Open(h.url + "/console/")
	b.Leave(`button[value="` + string(id) + `"]`)
	return b
}

// doors decide who may see a case: everybody every case, but for those named.
type doors struct {
	mu       sync.Mutex
	hidden   []directory.CaseReference
	reasons  []directory.CaseReference          // that need one
	declared map[directory.CaseReference]string // why they were opened
}

func (d *doors) MaySee(_ context.Context, _ directory.StaffID, reference directory.CaseReference) (bool, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, one := range d.hidden {
		if one == reference {
			return false, false, nil
		}
	}
	for _, one := range d.reasons {
		if one == reference && d.declared[reference] == "" {
			return true, true, nil
		}
	}
	return true, false, nil
}

func (d *doors) OpenCase(_ context.Context, _ directory.StaffID, reference directory.CaseReference, reason string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.declared == nil {
		d.declared = map[directory.CaseReference]string{}
	}
	d.declared[reference] = reason
	return nil
}

// Case is an imagined one, whose reference is all that it has of its own.
func (d *doors) Case(_ context.Context, reference directory.CaseReference) (directory.Case, error) {
	if len(reference) != 12 {
		return directory.Case{}, gateway.ErrNotFound
	}
	return directory.Case{
		Reference: reference, Team: "leeds-2",
		PayingParent:     directory.Person{ID: "P1", Name: "Sam Example"},
		ReceivingParents: []directory.ReceivingParent{{Person: directory.Person{ID: "R1", Name: "Ali Example"}}},
	}, nil
}

// What main hands to the console.
var (
	_ Work   = (*gateway.Gateway)(nil)
	_ Access = (*gateway.Gateway)(nil)
)

// auditBook remembers what was recorded, and can be full.
type auditBook struct {
	mu      sync.Mutex
	entries []AuditEntry
	full    bool
}

var errBookFull = errors.New("the audit cannot record")

func (a *auditBook) Record(_ context.Context, entries ...AuditEntry) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.full {
		return errBookFull
	}
	a.entries = append(a.entries, entries...)
	return nil
}

// since are the entries after the first n.
func (a *auditBook) since(n int) []AuditEntry {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]AuditEntry(nil), a.entries[n:]...)
}

// last is the newest entry.
func (a *auditBook) last() AuditEntry {
	all := a.since(0)
	return all[len(all)-1]
}

// task is one that waits in a team's queue of the tests.
func task(id string, kind gateway.WorkItemKind, team directory.TeamID, due time.Time) gateway.Task {
	return gateway.Task{WorkItem: gateway.WorkItem{
		ID: id, Kind: kind, Case: "300012345678", Person: "P1", Conversation: "C1", Team: team, Due: due,
		Detail: "the person asked for somebody", Created: due.Add(-26 * time.Hour),
	}, State: gateway.WorkWaiting, Version: 1}
}
