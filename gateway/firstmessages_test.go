package gateway_test

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/gateway/routes"
	"parley/templates"
)

//go:embed testdata/first-messages.txt
var firstMessages string

// first is one line of that file.
type first struct {
	line          int
	language, who string
	leads, said   []string
	text          string
}

// readFirst reads the file, and counts the lines that are not right yet.
func readFirst(t *testing.T) (all []first, misses int) {
	t.Helper()
	for i, line := range strings.Split(firstMessages, "\n") {
		line, miss := strings.CutPrefix(line, "~ ")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if miss {
			misses++
		}
		columns := strings.SplitN(line, " | ", 5)
		if len(columns) != 5 {
			t.Fatalf("line %d has %d columns", i+1, len(columns))
		}
		f := first{line: i + 1, language: columns[0], who: columns[1], leads: strings.Split(columns[2], ", "), text: columns[4]}
		if columns[3] != "-" {
			f.said = strings.Split(columns[3], ", ")
		}
		all = append(all, f)
	}
	return all, misses
}

// Whatever somebody writes first leads to where a kind person would lead them, or
// they are asked which of two things it is; in their language; and what they
// have said is not asked.
func TestFirstMessages(t *testing.T) {
	all, allowed := readFirst(t)
	var cases []directory.Case
	for i := range all {
		c := family()
		c.Reference = directory.CaseReference(fmt.Sprintf("3000200%05d", 2*i))
		c.ReceivingParents[0].Reference = directory.CaseReference(fmt.Sprintf("3000200%05d", 2*i+1))
		c.PayingParent.ID, c.PayingParent.Phone = directory.PersonID(fmt.Sprint("P", i)), fmt.Sprintf("+44770090%04d", i)
		r := &c.ReceivingParents[0]
		r.ID, r.Phone, r.Language = directory.PersonID(fmt.Sprint("R", i)), fmt.Sprintf("+44770090%04d", 500+i), templates.English
		cases = append(cases, c)
	}
	h := newHouse(t, cases...)
	signposts, err := routes.ShippedSignposts()
	if err != nil {
		t.Fatal(err)
	}
	wrong := 0
	for i, f := range all {
		got := h.first(f, i)
		if problem := got.wrong(f, signposts); problem != "" {
			wrong++
			t.Logf("line %d: %s: %q: %s", f.line, f.who, f.text, problem)
		}
	}
	if wrong > allowed {
		t.Errorf("%d of %d first messages are answered wrongly, and %d may be", wrong, len(all), allowed)
	}
}

// answered is what came of a first message.
type answered struct {
	dialog   string
	offers   string // the source of a question which of two it is
	answers  map[string]json.RawMessage
	language templates.Language
	said     []string
	person   bool // somebody was promised
}

// first has somebody write, and looks what came of it.
func (h *house) first(f first, i int) answered {
	h.t.Helper()
	var a answered
	who := gateway.Partner{}
	switch f.who {
	case "nobody":
		p := h.opens()
		who.Visit = p.ID
		a.said = p.says(f.text)
		entries, err := h.Shown(h.t.Context(), p.ID, 0)
		if err != nil {
			h.t.Fatal(err)
		}
		a.language = entries[len(entries)-1].Language
	default:
		person, phone := fmt.Sprint("P", i), fmt.Sprintf("+44770090%04d", i)
		if f.who == "receiving" {
			person, phone = fmt.Sprint("R", i), fmt.Sprintf("+44770090%04d", 500+i)
		}
		who.Person = directory.PersonID(person)
		a.said = h.text(phone, f.text)
		h.ring()
		a.said = append(a.said, h.deliver()...)
		sent := h.sms.last()
		a.language = sent.Language
		items, err := h.store.WorkItems(h.t.Context(), gateway.WorkItemFilter{Kind: gateway.HandoffWork})
		if err != nil {
			h.t.Fatal(err)
		}
		a.person = slices.ContainsFunc(items, func(w gateway.WorkItem) bool { return w.Person == who.Person })
	}
	c, err := h.store.OpenConversation(h.t.Context(), who)
	if err != nil {
		return a
	}
	a.dialog = c.Dialog
	source, err := h.store.DialogSource(h.t.Context(), c.Version)
	if err != nil {
		h.t.Fatal(err)
	}
	var files []dialogs.File
	var state dialogs.State
	if err := json.Unmarshal(source, &files); err != nil {
		h.t.Fatal(err)
	}
	if a.dialog == "which" {
		a.offers = string(files[0].Content)
	}
	d, problems := dialogs.Compile(files)
	if len(problems) > 0 || state.UnmarshalBinary(c.State) != nil || json.Unmarshal(d.AnswersJSON(state), &a.answers) != nil {
		h.t.Fatalf("%s cannot be looked into: %v", c.Dialog, problems)
	}
	return a
}

// wrong says what is wrong with an answer; empty: nothing.
func (a answered) wrong(f first, signposts *routes.Signposts) string {
	leads := func(to string) bool {
		name, isSignpost := strings.CutPrefix(to, "signpost ")
		words, _ := signposts.Say(name, directory.England, a.language)
		switch {
		case isSignpost:
			return slices.ContainsFunc(a.said, func(s string) bool { return strings.Contains(s, words) })
		case to == "person":
			return a.person
		case a.dialog == "which":
			return strings.Contains(a.offers, "next: "+to+"\n")
		}
		return a.dialog == to
	}
	switch {
	case len(a.said) == 0:
		return "not a word is said"
	case !slices.ContainsFunc(f.leads, leads):
		return fmt.Sprintf("it leads to %q (a person: %v), want %q: %q", a.dialog, a.person, f.leads, a.said)
	case f.language != "any" && string(a.language) != f.language:
		return fmt.Sprintf("the answer is in %q, want %s", a.language, f.language)
	}
	for _, name := range f.said {
		if _, known := a.answers[name]; !known && a.dialog != "which" {
			return fmt.Sprintf("%s is asked for, and was said: %q", name, a.said)
		}
	}
	return ""
}

// last is what was sent last.
func (n *notebook) last() gateway.Message {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.sent) == 0 {
		return gateway.Message{}
	}
	return n.sent[len(n.sent)-1]
}
