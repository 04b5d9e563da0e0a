package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
)

// plantedSecrets are the values of the secrets that a demo has no use for, planted
// all the same.
var plantedSecrets = map[string]string{
	"PARLEY_OTHER_SECRET_KEYS":     "planted-other-secret-key-of-a-demonstration",
	"PARLEY_LOOKUP_KEY":            "planted-lookup-key-of-a-demonstration-1",
	"PARLEY_SMTP_PASSWORD":         "planted-password-of-the-relay",
	"PARLEY_MAIL_CERTIFICATE_KEY":  "planted-key-of-the-certificate",
	"PARLEY_NOTIFY_CALLBACK_TOKEN": "planted-token-of-receipts",
}

// withoutPlanted are settings that would change what a demo does; their own
// packages see that they stay where they are.
var withoutPlanted = []string{"PARLEY_NOTIFY_API_KEY", "PARLEY_DKIM_KEY"}

var namesSecret = regexp.MustCompile(`(KEY|KEYS|SECRET|TOKEN|TOKENS|PASSWORD)$`)

// A whole demo, with hostile texts at every door and secrets in all settings,
// read through to its last page by every kind of staff and by strangers.
func TestADemoUnderAttack(t *testing.T) {
	for name, value := range plantedSecrets {
		t.Setenv(name, value)
	}
	var logs logBook
	d := demonstrateTo(t, &logs)
	planted, chatting := d.plantHostile()
	read := map[string][]page{}
	forged := d.one(`SELECT id FROM messages WHERE kind = 'sender not verified'`)
	for _, staff := range []string{"amara", "tomasz", "noor", "wren", "ola"} {
		read[staff] = d.crawl(d.signIn(staff), "/console/", "/console/messages/"+forged, "/console/audit/csv", "/console/cases/300099999999", "/console/cases/300012345678", "/console/people/PX", "/console/search?q="+url.QueryEscape(hostile("search")), "/console/tasks/"+url.PathEscape(hostile("id")))
	}
	read["stranger"] = d.crawl(newVisitor(t, d.url).client, "/chat", "/chat/l/"+url.PathEscape(hostile("link")), "/metrics", "/healthz", "/readyz", "/nothing/"+url.PathEscape(hostile("path")))
	read["chatting"] = d.crawl(chatting, "/chat", "/chat/question", "/chat/copy/messages.txt")
	all := slices.Concat(read["chatting"], read["amara"], read["tomasz"], read["noor"], read["wren"], read["ola"], read["stranger"])
	t.Logf("%d pages were read, %d of them by amara", len(all), len(read["amara"]))

	t.Run("no text becomes markup", func(t *testing.T) {
		for _, p := range all {
			for _, finding := range markupIn(p) {
				t.Errorf("%s: %s", p.path, finding)
			}
		}
		for _, text := range planted {
			if !slices.ContainsFunc(all, func(p page) bool { return strings.Contains(html.UnescapeString(p.body), text) }) {
				t.Errorf("%s is on no page: nothing is shown by not finding it", text)
			}
		}
	})
	t.Run("every page has a policy that runs nothing but ours", func(t *testing.T) {
		for _, p := range all {
			ours := strings.HasPrefix(p.path, "/console/") || strings.HasPrefix(p.path, "/chat")
			if ours && p.isHTML() && (!strings.Contains(p.header, "default-src 'none'; script-src 'self'; style-src 'self';") || strings.Contains(p.header, "unsafe") ||
				!strings.Contains(p.header, "frame-ancestors 'none'") || !strings.Contains(p.header, "nosniff") || !strings.Contains(p.header, "no-store")) {
				t.Errorf("%s: %s", p.path, p.header)
			}
		}
	})
	t.Run("no secret comes out", func(t *testing.T) {
		for name, secret := range d.secrets() {
			if strings.Contains(logs.String(), secret) {
				t.Errorf("%s is in the logs", name)
			}
			for _, p := range all {
				if strings.Contains(p.body+p.header, secret) {
					t.Errorf("%s is in %s", name, p.path)
				}
			}
		}
		if !strings.Contains(logs.String(), `"level":"DEBUG"`) && !strings.Contains(logs.String(), `"level":"INFO"`) {
			t.Error("the logs are empty: nothing is shown by not finding it")
		}
	})
	t.Run("no id opens another's", func(t *testing.T) { d.refusesStrangers(t, read["amara"]) })
}

func (d *demonstration) api(method, path, body string) {
	d.t.Helper()
	r, err := http.NewRequestWithContext(d.t.Context(), method, d.url+path, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+demoAPI)
	r.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	answer, _ := io.ReadAll(response.Body)
	response.Body.Close()
	if response.StatusCode >= 400 {
		d.t.Fatalf("%s %s: %s %s", method, path, response.Status, answer)
	}
}

// signIn is a browser in which somebody of staff has signed in.
func (d *demonstration) signIn(staff string) http.Client {
	d.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		d.t.Fatal(err)
	}
	client := http.Client{Jar: jar, Timeout: patience}
	began, err := client.Get(d.url + "/console/sign-in")
	if err != nil {
		d.t.Fatal(err)
	}
	began.Body.Close()
	chosen, err := client.PostForm(began.Request.URL.String(), url.Values{"member": {staff}})
	if err != nil {
		d.t.Fatal(err)
	}
	chosen.Body.Close()
	if chosen.StatusCode != http.StatusOK || !strings.HasPrefix(chosen.Request.URL.Path, "/console/") {
		d.t.Fatalf("%s was not signed in: %s at %s", staff, chosen.Status, chosen.Request.URL)
	}
	return client
}

// token is that of a signed-in browser's forms.
func (d *demonstration) token(client http.Client) string {
	d.t.Helper()
	p := d.read(client, "/console/")
	found := regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(p.body)
	if found == nil {
		d.t.Fatalf("no form has a token: %s", p.body)
	}
	return found[1]
}

// secrets are the values of all settings that are secret.
func (d *demonstration) secrets() map[string]string {
	d.t.Helper()
	found := map[string]string{}
	values := reflect.ValueOf(d.made.settings)
	for i, field := range reflect.VisibleFields(values.Type()) {
		name := field.Tag.Get("env")
		if !namesSecret.MatchString(name) || slices.Contains(withoutPlanted, name) {
			continue
		}
		for _, value := range textsOf(values.Field(i)) {
			found[name] = value
		}
		if len(found[name]) < 8 {
			d.t.Errorf("%s has no value that can be looked for", name)
		}
	}
	return found
}

// textsOf are the values of a setting.
func textsOf(v reflect.Value) (texts []string) {
	switch value := v.Interface().(type) {
	case string:
		return []string{value}
	case []string:
		return value
	case map[string]string:
		for _, text := range value {
			texts = append(texts, text)
		}
	}
	return texts
}

// logBook is everything that was logged.
type logBook struct {
	mu   sync.Mutex
	book bytes.Buffer
}

func (l *logBook) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.book.Write(line)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.book.String()
}
