package dialogs

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"parley/templates"
)

// The names under which words may differ. A discreet person gets the discreet
// words where there are any, whatever the channel.
const (
	forDefault  = "default"
	forDiscreet = "discreet"
)

// The channels on which a dialog can be held, as scripts name them.
const (
	onSMS     = "sms"
	onWebChat = "webchat"
	onEmail   = "email"
	onVoice   = "voice"
)

// Channels lists them.
func Channels() []string { return []string{onSMS, onWebChat, onEmail, onVoice} }

// variants are the words for one thing in one language, by channel.
type variants map[string]phrase

// phrase is one wording, and where it stands in its file.
type phrase struct {
	text *templates.Text
	raw  string
	at   place
}

// noWords stand where a script lacks words that it needs.
func noWords() words {
	return words{templates.English: variants{forDefault: {text: &templates.Text{}, at: place{1, 1}}}}
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

// names lists what the placeholders of a wording read, each once, sorted.
func (p phrase) names() []string {
	names := p.text.Names()
	slices.Sort(names)
	return names
}

// channels lists what the words differ by, sorted.
func (v variants) channels() []string { return slices.Sorted(maps.Keys(v)) }

// words reads wording: one text, or one for each channel with a default.
func (s *source) words(n ast.Node) variants {
	if !isMapping(n) {
		return variants{forDefault: s.phrase(n)}
	}
	v := variants{}
	for _, e := range s.mapping(n) {
		if e.key != forDefault && e.key != forDiscreet && !slices.Contains(Channels(), e.key) {
			s.problem(position(e.at), "there is no channel %q: use %s, discreet or default", e.key, strings.Join(Channels(), ", "))
			continue
		}
		v[e.key] = s.phrase(e.value)
	}
	if _, ok := v[forDefault]; !ok {
		s.problem(position(n), "words for some channels only: add \"default:\" for the others")
		v[forDefault] = phrase{text: &templates.Text{}, at: position(n)}
	}
	return v
}

// fixedWords reads wording that is said before anything is known.
func (s *source) fixedWords(n ast.Node) variants {
	v := s.words(n)
	for _, channel := range v.channels() {
		if p := v[channel]; len(p.text.Names()) > 0 {
			s.problem(p.at, "these words cannot hold ((%s)): they are the same for everybody", p.text.Names()[0])
			v[channel] = phrase{text: &templates.Text{}, at: p.at}
		}
	}
	return v
}

func (s *source) phrase(n ast.Node) phrase {
	raw := s.text(n)
	text, err := templates.Parse(raw)
	if err != nil {
		var syntax *templates.SyntaxError
		if errors.As(err, &syntax) {
			s.problem(position(n), "%s", syntax.Problem)
		}
		text = &templates.Text{}
	}
	return phrase{text: text, raw: raw, at: position(n)}
}
