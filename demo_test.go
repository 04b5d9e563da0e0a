package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
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
	d := &demo{out: io.Discard, confirmed: map[string]bool{}}
	p := &parts{settings: set, log: newLogger(&streams{Err: t.Output()}, set), extend: d.extend}
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

func TestAParentWithTheirPINGivenHearsAnEstimateInTheDemo(t *testing.T) {
	address := demonstrated(t)
	phone := address + "/simulator/phones/P1/"
	press := func(button string, with url.Values) {
		t.Helper()
		response, err := http.PostForm(phone+button, with)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusNoContent {
			t.Fatalf("%s: %s", button, response.Status)
		}
	}
	stream, err := http.Get(address + "/simulator/events?case=300012345678")
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	events := bufio.NewScanner(stream.Body)
	until := func(words string) {
		t.Helper()
		for events.Scan() {
			if line := events.Text(); strings.Contains(line, words) && strings.Contains(line, `"mine":false`) {
				return
			}
		}
		t.Fatalf("%q never came: %v", words, events.Err())
	}
	press("confirmed", url.Values{"on": {"true"}})
	press("conversations", url.Values{"dialog": {"income-change"}})
	until("Child Maintenance Service.")
	for _, turn := range []struct{ say, hear string }{
		{"down", "How much"}, {"£400 a week", "When"}, {"1 November 2026", "payslip"}, {"later", "This is only an estimate"},
	} {
		press("texts", url.Values{"body": {turn.say}})
		until(turn.hear)
	}
	until("Check your answers")
}
