package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// demonstrated is a demo that runs until the test ends, and its address.
func demonstrated(t *testing.T) string {
	t.Helper()
	t.Setenv("PARLEY_DATA_DIR", t.TempDir())
	free := httptest.NewServer(nil)
	command := demoCommand{Address: strings.TrimPrefix(free.URL, "http://")}
	free.Close()
	set, err := readSettings(os.Environ())
	if err != nil {
		t.Fatal(err)
	}
	set.Address = command.Address
	if err := command.configure(&set); err != nil {
		t.Fatal(err)
	}
	d := &demo{out: io.Discard}
	p := &parts{settings: set, log: newLogger(&streams{Err: t.Output()}, set)}
	if err := d.surround(p); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan error, 1)
	go func() { stopped <- p.serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-stopped; err != nil {
			t.Errorf("the demo ended with %v", err)
		}
	})
	for {
		if response, err := http.Get(set.PublicURL + "/readyz"); err == nil {
			response.Body.Close()
			return set.PublicURL
		}
		time.Sleep(10 * time.Millisecond)
	}
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
	address := demonstrated(t)
	stream, err := http.Get(address + "/simulator/events?case=300012345678")
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	response, err := http.PostForm(address+"/simulator/phones/P1/conversations", url.Values{"dialog": {"my-payments"}})
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusNoContent {
		t.Fatalf("starting: %s", response.Status)
	}
	link := regexp.MustCompile(regexp.QuoteMeta(address) + `/chat/l/[\w-]+`)
	found := ""
	for events := bufio.NewScanner(stream.Body); found == "" && events.Scan(); {
		if line := events.Text(); strings.Contains(line, `"mine":false`) && strings.Contains(line, "£") {
			t.Fatalf("a text tells of money: %s", line)
		} else {
			found = link.FindString(line)
		}
	}
	b := newVisitor(t, address)
	if page := b.open(strings.TrimPrefix(found, address)); strings.Contains(page, "£") {
		t.Fatalf("the link alone tells of money: %s", page)
	}
	b.send(strings.TrimPrefix(found, address), nil)
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
	other := newVisitor(t, address)
	other.open(strings.TrimPrefix(found, address))
	if again := other.send(strings.TrimPrefix(found, address), nil); !strings.Contains(again, "does not work any more") || strings.Contains(other.open("/chat"), "£") {
		t.Errorf("the link can be followed again: %s", again)
	}
}
