package webchat

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// a plainBrowser has no JavaScript. It keeps cookies, follows redirections and
// sends forms as they stand on the page.
type plainBrowser struct {
	t      *testing.T
	client *http.Client
	base   string

	status int
	header http.Header
	at     *url.URL
	page   *html.Node
	source string
}

func (b *bench) browse(t *testing.T) *plainBrowser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &plainBrowser{t: t, client: &http.Client{Jar: jar}, base: b.url}
	return p
}

func (p *plainBrowser) get(path string) *plainBrowser {
	p.t.Helper()
	request, err := http.NewRequest(http.MethodGet, p.base+path, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.do(request)
}

func (p *plainBrowser) do(request *http.Request) *plainBrowser {
	p.t.Helper()
	response, err := p.client.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	p.status, p.header, p.at, p.source = response.StatusCode, response.Header, response.Request.URL, string(body)
	if p.page, err = html.Parse(bytes.NewReader(body)); err != nil {
		p.t.Fatal(err)
	}
	return p
}

// all lists the elements for which is holds.
func (p *plainBrowser) all(is func(*html.Node) bool) []*html.Node {
	return slices.Collect(func(yield func(*html.Node) bool) {
		for n := range p.page.Descendants() {
			if n.Type == html.ElementNode && is(n) && !yield(n) {
				return
			}
		}
	})
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func visible(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func (p *plainBrowser) title() string {
	return visible(p.all(func(n *html.Node) bool { return n.Data == "title" })[0])
}

func (p *plainBrowser) heading() string {
	if found := p.all(func(n *html.Node) bool { return n.Data == "h1" }); len(found) > 0 {
		return visible(found[0])
	}
	return ""
}

// form finds the form with a button of that name, and what its hidden fields
// and the button itself hold.
func (p *plainBrowser) form(button string) (form *html.Node, fields url.Values) {
	p.t.Helper()
	found := p.all(func(n *html.Node) bool { return n.Data == "button" && visible(n) == button })
	if len(found) == 0 {
		p.t.Fatalf("there is no button %q on the page:\n%s", button, p.source)
	}
	fields = url.Values{}
	if name := attribute(found[0], "name"); name != "" {
		fields.Set(name, attribute(found[0], "value"))
	}
	for form = found[0]; form.Data != "form"; form = form.Parent {
	}
	for n := range form.Descendants() {
		if n.Data == "input" && attribute(n, "type") == "hidden" {
			fields.Set(attribute(n, "name"), attribute(n, "value"))
		}
	}
	return form, fields
}

// press sends the form of a button, with what is entered in its fields.
func (p *plainBrowser) press(button string, entered ...string) *plainBrowser {
	p.t.Helper()
	form, fields := p.form(button)
	name := "answer"
	for n := range form.Descendants() {
		if (n.Data == "input" && attribute(n, "type") != "hidden") || n.Data == "textarea" {
			name = attribute(n, "name")
		}
	}
	fields[name] = append(fields[name], entered...)
	return p.post(attribute(form, "action"), fields)
}

func (p *plainBrowser) post(action string, fields url.Values) *plainBrowser {
	p.t.Helper()
	request, err := http.NewRequest(http.MethodPost, p.base+action, strings.NewReader(fields.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	return p.do(request)
}

// sendFile sends a form with a file.
func (p *plainBrowser) sendFile(button, name, content string) *plainBrowser {
	p.t.Helper()
	form, fields := p.form(button)
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for field, values := range fields {
		_ = parts.WriteField(field, values[0]) // to a buffer
	}
	part, err := parts.CreateFormFile("file", name)
	if err != nil {
		p.t.Fatal(err)
	}
	_, _ = io.WriteString(part, content)
	_ = parts.Close()
	request, err := http.NewRequest(http.MethodPost, p.base+attribute(form, "action"), &body)
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Content-Type", parts.FormDataContentType())
	return p.do(request)
}

func (p *plainBrowser) mustSay(parts ...string) *plainBrowser {
	p.t.Helper()
	all := visible(p.page)
	for _, part := range parts {
		if !strings.Contains(all, part) {
			p.t.Fatalf("the page at %s does not say %q:\n%s", p.at, part, all)
		}
	}
	return p
}

func (p *plainBrowser) mustNotSay(parts ...string) *plainBrowser {
	p.t.Helper()
	for _, part := range parts {
		if strings.Contains(p.source, part) {
			p.t.Fatalf("the page at %s says %q:\n%s", p.at, part, p.source)
		}
	}
	return p
}

func (p *plainBrowser) mustBe(status int) *plainBrowser {
	p.t.Helper()
	if p.status != status {
		p.t.Fatalf("status %d, want %d: %s", p.status, status, fmt.Sprint(visible(p.page)))
	}
	return p
}
