package main

import (
	"cmp"
	"context"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/gateway/directory"
	"parley/internal/servertest"
	"parley/internal/simulator/issuer"
)

// BenchmarkConsole measures the console's pages, as a caseworker's browser asks
// for them one after the other, over a database with many cases on PostgreSQL.
// Each page is asked for with another case, person or word each time.
//
//	go test -run xxx -bench Console -benchtime 200x .
//
// PARLEY_TEST_CASES and PARLEY_TEST_MESSAGES say how many there are;
// PARLEY_TEST_SEEDED names a database that parley seed has filled, under the
// key of thirty-two times the letter k.
func BenchmarkConsole(b *testing.B) {
	w := newConsoleWorld(b)
	for _, page := range w.pages(b) {
		b.Run(page.name, func(b *testing.B) {
			for i := range 10 { // statements are prepared, and what is read often is in memory
				w.open(b, page.paths[i%len(page.paths)])
			}
			took := make([]time.Duration, b.N)
			b.ResetTimer()
			for i := range took {
				begun := time.Now()
				w.open(b, page.paths[i%len(page.paths)])
				took[i] = time.Since(begun)
			}
			b.StopTimer()
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*50/100].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// consoleWorld is a gateway with its console, and a caseworker who has signed in.
type consoleWorld struct {
	parts  *parts
	client *http.Client
}

func newConsoleWorld(b *testing.B) *consoleWorld {
	b.Helper()
	set := benchSettings(b, "PARLEY_OIDC_CLIENT_ID=parley", "PARLEY_OIDC_CLIENT_SECRET="+demoToken)
	set.OIDCIssuer = set.PublicURL + demoSignIn
	set.RedisURL, set.DatabaseURL = servertest.StartRedis(b).URL(), os.Getenv("PARLEY_TEST_SEEDED")
	if set.DatabaseURL == "" {
		set.DatabaseURL = servertest.StartPostgres(b).URL()
		seeded(b, set)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	w := &consoleWorld{client: &http.Client{Jar: jar}}
	w.parts = benchParts(set)
	w.parts.extend = w.employer
	if w.parts.staff, err = readTeams(""); err != nil {
		b.Fatal(err)
	}
	runUntilDone(b, w.serve)
	w.signIn(b)
	return w
}

// serve is a gateway that answers, and does nothing of itself.
func (w *consoleWorld) serve(ctx context.Context) error {
	p := w.parts
	defer p.stop(ctx)
	for _, start := range []func(context.Context) error{p.openStore, p.openSessions, p.makeChannels, p.makeGateway, p.route} {
		if err := start(ctx); err != nil {
			return err
		}
	}
	return p.listen(ctx)
}

// seeded fills the database.
func seeded(b *testing.B, set settings) {
	b.Helper()
	number := func(name string, otherwise int) int {
		n, err := strconv.Atoi(cmp.Or(os.Getenv(name), strconv.Itoa(otherwise)))
		if err != nil {
			b.Fatalf("%s: %v", name, err)
		}
		return n
	}
	migrate(b, set)
	p := &parts{settings: set}
	defer p.stop(b.Context())
	if err := p.openStore(b.Context()); err != nil {
		b.Fatal(err)
	}
	seed := seedCommand{Cases: number("PARLEY_TEST_CASES", 5_000), Messages: number("PARLEY_TEST_MESSAGES", 50_000), Workers: 2, Seed: 1}
	begun := time.Now()
	messages, err := seed.fill(b.Context(), p, io.Discard)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d cases and %d messages, put in in %s", seed.Cases, messages, time.Since(begun).Round(time.Second))
}

// employer signs staff in.
func (w *consoleWorld) employer(_ context.Context, p *parts) error {
	signIn, err := issuer.New(issuer.Config{
		URL: p.settings.OIDCIssuer, ClientID: p.settings.OIDCClient, ClientSecret: p.settings.OIDCSecret,
		RedirectURLs: []string{p.settings.PublicURL + "/console/signed-in"},
		Members:      []issuer.Member{{ID: "amara", Name: "Amara Okafor", Email: "amara@example.com"}}, Clock: time.Now, NewToken: newSecret,
	})
	if err == nil {
		p.routes.Handle(demoSignIn+"/", signIn)
	}
	return err
}

// signIn makes the client that of a caseworker of Leeds 2.
func (w *consoleWorld) signIn(b *testing.B) {
	b.Helper()
	for range 200 {
		response, err := w.client.Get(w.parts.settings.PublicURL + "/readyz")
		if err == nil {
			_ = response.Body.Close()
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	page := w.open(b, "/console/sign-in")
	_, action, _ := strings.Cut(page, `<form method="post" action="`)
	action, _, _ = strings.Cut(action, `"`)
	at, err := url.Parse(w.parts.settings.OIDCIssuer + "/")
	if err != nil {
		b.Fatal(err)
	}
	if at, err = at.Parse(html.UnescapeString(action)); err != nil {
		b.Fatal(err)
	}
	response, err := w.client.PostForm(at.String(), url.Values{"member": {"amara"}})
	if err != nil {
		b.Fatal(err)
	}
	_ = response.Body.Close()
	if !strings.HasPrefix(response.Request.URL.Path, "/console/") || response.StatusCode != http.StatusOK {
		b.Fatalf("signing in by %s ends at %s: %s", action, response.Request.URL, response.Status)
	}
}

// open asks for a page and reads it.
func (w *consoleWorld) open(b *testing.B, path string) string {
	b.Helper()
	response, err := w.client.Get(w.parts.settings.PublicURL + path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	page, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		b.Fatalf("%s: %s, %v", path, response.Status, err)
	}
	return string(page)
}

// consolePage is one kind of page, at many addresses.
type consolePage struct {
	name  string
	paths []string
}

// pages are those of people and cases of Leeds 2, so that no reason is asked for.
func (w *consoleWorld) pages(b *testing.B) []consolePage {
	ids := func(query string) []string {
		rows, err := w.parts.store.Writer().QueryContext(b.Context(), query)
		if err != nil {
			b.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		var found []string
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				b.Fatal(err)
			}
			found = append(found, id)
		}
		if err := rows.Err(); err != nil || len(found) == 0 {
			b.Fatalf("%s: nothing, %v", query, err)
		}
		return found
	}
	at := func(name, prefix string, ids []string) consolePage {
		p := consolePage{name: name}
		for _, id := range ids {
			p.paths = append(p.paths, prefix+url.PathEscape(id))
		}
		return p
	}
	cases := w.plainCases(b, ids(`SELECT reference FROM cases WHERE team = 'leeds-2' ORDER BY reference LIMIT 400`))
	var references, people, busy, names, numbers []string
	for i := range cases {
		c := &cases[i]
		references, people = append(references, string(c.Reference)), append(people, string(c.PayingParent.ID))
		names = append(names, c.PayingParent.Name)
		if number, _ := strconv.Atoi(string(c.Reference)); number%seedChunk == 0 { // who said most, see talk
			busy = append(busy, string(c.PayingParent.ID))
		}
		if c.PayingParent.Phone != "" {
			numbers = append(numbers, "0"+c.PayingParent.Phone[3:])
		}
	}
	talks := ids(`SELECT id FROM conversations WHERE person IN ('` + strings.Join(people, "','") + `') ORDER BY id LIMIT 200`)
	rare := newSeedVocabulary(1).words["en"][2_000:2_200]
	return []consolePage{
		{"my work", []string{"/console/work"}},
		{"team queue", []string{"/console/team"}},
		at("task", "/console/tasks/", ids(`SELECT id FROM work_items WHERE team = 'leeds-2' AND state = 'waiting' ORDER BY due LIMIT 100`)),
		at("case", "/console/cases/", references),
		at("person", "/console/people/", people),
		at("busiest person", "/console/people/", busy),
		at("conversation", "/console/conversations/", talks),
		at("search by reference", "/console/search?q=", references),
		at("search by name", "/console/search?q=", names),
		at("search by first name", "/console/search?q=", seedNames),
		at("search by number", "/console/search?q=", numbers),
		at("search by common word", "/console/search?q=", seedEnglish[1:20]),
		at("search by rare word", "/console/search?q=", rare),
		{"search by two common words", []string{"/console/search?q=payment+not", "/console/search?q=the+children"}},
		{"search by a rare and a common word", []string{"/console/search?q=the+" + rare[0], "/console/search?q=my+" + rare[1]}},
	}
}

// plainCases are those that anybody of their team may open.
func (w *consoleWorld) plainCases(b *testing.B, references []string) []directory.Case {
	asked := make([]directory.CaseReference, len(references))
	for i, reference := range references {
		asked[i] = directory.CaseReference(reference)
	}
	cases, err := w.parts.store.Cases(b.Context(), asked...)
	if err != nil {
		b.Fatal(err)
	}
	return slices.DeleteFunc(cases, func(c directory.Case) bool {
		return slices.ContainsFunc(c.People(), func(p *directory.Person) bool { return p.Risk != nil })
	})
}
