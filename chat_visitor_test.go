package main

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// visitor is a browser without JavaScript.
type visitor struct {
	t       *testing.T
	address string
	client  http.Client
	page    string // the last one
}

func newVisitor(t *testing.T, address string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t: t, address: address, client: http.Client{Jar: jar, Timeout: patience}}
}

// open opens a page.
func (v *visitor) open(path string) string {
	v.t.Helper()
	response, err := v.client.Get(v.address + path)
	return v.read(response, err)
}

func (v *visitor) read(response *http.Response, err error) string {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	v.page = html.UnescapeString(string(body))
	return v.page
}

var hidden = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="([^"]*)">`)

// send sends the first form in the main part of a page that goes to a path,
// filled in.
func (v *visitor) send(path string, filled url.Values) string {
	v.t.Helper()
	form := url.Values{}
	_, main, _ := strings.Cut(v.page, "<main")
	_, after, ok := strings.Cut(main, `action="`+path+`"`)
	if !ok {
		v.t.Fatalf("no form goes to %s:\n%s", path, v.page)
	}
	inside, _, _ := strings.Cut(after, "</form>")
	for _, input := range hidden.FindAllStringSubmatch(inside, -1) {
		form.Set(input[1], input[2])
	}
	for name, values := range filled {
		form[name] = values
	}
	response, err := v.client.PostForm(v.address+path, form)
	return v.read(response, err)
}

// see opens the conversation until it shows some words in its main part.
func (v *visitor) see(words string) string {
	v.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		_, page, _ := strings.Cut(v.open("/chat"), "<main")
		if strings.Contains(page, words) {
			return page
		}
	}
	v.t.Fatalf("%q is never shown:\n%s", words, v.page)
	return ""
}

// asked waits until the page's heading asks something.
func (v *visitor) asked(question string) {
	v.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		_, heading, _ := strings.Cut(v.open("/chat"), "<h1")
		heading, _, _ = strings.Cut(heading, "</h1>")
		if strings.Contains(heading, question) {
			return
		}
	}
	v.t.Fatalf("%q is never asked:\n%s", question, v.page)
}
