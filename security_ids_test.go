package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/gateway"
	"parley/gateway/directory"
)

// An asker is somebody who asks for what is not theirs.
type asker struct {
	name   string
	client http.Client
	token  string // of their forms; of the API's clients what they show
	of     []*victim
}

// answer is what somebody is told.
type answer struct {
	status   int
	to, body string
}

// refused reports whether an answer is a refusal. A page that asks for a reason
// before a case is opened is one, and so is being led to sign in.
func (a answer) refused() bool {
	switch a.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone:
		return true
	case http.StatusSeeOther:
		return strings.HasPrefix(a.to, "/console/sign-in")
	}
	return false
}

// deed is a form with everything in it that any of the console's pages asks for.
func deed(token string, v *victim) url.Values {
	return url.Values{
		"token": {token}, "version": {"1"}, "note": {"a note of an intruder"}, "reason": {"because"}, "kind": {"abuse"}, "sure": {"yes"}, "text": {"an intruder's words"},
		"person": {string(v.person)}, "case": {string(v.of)}, "about": {string(v.person)}, "outcome": {"done"}, "first": {"income-change"}, "language": {"en"}, "channel": {"sms"},
		"dialog": {"income-change"}, "send": {"yes"}, "key": {"an intruder's key"}, "to": {"/console/"}, "from": {"0"}, "answer": {"yes"}, "destination": {"team:leeds-2"},
		"id": {v.ids["tasks/{id}"]}, "list": {string(v.of)}, "role": {"paying"}, "after": {"1"}, "q": {string(v.of)}, "conversation": {v.ids["conversations/{id}"]},
	}
}

// ask sends a request with a victim's ids, by whoever asks.
func (d *demonstration) ask(by asker, method, path string, v *victim) answer {
	d.t.Helper()
	var body io.Reader
	if method != http.MethodGet {
		form := deed(by.token, v)
		if strings.HasPrefix(path, "/console/new-task/") {
			form.Set("kind", string(gateway.CallbackWork))
		}
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(d.t.Context(), method, d.url+path, body)
	if err != nil {
		d.t.Fatal(err)
	}
	if strings.HasPrefix(path, "/api/") {
		r.Header.Set("Authorization", "Bearer "+by.token)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := by.client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	response, err := client.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header.Get("Location"), string(text)}
}

// member is somebody of staff who asks.
func (d *demonstration) member(id string, of ...*victim) asker {
	d.t.Helper()
	client := d.signIn(id)
	return asker{name: id, client: client, token: d.token(client), of: of}
}

// parentOf is a parent in web chat who has shown who they are.
func (d *demonstration) parentOf(person, offer, choice, pin string, of ...*victim) asker {
	d.t.Helper()
	v := newVisitor(d.t, d.url)
	link := d.invited(person, offer, choice)
	v.open(link)
	v.send(link, nil)
	v.see("secret")
	v.send("/chat/confirm", url.Values{"secret": {pin}})
	return asker{name: "the parent " + person, client: v.client, token: "none", of: of}
}

// followed is a parent in web chat who came by a link of theirs, and has shown
// who they are.
func (d *demonstration) followed(v *victim, pin string, of ...*victim) asker {
	d.t.Helper()
	link := newSecret()
	until := d.made.now().Add(gateway.LinkLife)
	if err := d.made.store.KeepLink(d.t.Context(), link, gateway.Address{Channel: directory.SMS, Value: v.phone}, v.person, "", until); err != nil {
		d.t.Fatal(err)
	}
	page := newVisitor(d.t, d.url)
	page.open("/chat/l/" + link)
	page.send("/chat/l/"+link, nil)
	page.asked("What is it about?")
	page.send("/chat", url.Values{"answer": {"payments"}})
	page.see("secret")
	page.send("/chat/confirm", url.Values{"secret": {pin}})
	if level := d.one(`SELECT level FROM visits WHERE person = $1 ORDER BY began DESC LIMIT 1`, string(v.person)); level != fmt.Sprint(int(directory.Confirmed)) {
		d.t.Fatalf("%s is at level %s", v.person, level)
	}
	return asker{name: string(v.person) + " of the same case", client: page.client, token: "none", of: of}
}

// Everybody who is signed in somewhere asks every route for the ids of a case
// that is not theirs. They see and change nothing; who may, does.
func TestNoRouteOpensAnothersRecord(t *testing.T) {
	d := demonstrate(t)
	others := &victim{why: "another team's case", of: "300099999901", person: "VO", team: "cardiff-1"}
	protected := &victim{why: "a protected case", of: "300099999902", person: "VP", team: "leeds-2", risk: "domestic_abuse"}
	known := &victim{why: "an acquaintance's case", of: "300099999903", person: "VA", team: "leeds-2"}
	all := []*victim{others, protected, known}
	for i, v := range all {
		d.settle(v, 700+10*i)
	}
	if err := d.made.gateway.Acquainted(t.Context(), "amara", known.person+"R"); err != nil {
		t.Fatal(err)
	}
	other := d.other(others, 700)
	routes := idRoutes(t)
	askers := []asker{
		{name: "a stranger", token: "none", of: all}, {name: "a stranger with a token", token: demoAPI + "x", of: all}, d.parentOf("P1", "5 my payments", "5", "1234567", all...),
		d.member("amara", all...), d.member("tomasz", others, protected), d.member("orla", others, protected), d.member("wren", all...), d.member("ola", all...),
		d.followed(other, "8765432", others), d.followed(others, "9876543", other),
	}
	all = append(all, other)
	before := map[*victim]string{}
	for _, v := range all {
		before[v] = d.held(v)
	}
	for _, by := range askers {
		for _, v := range by.of {
			for _, one := range routes {
				path, theirs := one.with(t, v)
				if !theirs {
					continue
				}
				isLink := strings.HasPrefix(path, "/chat/l/") && one.method == http.MethodGet // asks whoever comes whether to follow it
				if got := d.ask(by, one.method, path, v); !got.refused() && !isLink || strings.Contains(got.body, v.word()) {
					t.Errorf("%s, %s: %s %s is answered %d %s", by.name, v.why, one.method, path, got.status, got.to)
				}
			}
		}
	}
	d.namedOnlyInForms(askers[3:5], others, protected)
	for _, v := range all {
		if after := d.held(v); after != before[v] {
			t.Errorf("%s: there was\n%s\nand is\n%s", v.why, before[v], after)
		}
	}
	d.opensToWhoMay(routes, []asker{d.member("bethan", others), d.member("noor", protected), d.member("tomasz", known), d.member("noor", known)})
}

// opensToWhoMay asks the same of those whose case it is: that others were
// refused was not for want of a record.
func (d *demonstration) opensToWhoMay(routes []idRoute, askers []asker) {
	d.t.Helper()
	opened := map[idRoute]bool{ // there is none, and nobody has said STOP
		{"GET", "/console/tasks/{id}/voicemail"}: true, {"POST", "/console/people/{person}/stop"}: true,
	}
	for _, by := range askers {
		for _, v := range by.of {
			for _, one := range routes {
				if path, theirs := one.with(d.t, v); theirs && strings.HasPrefix(path, "/console/") && !d.ask(by, one.method, path, v).refused() {
					opened[one] = true
				}
			}
		}
	}
	for _, one := range routes {
		if _, theirs := one.with(d.t, askers[0].of[0]); theirs && strings.HasPrefix(one.path, "/console/") && !opened[one] {
			d.t.Errorf("%s %s opens to nobody: nothing is shown by its being refused", one.method, one.path)
		}
	}
}

// plainFields are fields of the console's forms and queries that hold no id of
// anybody's record: words, choices, staff, and pages of lists.
var plainFields = strings.Fields(`again answer before canned channel code cover danger days destination dialog endpoint error first from identity key kind language
	first second note now of outcome presence quarter question reason role seal send staff state suggested sure team text to token until-day until-month until-year
	version words write after download turn`)

// namedOnlyInForms asks every page of the console for a victim by each field
// that a form or a query may name them in.
func (d *demonstration) namedOnlyInForms(askers []asker, victims ...*victim) {
	d.t.Helper()
	var pages []idRoute
	field, page := regexp.MustCompile(`FormValue\("([\w-]+)"`), regexp.MustCompile(`"(GET|POST) (/console/[^"{]+)"`)
	eachSource(d.t, func(path string, source []byte) {
		if !strings.HasPrefix(path, "internal/console/") || strings.HasSuffix(path, "_test.go") {
			return
		}
		for _, found := range field.FindAllStringSubmatch(string(source), -1) {
			if filled := deed("", victims[0]); !slices.Contains(plainFields, found[1]) && !filled.Has(found[1]) {
				d.t.Errorf("%s: nobody says whether the field %q names somebody", path, found[1])
			}
		}
		for _, found := range page.FindAllStringSubmatch(string(source), -1) {
			pages = append(pages, idRoute{found[1], found[2]})
		}
	})
	for _, by := range askers {
		for _, v := range victims {
			for _, p := range pages {
				if p.path == "/console/sign-out" || p.path == "/console/events" {
					continue
				}
				query := deed("", v)
				query.Del("token")
				query.Del("send") // what would be done is shown before it is done
				got := d.ask(by, p.method, p.path+"?"+query.Encode(), v)
				if strings.Contains(got.body, v.word()) || got.status >= 500 {
					d.t.Errorf("%s, %s: %s %s is answered %d and tells of them", by.name, v.why, p.method, p.path, got.status)
				}
			}
		}
	}
}
