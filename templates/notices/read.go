package notices

import (
	"slices"
	"strings"
)

// formReader reads the words of one notice in one language.
type formReader struct {
	*loader
	notice *Notice
	file   string
	uses   []bool       // which fields the words read
	lines  map[Form]int // where each form begins
}

func (r *formReader) problem(line int, lint, format string, values ...any) {
	r.loader.problem(lint, r.file, line, format, values...)
}

// sourceLine is a line of a file.
type sourceLine struct {
	number int
	text   string
}

// subjectForm is the part that gives an email its subject.
const subjectForm Form = "subject"

// sections are the parts of a file, each under a heading of its name. The rest
// of a file is in them.
var sections = []Form{subjectForm, SMS, Email, Letter, Discreet}

// read reads a file.
func (r *formReader) read(content string) *forms {
	parts := r.split(content)
	f := &forms{
		subject: r.line(subjectForm, parts[subjectForm]), sms: r.line(SMS, parts[SMS]), discreet: r.line(Discreet, parts[Discreet]),
		email: r.parseBlocks(parts[Email]), letter: r.parseBlocks(parts[Letter]),
	}
	for _, section := range sections {
		if empty(parts[section]) {
			r.problem(max(r.lines[section], 1), "form", "there are no words under \"# %s\"", section)
		}
	}
	return f
}

func empty(lines []sourceLine) bool {
	return !slices.ContainsFunc(lines, func(l sourceLine) bool { return strings.TrimSpace(l.text) != "" })
}

// split finds the parts of a file.
func (r *formReader) split(content string) map[Form][]sourceLine {
	parts := map[Form][]sourceLine{}
	var part Form
	number := 0
	for text := range strings.Lines(content) {
		number++
		text = strings.TrimRight(text, "\r\n")
		if heading, ok := strings.CutPrefix(text, "# "); ok {
			part = Form(strings.ToLower(strings.TrimSpace(heading)))
			switch _, twice := r.lines[part]; {
			case !slices.Contains(sections, part):
				r.problem(number, "form", "there is no form %q: use # Subject, # SMS, # Email, # Letter and # Discreet", heading)
			case twice:
				r.problem(number, "form", "the form %q is there twice", heading)
			}
			r.lines[part] = number
			continue
		}
		if part == "" && strings.TrimSpace(text) != "" {
			r.problem(number, "form", "words stand under a heading: # Subject, # SMS, # Email, # Letter or # Discreet")
			continue
		}
		parts[part] = append(parts[part], sourceLine{number, text})
	}
	return parts
}

// line reads a part that is one run of words. Its lines run on.
func (r *formReader) line(form Form, lines []sourceLine) text {
	var words []string
	for _, l := range lines {
		if s := strings.TrimSpace(l.text); s != "" {
			words = append(words, s)
		}
	}
	return r.parseText(strings.Join(words, " "), r.lines[form])
}
