package web

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
)

func TestAssets(t *testing.T) {
	assets, err := readAssets(fstest.MapFS{
		"manifest.json": {Data: []byte(`{"chat.js": "chat-1a2b.js"}`)},
		"chat-1a2b.js":  {Data: []byte("plain")}, "chat-1a2b.js.gz": {Data: []byte("small")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := assets.URL("chat.js"); got != "/assets/chat-1a2b.js" || assets.URL("none.js") != "" || !assets.Built() {
		t.Errorf("chat.js is at %q", got)
	}
	for _, c := range []struct {
		path, accepts string
		status        int
		body          string
	}{
		{"/assets/chat-1a2b.js", "", 200, "plain"},
		{"/assets/chat-1a2b.js", "br, gzip", 200, "small"},
		{"/assets/manifest.json", "", 404, ""},
		{"/assets/../assets.go", "", 404, ""},
		{"/assets/", "", 404, ""},
		{"/assets/.gitkeep", "", 404, ""},
	} {
		request := httptest.NewRequest(http.MethodGet, "/assets/", nil)
		request.URL.Path = c.path
		request.Header.Set("Accept-Encoding", c.accepts)
		answer := httptest.NewRecorder()
		assets.ServeHTTP(answer, request)
		if answer.Code != c.status || c.status == 200 && answer.Body.String() != c.body {
			t.Errorf("%s: %d %q", c.path, answer.Code, answer.Body)
		}
		if c.status == 200 && answer.Header().Get("Content-Type") != "text/javascript; charset=utf-8" {
			t.Errorf("%s: Content-Type %s", c.path, answer.Header().Get("Content-Type"))
		}
	}
	if _, err := readAssets(fstest.MapFS{"manifest.json": {Data: []byte(`{`)}}); err == nil {
		t.Error("a broken manifest was read")
	}
	none, err := readAssets(fstest.MapFS{})
	if err != nil || none.Built() || none.URL("chat.js") != "" {
		t.Errorf("without assets: %v, %v", none, err)
	}
}
