package dialogs

import (
	"errors"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"parley/templates"
)

// scriptReader reads a script into a Dialog whose names are not linked yet.
type scriptReader struct {
	source
	dialog *Dialog
	drafts []*draft
	says   int // say steps without a name, so far
	inside inside
	find   func(name string) []File // the files of a dialog that this one runs; nil: there is none
	runs   []string                 // the dialogs that are being run, this one first
}

// inside is what the steps that are being read stand in.
type inside struct {
	each *each
	item int
	part string // the dialog that is run
	when string // what must hold besides their own conditions
}

// namePattern is what conditions and placeholders can name; keyPattern is what
// names dialogs, steps and outcomes.
var (
	namePattern = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	keyPattern  = regexp.MustCompile(`^[a-z][a-z0-9_-]*$`)
)

// read reads a script, and reports whether there was one to read.
func (r *scriptReader) read(content []byte) bool {
	entries := r.parse(content)
	if entries == nil {
		return false
	}
	d := r.dialog
	d.Languages = []templates.Language{templates.English}
	d.Identity = "known"
	d.Retries = Retries{Limit: 3, Then: "handoff"}
	d.Expire = Expiry{After: 14 * 24 * time.Hour, Then: "handoff"}
	for _, e := range entries {
		switch e.key {
		case "dialog":
			r.name(e)
		case "title":
			d.title = words{templates.English: r.fixedWords(e.value)}
		case "for":
			d.For = r.oneOf(e, "paying parent", "receiving parent", "anyone")
			if d.For == "anyone" {
				d.For = ""
			}
		case "intents":
			for _, n := range r.list(e.value) {
				d.Intents = append(d.Intents, r.text(n))
			}
		case "interrupts":
			d.Interrupts = r.oneOf(e, "false", "true") == "true"
		case "languages":
			r.languages(e)
		case "identity":
			d.Identity = r.oneOf(e, identities()...)
		case "nudge":
			for _, n := range r.list(e.value) {
				d.Nudges = append(d.Nudges, r.duration(n))
			}
		case "expire":
			r.expire(e)
		case "retries":
			r.retries(e)
		case "opening":
			d.opening = words{templates.English: r.fixedWords(e.value)}
		case "steps":
			r.steps(e.value)
		default:
			r.problem(position(e.at), "a dialog has nothing called %q", e.key)
		}
	}
	r.complete()
	return true
}

// complete reports what a dialog cannot be without.
func (r *scriptReader) complete() {
	d, top := r.dialog, place{1, 1}
	if d.Name == "" {
		r.problem(top, "the dialog has no name: begin with \"dialog: its-name\"")
	}
	if d.title == nil {
		r.problem(top, "the dialog has no title")
		d.title = noWords()
	}
	for i, after := range d.Nudges {
		if after >= d.Expire.After || i > 0 && after <= d.Nudges[i-1] {
			r.problem(top, "nudges come one after another, before the dialog expires")
			break
		}
	}
	switch n := len(d.steps); {
	case n == 0:
		r.problem(top, "the dialog has no steps")
	case n > maxSteps:
		r.problem(d.steps[maxSteps].at, "the dialog has %d steps and may have %d: split it", n, maxSteps)
	}
}

// name is that of the folder too, by which the dialog is asked for.
func (r *scriptReader) name(e entry) {
	r.dialog.Name = r.key(e)
	if folder := path.Base(path.Dir(r.file)); folder != "." && folder != r.dialog.Name {
		r.problem(position(e.value), "the dialog is called %q and its folder %q: give both one name", r.dialog.Name, folder)
	}
}

// identities are how sure we can be of who writes, the least first.
func identities() []string { return []string{"unknown", "known", "confirmed", "checked"} }

// key reads what names a dialog, a step or an outcome.
func (r *scriptReader) key(e entry) string {
	key := r.text(e.value)
	if key != "" && !keyPattern.MatchString(key) {
		r.problem(position(e.value), "%q is not a name: use small letters, figures, - and _, like income-change", key)
	}
	return key
}

func (r *scriptReader) oneOf(e entry, allowed ...string) string {
	text := r.text(e.value)
	if !slices.Contains(allowed, text) {
		r.problem(position(e.value), "%s cannot be %q: use %s", e.key, text, strings.Join(allowed, ", "))
		return allowed[0]
	}
	return text
}

// languages reads the languages of a dialog, its own first: a person whose
// language it does not have gets the first.
func (r *scriptReader) languages(e entry) {
	r.dialog.Languages = nil
	for _, n := range r.list(e.value) {
		l := templates.Language(r.text(n))
		if !slices.Contains(templates.Languages(), l) {
			r.problem(position(n), "Parley does not speak %q", string(l))
			continue
		}
		r.dialog.Languages = append(r.dialog.Languages, l)
	}
	if !slices.Contains(r.dialog.Languages, templates.English) {
		r.problem(position(e.value), "the words of a script are English: list en too")
		r.dialog.Languages = append(r.dialog.Languages, templates.English)
	}
}

var errNoDuration = errors.New("not a length of time: write 2d, 12h or 30m")

// parseDuration reads "2d", "12h" or "30m".
func parseDuration(text string) (time.Duration, error) {
	units := map[byte]time.Duration{'d': 24 * time.Hour, 'h': time.Hour, 'm': time.Minute}
	if text == "" {
		return 0, errNoDuration
	}
	last := len(text) - 1
	count, err := strconv.ParseUint(text[:last], 10, 16)
	if err != nil || count == 0 || units[text[last]] == 0 {
		return 0, errNoDuration
	}
	return time.Duration(count) * units[text[last]], nil
}

func (r *scriptReader) duration(n ast.Node) time.Duration {
	text := r.text(n)
	d, err := parseDuration(text)
	if err != nil {
		r.problem(position(n), "%q is %v", text, err)
	}
	return d
}

func (r *scriptReader) expire(e entry) {
	for _, part := range r.mapping(e.value) {
		switch part.key {
		case "after":
			r.dialog.Expire.After = r.duration(part.value)
		case "then":
			r.dialog.Expire.Then = r.oneOf(part, "handoff", "end")
		default:
			r.problem(position(part.at), "expire has \"after\" and \"then\" only")
		}
	}
}

func (r *scriptReader) retries(e entry) {
	for _, part := range r.mapping(e.value) {
		switch part.key {
		case "limit":
			limit, err := strconv.Atoi(r.text(part.value))
			if err != nil || limit < 1 || limit > 10 {
				r.problem(position(part.value), "the limit is a number from 1 to 10")
				continue
			}
			r.dialog.Retries.Limit = limit
		case "then":
			r.dialog.Retries.Then = r.oneOf(part, "handoff", "end")
		default:
			r.problem(position(part.at), "retries has \"limit\" and \"then\" only")
		}
	}
}
