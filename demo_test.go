package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/simulator"
)

// demonstrated is a demo that runs until the test ends, and its address.
func demonstrated(t *testing.T) string {
	t.Helper()
	return demonstrate(t).url
}

// demonstration is a demo in the tests' process, which can be stopped and begun
// again at the same address and on what it has kept.
type demonstration struct {
	t    *testing.T
	url  string
	demo *demo
	made *parts
	stop func()    // in good order; returns when it is gone
	logs io.Writer // nil: the test's; else everything is logged, debugging too
}

func demonstrate(t *testing.T) *demonstration { return demonstrateTo(t, nil) }

// demonstrateTo is demonstrate with everything that is logged written somewhere.
func demonstrateTo(t *testing.T, logs io.Writer) *demonstration {
	t.Helper()
	t.Setenv("PARLEY_DATA_DIR", t.TempDir())
	free := httptest.NewServer(nil)
	d := &demonstration{t: t, url: free.URL, logs: logs}
	free.Close()
	d.begin()
	return d
}

func (d *demonstration) begin() {
	d.t.Helper()
	set, err := readSettings(os.Environ())
	if err != nil {
		d.t.Fatal(err)
	}
	set.Address = strings.TrimPrefix(d.url, "http://")
	if err := (&demoCommand{}).configure(&set); err != nil {
		d.t.Fatal(err)
	}
	d.demo = &demo{out: io.Discard}
	logs := io.Writer(watched{d.t, d.t.Output()})
	if d.logs != nil {
		logs, set.LogLevel = d.logs, slog.LevelDebug
	}
	d.made = &parts{settings: set, log: newLogger(&streams{Err: logs}, set)}
	if err := d.demo.surround(d.made); err != nil {
		d.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(d.t.Context())
	stopped := make(chan struct{})
	go func(made *parts) {
		defer close(stopped)
		if err := made.serve(ctx); err != nil {
			d.t.Errorf("the demo ended with %v", err)
		}
	}(d.made)
	d.stop = func() { stop(); <-stopped }
	d.t.Cleanup(d.stop)
	for {
		if response, err := http.Get(d.url + "/readyz"); err == nil {
			response.Body.Close()
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// text has a parent write a text.
func (d *demonstration) text(person, words string) {
	d.t.Helper()
	response, err := http.PostForm(d.url+"/simulator/phones/"+person+"/texts", url.Values{"body": {words}})
	if err != nil {
		d.t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusNoContent {
		d.t.Fatalf("%s texts %q: %s", person, words, response.Status)
	}
}

// hears waits until the last text on a telephone matches a pattern, and returns
// it.
func (d *demonstration) hears(person, pattern string) string {
	d.t.Helper()
	matches, last := regexp.MustCompile(pattern), ""
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(30 * time.Millisecond) {
		texts := d.texts(person)
		for _, last = range slices.Backward(texts[max(0, len(texts)-2):]) { // a notice may come in between
			if matches.MatchString(last) {
				return last
			}
		}
	}
	d.t.Fatalf("%s last heard %q, and never %q", person, last, pattern)
	return ""
}

// sends waits until what is due is sent, before it is too late for it.
func (d *demonstration) sends() {
	d.t.Helper()
	const due = `SELECT count(*) FROM messages WHERE outgoing AND waiting AND not_before <= $1`
	now := d.made.now().UnixMicro()
	for end := time.Now().Add(patience); d.one(due, now) != "0"; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			d.t.Fatal("what is due is not sent")
		}
	}
}

// texts are those that a person was sent.
func (d *demonstration) texts(person string) []string {
	d.t.Helper()
	i := slices.IndexFunc(d.demo.people, func(p simulator.Person) bool { return p.ID == person })
	stream, err := http.Get(d.url + "/simulator/events?case=" + d.demo.people[i].Case)
	if err != nil {
		d.t.Fatal(err)
	}
	defer stream.Body.Close()
	var texts []string
	for lines := bufio.NewScanner(stream.Body); lines.Scan() && lines.Text() != "event: ready"; {
		var bubble struct {
			Phone, Words string
			Mine         bool
		}
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if ok && json.Unmarshal([]byte(data), &bubble) == nil && bubble.Phone == d.demo.people[i].Number && !bubble.Mine {
			texts = append(texts, bubble.Words)
		}
	}
	return texts
}

// invited has a parent choose their payments from the menu, and returns the
// path of the link that they are sent.
func (d *demonstration) invited(person, offer, choice string) string {
	d.t.Helper()
	d.text(person, "hello")
	d.hears(person, offer)
	d.text(person, choice)
	return d.linkIn(d.hears(person, "/chat/l/"))
}

// linkIn is the path of the one-time link in a message.
func (d *demonstration) linkIn(message string) string {
	d.t.Helper()
	link := regexp.MustCompile(regexp.QuoteMeta(d.url) + `(/chat/l/[\w-]+)`).FindStringSubmatch(message)
	if link == nil {
		d.t.Fatalf("no link in %q", message)
	}
	return link[1]
}

func TestTheDemoLeadsToItsPhones(t *testing.T) {
	address := demonstrated(t)
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "Sam Example") || response.Request.URL.Path != "/simulator/" {
		t.Errorf("%s shows %s", response.Request.URL, page)
	}
}

// A parent asks by text, follows the link that they are sent, gives their PIN
// on the page, and sees there, and only there, where they stand.
func TestAParentSeesTheirPaymentsInTheDemo(t *testing.T) {
	d := demonstrate(t)
	link := d.invited("P1", "5 my payments", "5")
	if text := strings.Join(d.texts("P1"), " "); strings.Contains(text, "£") {
		t.Fatalf("a text tells of money: %s", text)
	}
	b := newVisitor(t, d.url)
	if page := b.open(link); strings.Contains(page, "£") {
		t.Fatalf("the link alone tells of money: %s", page)
	}
	b.send(link, nil)
	if page := b.see("secret"); strings.Contains(page, "£") {
		t.Fatalf("it tells of money before the PIN: %s", page)
	}
	b.send("/chat/confirm", url.Values{"secret": {"7654321"}})
	if page := b.see("secret"); strings.Contains(page, "£") {
		t.Fatalf("it tells of money after a wrong PIN: %s", page)
	}
	b.send("/chat/confirm", url.Values{"secret": {"1234567"}})
	if page := b.see("£"); !strings.Contains(page, "payment") {
		t.Errorf("after the PIN: %s", page)
	}
	other := newVisitor(t, d.url)
	other.open(link)
	if again := other.send(link, nil); !strings.Contains(again, "does not work any more") || strings.Contains(other.open("/chat"), "£") {
		t.Errorf("the link can be followed again: %s", again)
	}
}

// When the demo's clock goes on, what is then due is sent, by letter to whoever
// has no telephone.
func TestTheDemosClockBringsReminders(t *testing.T) {
	d := demonstrate(t)
	address, client := d.url, http.Client{Timeout: patience}
	campaigns := func() string {
		request, err := http.NewRequest(http.MethodGet, address+"/api/v1/campaigns", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+demoAPI)
		response, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	letters := filepath.Join(os.Getenv("PARLEY_DATA_DIR"), "demo", "letters", "*.pdf")
	printed := func() bool {
		found, err := filepath.Glob(letters)
		return err == nil && len(found) > 0
	}
	for day := 0; day < 60 && !printed(); day++ {
		response, err := client.PostForm(address+"/simulator/clock", nil)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK { // after the redirect
			t.Fatalf("the clock: %s", response.Status)
		}
		if day > 24 {
			d.sends()
		}
	}
	if !printed() {
		t.Error("no letter in 60 days")
	}
	for _, notice := range []string{"payment-due", "payment-missed-paying"} {
		if !strings.Contains(campaigns(), `"notice":"`+notice+`"`) {
			t.Errorf("no %s until then: %s", notice, campaigns())
		}
	}
}
