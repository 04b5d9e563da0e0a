package pay

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestThePageToPayOn(t *testing.T) {
	e := New(Config{Key: "k", NewID: func() string { return "abc" }})
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	e.keep(Payment{Amount: 1205, Description: "Child <maintenance>", ReturnURL: server.URL + "/back", Status: created})
	get := func(path string) (int, string) {
		t.Helper()
		response, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(page)
	}
	if status, page := get("/pay/abc"); status != 200 || !strings.Contains(page, "Child &lt;maintenance&gt;: <strong>£12.05</strong>") || !strings.Contains(page, "<button") {
		t.Errorf("%d %s", status, page)
	}
	for _, outcome := range []string{"nonsense", "success", "failed"} { // the first is none, the last comes too late
		response, err := http.PostForm(server.URL+"/pay/abc", url.Values{"outcome": {outcome}})
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
	}
	if made := e.Payments(); len(made) != 1 || made[0].Status != succeeded {
		t.Errorf("payments %+v", made)
	}
	if _, page := get("/pay/abc"); strings.Contains(page, "<button") {
		t.Errorf("it can be paid again: %s", page)
	}
	if status, _ := get("/pay/xyz"); status != 404 {
		t.Errorf("no such payment: %d", status)
	}
}
