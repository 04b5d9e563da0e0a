package gateway

import (
	"context"
	"maps"
	"strings"
	"time"

	"parley/dialogs"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/routes"
	"parley/templates"
)

// way is where a message leads: to a dialog, or to words or a person.
type way struct {
	*other // nil: to no dialog
	to     routes.Destination
}

// asking reports whether a dialog asks what a matter is, and makes way for it.
func (g *Gateway) asking(dialog string) bool { return dialog == g.Welcome || dialog == whichDialog }

// special reports whether a way leads to more than being asked what it is about.
func (t *taking) special(w way) bool {
	return w.other == nil && !w.to.Nowhere() || w.other != nil && !t.g.asking(w.dialog.Name)
}

// way is where a message leads its writer, as which of their parts, that in a
// case first. Where it may as well be about something else, it leads to the
// question which of them it is.
func (t *taking) way(ctx context.Context, r Reading, text string, in directory.CaseReference) (way, error) {
	parties, err := t.parties(ctx)
	if err != nil {
		return way{}, err
	}
	first, err := t.oneWay(ctx, r, text, parties, in)
	if err != nil || !r.doubts() || first.other == nil || t.g.asking(first.dialog.Name) {
		return first, err
	}
	r.Intent = r.Alternatives[0]
	second, err := t.oneWay(ctx, r, text, parties, in)
	if err != nil || second.other == nil || t.g.asking(second.dialog.Name) || second.dialog.Name == first.dialog.Name {
		return first, err
	}
	which, err := t.which(ctx, first.dialog, second.dialog)
	return way{other: &other{which, first.party}}, err
}

// oneWay is the way by one intent. A dialog goes before words and a person.
func (t *taking) oneWay(ctx context.Context, r Reading, text string, parties []directory.Party, in directory.CaseReference) (way, error) {
	var found way
	for _, w := range t.parts(parties, in) {
		writer, err := t.writer(ctx, w)
		if err != nil {
			return way{}, err
		}
		to := t.g.routes.Lead(r.message(text), writer)
		next := way{to: to}
		if to.Dialog != "" {
			next = way{t.dialogFor(to.Dialog, r.Intent, parties, w.Case), to}
		}
		if next.other != nil && t.special(next) {
			return next, nil
		}
		if !t.special(found) && (next.other != nil || to.Dialog == "") {
			found = next
		}
	}
	return found, nil
}

// parts are the parts in cases that a message may be written as, those in a case
// first: nobody's, of whom nobody knows.
func (t *taking) parts(parties []directory.Party, in directory.CaseReference) []directory.Party {
	if len(parties) == 0 {
		return []directory.Party{{}}
	}
	var first, rest []directory.Party
	for _, p := range parties {
		if in == "" || p.Case == in || p.Reference == in {
			first = append(first, p)
		} else {
			rest = append(rest, p)
		}
	}
	return append(first, rest...)
}

// dialogFor is a dialog for whoever the turn is with, or one that says of itself
// that it is about an intent where that one is not there: nil when neither is.
func (t *taking) dialogFor(name, intent string, parties []directory.Party, in directory.CaseReference) *other {
	if d, ok := t.g.library.named(name); ok {
		if party, ok := t.isFor(d, parties, in); ok && !t.g.asking(name) {
			return &other{d, party}
		}
	}
	for _, d := range t.g.library.taking(intent) {
		if party, ok := t.isFor(d, parties, in); ok {
			return &other{d, party}
		}
	}
	if d, ok := t.g.library.named(t.g.Welcome); ok && name == routes.Welcome {
		if party, ok := t.isFor(d, parties, ""); ok {
			return &other{d, party}
		}
	}
	return nil
}

// writer is what the table goes by of whoever writes, as one of their parts.
func (t *taking) writer(ctx context.Context, p directory.Party) (routes.Writer, error) {
	if p.Case == "" {
		return routes.Writer{}, nil
	}
	file, err := t.caseFile(ctx, p.Case)
	if err != nil {
		return routes.Writer{}, err
	}
	return routes.Writer{Parent: p.Role, Identity: t.identity(), State: t.state(&file)}, nil
}

// state is where a case is, for whoever the turn is with: only a risk marker of
// their own may be seen in what they are answered.
func (t *taking) state(file *directory.Case) routes.State {
	d := t.g.calendar.day(t.now)
	today := calculation.NewDate(d.Year, time.Month(d.Month), d.Day)
	switch {
	case t.sender.Person.Risk != nil:
		return routes.Protected
	case file.Closed != 0 && file.Closed <= today:
		return routes.Closed
	case file.EffectiveDate == 0 || file.EffectiveDate > today:
		return routes.Application
	default:
		return routes.Open
	}
}

// writtenText stands in the table for what somebody wrote, where that is more
// than a word or two.
const (
	writtenText  = "((text))"
	fewestOfText = 3 // words
)

// with are the answers that a way brings its dialog, those that it takes.
func (t *taking) with(w way, facts dialogs.Facts) dialogs.Facts {
	given := maps.Clone(facts.Given)
	for name, value := range w.to.With {
		if value == writtenText {
			if value = t.in.Text; len(strings.Fields(value)) < fewestOfText {
				continue
			}
		}
		one := dialogs.Facts{Today: t.g.calendar.day(t.now), Language: t.own(), Given: map[string]string{name: value}}
		if _, err := w.dialog.Given(one); err == nil {
			if given == nil {
				given = map[string]string{}
			}
			given[name] = value
		}
	}
	facts.Given = given
	return facts
}

// follow answers a message that leads to no dialog: with words, and with a
// person where there is something for one to do.
func (t *taking) follow(to routes.Destination) {
	t.kind("signposted")
	words, _ := t.g.signposts.Say(to.Signpost, t.nation(), t.language())
	if to.Work != "" {
		t.kind(to.Detail)
		t.work(WorkItem{Kind: WorkItemKind(to.Work), Detail: to.Detail})
		words = strings.TrimSpace(words + " " + sayHandedOver.words(t.language(), t.promised()))
	}
	t.reply(words, Reply)
}

// hear has whoever writes in Welsh answered in Welsh, in what begins with their
// message. Their record changes only when they ask for it.
func (t *taking) hear() {
	if t.reading.Language == string(templates.Welsh) {
		t.speaks = templates.Welsh
	}
}

// wonders reports whether whoever writes asks about the message that they got,
// which its right receiver may ask too.
func (t *taking) wonders() bool {
	to, ok := t.g.routes.Cue(t.reading.message(t.in.Text), routes.Writer{})
	return ok && to.Dialog != ""
}
