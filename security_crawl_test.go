package main

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// page is what was read at an address of the demo.
type page struct {
	path, body, header string
	status             int
}

// mostPages is how far a crawl goes; a demo has fewer.
const mostPages = 250

// oneOf is what one page of each kind is enough for.
var oneOf = regexp.MustCompile(`^/console/(dialogs|notices|instructions|reports)/`)

// crawl reads some pages and all that their links lead to, within the console.
func (d *demonstration) crawl(client http.Client, begin ...string) (pages []page) {
	d.t.Helper()
	seen := map[string]bool{}
	ofKind := map[string]int{}
	for queue := begin; len(queue) > 0 && len(pages) < mostPages; queue = queue[1:] {
		path := queue[0]
		if kind := oneOf.FindString(path); seen[path] || kind != "" && ofKind[kind] >= 8 {
			continue
		} else if kind != "" {
			ofKind[kind]++
		}
		seen[path] = true
		p := d.read(client, path)
		pages = append(pages, p)
		for _, link := range linksIn(p) {
			if !seen[link] {
				queue = append(queue, link)
			}
		}
	}
	return pages
}

// read asks again for what a store that is too slow cannot answer.
func (d *demonstration) read(client http.Client, path string) page {
	d.t.Helper()
	for begun := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		response, err := client.Get(d.url + path)
		if err != nil {
			d.t.Fatal(err)
		}
		if response.StatusCode != http.StatusServiceUnavailable || time.Since(begun) > patience {
			return d.pageOf(path, response)
		}
		response.Body.Close()
	}
}

// pageOf is what an answer to a request at a path shows.
func (d *demonstration) pageOf(path string, response *http.Response) page {
	d.t.Helper()
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	var header strings.Builder
	if err := response.Header.Write(&header); err != nil {
		d.t.Fatal(err)
	}
	if response.StatusCode >= 500 {
		d.t.Errorf("%s: %s", path, response.Status)
	}
	return page{path, string(body), header.String(), response.StatusCode}
}

func (p page) isHTML() bool { return strings.Contains(p.header, "text/html") }

// linksIn are the pages of the console that a page leads to.
func linksIn(p page) (links []string) {
	if !p.isHTML() {
		return nil
	}
	visit(p.body, func(node *html.Node) {
		for _, a := range node.Attr {
			if a.Key != "href" || !strings.HasPrefix(a.Val, "/console/") && !strings.HasPrefix(a.Val, "?") {
				continue
			}
			if to, err := url.Parse(p.path); err == nil {
				if to, err = to.Parse(a.Val); err == nil && to.Path != "/console/sign-out" && to.Path != "/console/events" {
					to.Fragment = ""
					links = append(links, to.String())
				}
			}
		}
	})
	return links
}

// markupIn tells what of a hostile text a browser would run.
func markupIn(p page) (findings []string) {
	if !p.isHTML() {
		if strings.Contains(p.body, "<script>hostile") && !strings.Contains(p.header, "nosniff") {
			findings = append(findings, "a hostile text in what a browser may take for a page")
		}
		return findings
	}
	visit(p.body, func(node *html.Node) {
		if node.Data == "script" && !isData(node) && node.FirstChild != nil && strings.Contains(node.FirstChild.Data, "hostile(") {
			findings = append(findings, "runs a script")
		}
		for _, a := range node.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"):
				findings = append(findings, "has the attribute "+a.Key)
			case strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:"):
				findings = append(findings, "leads to a script")
			}
		}
	})
	return findings
}

// isData reports whether a script is a block of data, which no browser runs
// (HTML section 4.12.1).
func isData(script *html.Node) bool {
	return slices.Contains(script.Attr, html.Attribute{Key: "type", Val: "application/json"})
}

func visit(body string, each func(*html.Node)) {
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return
	}
	for node := range root.Descendants() {
		if node.Type == html.ElementNode {
			each(node)
		}
	}
}

// The finder finds: each of the ways in which a page can fail to escape.
func TestMarkupIsFoundWhereItIs(t *testing.T) {
	head := "Content-Type: text/html; charset=utf-8\r\n"
	for name, c := range map[string]struct {
		body string
		want int
	}{
		"in the text":          {"<p>" + hostile("x") + "</p>", 3},
		"in an attribute":      {`<input value="` + hostile("x") + `">`, 3},
		"in a quoted one":      {"<input value='" + hostile("x") + "'>", 3},
		"as a link":            {`<a href="javascript:hostile()">x</a>`, 1},
		"in a script":          {`<script>let a = hostile("x")</script>`, 1},
		"escaped":              {"<p title='" + html.EscapeString(hostile("x")) + "'>" + html.EscapeString(hostile("x")) + "</p>", 0},
		"in a block of data":   {`<script type="application/json">["hostile(1)"]</script>`, 0},
		"a script of the page": {`<script src="/assets/console.js"></script>`, 0},
	} {
		if got := markupIn(page{"/", c.body, head, 200}); len(got) != c.want {
			t.Errorf("%s: found %q, want %d", name, got, c.want)
		}
	}
}

// refusesStrangers asks for every page that amara saw, as others who may not.
func (d *demonstration) refusesStrangers(t *testing.T, seen []page) {
	t.Helper()
	stranger := http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	author := d.signIn("wren")
	asked := 0
	for _, p := range seen {
		if p.status != http.StatusOK || !regexp.MustCompile(`^/console/(cases|people|tasks|conversations|messages|new-task)/`).MatchString(p.path) {
			continue
		}
		asked++
		if got := d.read(stranger, p.path); got.status == http.StatusOK || strings.Contains(got.body, "Example") {
			t.Errorf("%s, not signed in: %d", p.path, got.status)
		}
		if got := d.read(author, p.path); got.status == http.StatusOK {
			t.Errorf("%s, as an author of dialogs: %d", p.path, got.status)
		}
	}
	if asked < 5 {
		t.Errorf("only %d pages name an id", asked)
	}
	for _, path := range []string{"/api/v1/reports?case=300012345678", "/api/v1/conversations/x", "/api/v1/work-items", "/console/people/P1/evidence/x", "/console/tasks/x/voicemail", "/chat/copy", "/chat/ws"} {
		if got := d.read(stranger, path); got.status == http.StatusOK {
			t.Errorf("%s, by a stranger: %d %s", path, got.status, got.body)
		}
	}
}
