package dialogs

import (
	"slices"

	"github.com/goccy/go-yaml/ast"

	"parley/templates"
)

// The names under which words may differ. A discreet person gets the discreet
// words where there are any, whatever the channel.
const (
	forDefault  = "default"
	forDiscreet = "discreet"
)

// Channels on which a dialog can be held, as scripts name them.
func Channels() []string { return []string{"sms", "webchat", "email", "voice"} }

// variants are the words for one thing in one language, by channel.
type variants map[string]phrase

// phrase is one wording, and where it stands in its file.
type phrase struct {
	text *templates.Text
	raw  string
	at   place
}

// words are the words for one thing in every language.
type words map[templates.Language]variants

// pick chooses the wording for a channel, English where a language has none.
func (w words) pick(language templates.Language, channel string, discreet bool) *templates.Text {
	v := w[language]
	if v == nil {
		v = w[templates.English]
	}
	if discreet {
		if p, ok := v[forDiscreet]; ok {
			return p.text
		}
	}
	if p, ok := v[channel]; ok {
		return p.text
	}
	return v[forDefault].text
}

// names lists the placeholders of every wording, each once.
func (w words) names() []string {
	var names []string
	for _, v := range w {
		for _, p := range v {
			if p.text != nil {
				names = append(names, p.text.Names()...)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// words reads wording: one text, or one for each channel with a default.
func (s *source) words(n ast.Node) variants {
	if !isMapping(n) {
		return variants{forDefault: s.phrase(n)}
	}
	v := variants{}
	for _, e := range s.mapping(n) {
		if e.key != forDefault && e.key != forDiscreet && !slices.Contains(Channels(), e.key) {
			s.problem(e.at, "there is no channel \""+e.key+"\": use sms, webchat, email, voice, discreet or default")
			continue
		}
		v[e.key] = s.phrase(e.value)
	}
	if _, ok := v[forDefault]; !ok {
		s.problem(n, "words for some channels only: add \"default:\" for the others")
		v[forDefault] = phrase{text: &templates.Text{}, at: position(n)}
	}
	return v
}

func (s *source) phrase(n ast.Node) phrase {
	raw := s.text(n)
	text, err := templates.Parse(raw)
	if err != nil {
		s.problem(n, err.Error())
		text = &templates.Text{}
	}
	return phrase{text: text, raw: raw, at: position(n)}
}
