package console

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/gateway"
)

func (c *Console) searchRoutes() []route {
	return []route{{"GET /console/search", caseworkers, c.search, "searched"}}
}

// mostResults is how many answers of each kind a search shows.
const mostResults = 20

// searchView is what the page of a search shows.
type searchView struct {
	Query  string
	Groups []resultGroup
}

// resultGroup is what was found in one way.
type resultGroup struct {
	Why  gateway.FoundBy
	Rows []result
	More bool // than are shown
}

// result is one answer.
type result struct {
	gateway.Found
	Closed bool // a reason is asked for before anything is shown of it
	Words  []snippet
}

// snippet is a part of what somebody wrote.
type snippet struct {
	Text   string
	Marked bool // it was searched for
}

// search shows what was found. The one case that a reference leads to is opened
// at once.
func (c *Console) search(w http.ResponseWriter, r *request) error {
	query := strings.TrimSpace(r.FormValue("q"))
	found, err := c.config.Case.Desk.Search(r.Context(), r.Staff.ID, query)
	if err != nil && !errors.Is(err, gateway.ErrNoQuery) {
		return err
	}
	groups := grouped(query, found)
	if err := c.sawResults(r, query, groups); err != nil {
		return err
	}
	if len(found) == 1 && found[0].Why == gateway.ByReference {
		http.Redirect(w, r.Request, "/console/cases/"+url.PathEscape(string(found[0].Case)), http.StatusSeeOther)
		return nil
	}
	return c.page(w, r, http.StatusOK, "search", r.say("search.title"), searchView{query, groups})
}

func grouped(query string, found []gateway.Found) []resultGroup {
	var groups []resultGroup
	for _, f := range found {
		i := slices.IndexFunc(groups, func(g resultGroup) bool { return g.Why == f.Why })
		if i < 0 {
			i = len(groups)
			groups = append(groups, resultGroup{Why: f.Why})
		}
		g := &groups[i]
		one := result{Found: f, Closed: f.Person == "" && f.Why != gateway.ByReference}
		if one.Closed && slices.ContainsFunc(g.Rows, func(r result) bool { return r.Closed && r.Case == f.Case }) {
			continue // once is enough
		}
		if g.More = len(g.Rows) == mostResults; g.More {
			continue
		}
		if f.Message != nil {
			one.Words = excerpt(f.Message.Text, strings.Fields(query))
		}
		g.Rows = append(g.Rows, one)
	}
	return groups
}

// sawResults records what was searched for, and each person of whom something
// is shown.
func (c *Console) sawResults(r *request, query string, groups []resultGroup) error {
	now := c.config.Clock()
	seen := []AuditEntry{{At: now, Staff: r.Staff.ID, Action: r.route.audited, Reason: query}}
	for _, g := range groups {
		for _, one := range g.Rows {
			e := AuditEntry{At: now, Staff: r.Staff.ID, Action: "saw in search", Case: one.Case, Person: one.Person}
			if one.Person != "" && !slices.Contains(seen, e) {
				seen = append(seen, e)
			}
		}
	}
	err := c.config.Audit.Record(r.Context(), seen...)
	r.recorded = err == nil
	return err
}

// aroundWords is how many bytes of a message an excerpt has before and after the
// first of the words.
const aroundWords = 90

// excerpt is the part of a text around the words that were searched for.
func excerpt(text string, searched []string) []snippet {
	text = strings.ToValidUTF8(text, "")
	fold := foldLetters(text)
	first := len(text)
	for _, word := range searched {
		if at := strings.Index(fold, foldLetters(word)); at >= 0 {
			first = min(first, at)
		}
	}
	if first == len(text) {
		first = 0
	}
	from, to := startOfRune(text, max(0, first-aroundWords)), startOfRune(text, min(len(text), first+aroundWords))
	var parts []snippet
	if from > 0 {
		parts = append(parts, snippet{Text: "… "})
	}
	for from < to {
		at, length := nextWord(fold[from:to], searched)
		if at > 0 {
			parts = append(parts, snippet{Text: text[from : from+at]})
		}
		if length > 0 {
			parts = append(parts, snippet{Text: text[from+at : from+at+length], Marked: true})
		}
		from += at + length
	}
	if to < len(text) {
		parts = append(parts, snippet{Text: " …"})
	}
	return parts
}

// nextWord is where the first of some words is, and its length; the text's own
// length and 0 when there is none.
func nextWord(fold string, searched []string) (at, length int) {
	at = len(fold)
	for _, word := range searched {
		word = foldLetters(word)
		if i := strings.Index(fold, word); i >= 0 && i < at {
			at, length = i, len(word)
		}
	}
	return at, length
}

// foldLetters is a text in lower case, as long in bytes as it was: what would
// change its length stays.
func foldLetters(text string) string {
	return strings.Map(func(r rune) rune {
		if lower := unicode.ToLower(r); utf8.RuneLen(lower) == utf8.RuneLen(r) {
			return lower
		}
		return r
	}, text)
}

func startOfRune(text string, at int) int {
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// Address leads to what was found.
func (r result) Address() string {
	switch {
	case r.Message != nil && r.Message.Conversation != "":
		return "/console/conversations/" + url.PathEscape(string(r.Message.Conversation))
	case r.Person != "":
		return "/console/people/" + url.PathEscape(string(r.Person)) + "?" + url.Values{"case": {string(r.Case)}}.Encode()
	default:
		return "/console/cases/" + url.PathEscape(string(r.Case))
	}
}
