package console

import (
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"parley/gateway"
	"parley/gateway/directory"
)

func TestSearch(t *testing.T) {
	o := newOffice(t)
	theirs := collected()
	theirs.Team = "cardiff-1"
	o.put(t, theirs)
	o.parent(t, "PAY")
	o.parent(t, "My new job is at the Harbour Café, the pay is less & less")
	amara := o.signIn(t, "amara")
	find := func(query string) answer {
		return amara.get("/console/search?q=" + strings.NewReplacer(" ", "+", "+", "%2B", "&", "%26", "@", "%40").Replace(query))
	}
	wants(t, "nothing", find(""), http.StatusOK, "Search by a case reference")
	if got := find("3000 1234 5679"); got.to != "/console/cases/300012345678" {
		t.Errorf("a reference leads to %d %q", got.status, got.to)
	}
	wants(t, "a reference of none", find("300099999999"), http.StatusOK, "Nothing was found")
	for query, words := range map[string][]string{
		"07700 900101":    {"By phone number or email", "Sam Example", "/console/people/P1?case=300012345678", "paying parent"},
		"example":         {"By name", "Sam Example", "Ali Example"},
		"cafe harbour":    {"In messages", "<mark>Harbour</mark>", "less &amp; less", "/console/conversations/"},
		"huw@example.org": {"3000 2234 5678", "Asks for a reason", "!Huw", "!/console/people/R2"},
		"enghraifft":      {"3000 2234 5678", "Asks for a reason", "!Gwen"},
		"<script>":        {"Search: &lt;script&gt;", "Nothing was found"},
	} {
		wants(t, query, find(query), http.StatusOK, words...)
	}
	before := len(o.audit.since(0))
	find("example")
	saw := map[directory.PersonID]bool{}
	for _, e := range o.audit.since(before) {
		saw[e.Person] = true
		if e.Person == "" && (e.Action != "searched" || e.Reason != "example") || e.Person != "" && (e.Action != "saw in search" || e.Staff != "amara" || e.At.IsZero()) {
			t.Errorf("recorded: %+v", e)
		}
	}
	if len(saw) != 3 || !saw["P1"] || !saw["R1"] {
		t.Errorf("recorded: %v", saw)
	}
	o.audit.full = true
	wants(t, "what cannot be recorded", find("example"), http.StatusInternalServerError, "!Sam Example")
}

func TestMoreThanAreShown(t *testing.T) {
	var found []gateway.Found
	for range mostResults + 5 {
		found = append(found, gateway.Found{Why: gateway.ByName, Case: "300012345678", Person: "P1"})
	}
	for range 3 {
		found = append(found, gateway.Found{Why: gateway.ByWords, Case: "300022345678"})
	}
	groups := grouped("x", found)
	if len(groups) != 2 || len(groups[0].Rows) != mostResults || !groups[0].More || len(groups[1].Rows) != 1 || groups[1].More {
		t.Errorf("%d groups: %+v", len(groups), groups)
	}
}

func TestExcerpts(t *testing.T) {
	long := strings.Repeat("before ", 40) + "the Rent is due " + strings.Repeat("ŵedyn ", 40)
	for _, c := range []struct {
		text, query, want string // what is marked in brackets
	}{
		{"The rent is due", "rent", "The [rent] is due"},
		{"Rent, RENT", "rent due", "[Rent], [RENT]"},
		{"Tŷ newydd", "TŶ", "[Tŷ] newydd"},
		{"nothing of it", "rent", "nothing of it"},
		{"", "rent", ""},
		{long, "rent", "… "},
	} {
		var got strings.Builder
		for _, part := range excerpt(c.text, strings.Fields(c.query)) {
			if part.Marked {
				part.Text = "[" + part.Text + "]"
			}
			got.WriteString(part.Text)
		}
		if c.text == long {
			if text := got.String(); !strings.HasPrefix(text, "… ") || !strings.HasSuffix(text, " …") || !strings.Contains(text, "[Rent]") || len(text) > 3*aroundWords {
				t.Errorf("of a long text: %q", text)
			}
			continue
		}
		if got.String() != c.want {
			t.Errorf("%q for %q: %q", c.text, c.query, got.String())
		}
	}
}

// An excerpt is a part of its text whatever was written and searched for.
func FuzzExcerpt(f *testing.F) {
	f.Add("The rent is due", "rent")
	f.Add(strings.Repeat("ŵ", 200)+"K", "k İ")
	f.Fuzz(func(t *testing.T, text, query string) {
		var whole strings.Builder
		for _, part := range excerpt(text, strings.Fields(query)) {
			if !utf8.ValidString(part.Text) || part.Text == "" {
				t.Fatalf("a part is %q", part.Text)
			}
			whole.WriteString(part.Text)
		}
		inner := strings.TrimSuffix(strings.TrimPrefix(whole.String(), "… "), " …")
		if !strings.Contains(strings.ToValidUTF8(text, ""), inner) {
			t.Fatalf("%q is no part of %q", inner, text)
		}
	})
}
