package simulator

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// fetch answers GET Messages/SID.json.
func (t *Twilio) fetch(w http.ResponseWriter, r *http.Request) {
	sid, isJSON := strings.CutSuffix(r.PathValue("message"), ".json")
	m, found := t.messages.get(sid)
	if !found || !isJSON {
		notFound(r.URL.Path).write(w)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(t.appendResource(nil, &m))
}

// list answers GET Messages.json, newest first, in pages; To and From narrow
// it down. What Twilio's date filters do it does not do.
func (t *Twilio) list(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	size := pageNumber(query.Get("PageSize"), 50)
	size = min(max(size, 1), 1000)
	page := pageNumber(query.Get("Page"), 0)

	to, from := query.Get("To"), query.Get("From")
	found := t.messages.newestFirst(func(m *Message) bool {
		return (to == "" || m.To == to) && (from == "" || m.From == from)
	})
	first := min(page, len(found)/size) * size
	last := min(first+size, len(found))

	body := append([]byte(nil), `{"messages":[`...)
	for i := first; i < last; i++ {
		if i > first {
			body = append(body, ',')
		}
		body = t.appendResource(body, &found[i])
	}
	body = append(body, `],"page":`...)
	body = strconv.AppendInt(body, int64(page), 10)
	body = append(body, `,"page_size":`...)
	body = strconv.AppendInt(body, int64(size), 10)
	body = append(body, `,"uri":`...)
	body = appendJSONString(body, r.URL.RequestURI())
	body = append(body, `,"next_page_uri":`...)
	if last < len(found) {
		body = appendJSONString(body, nextPage(r.URL, page+1))
	} else {
		body = append(body, "null"...)
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(append(body, '}'))
}

// pageNumber reads a number of the query, or what is used without a good one.
func pageNumber(text string, otherwise int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return otherwise
	}
	return n
}

func nextPage(current *url.URL, page int) string {
	query := current.Query()
	query.Set("Page", strconv.Itoa(page))
	return current.Path + "?" + query.Encode()
}
