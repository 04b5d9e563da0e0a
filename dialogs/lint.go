package dialogs

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"parley/dialogs/answers"
	"parley/templates"
)

// Check finds what is wrong with every dialog in a folder: what does not
// compile, what the lints find, and every transcript that comes out otherwise.
func Check(folder fs.FS) (Problems, error) {
	names, err := fs.Glob(folder, "*/"+scriptFile)
	if err != nil {
		return nil, fmt.Errorf("looking for dialogs: %w", err)
	}
	var problems Problems
	for _, name := range names {
		problems = append(problems, checkOne(folder, path.Dir(name))...)
	}
	return problems, nil
}

func checkOne(folder fs.FS, name string) Problems {
	d, problems := loadOne(folder, name)
	if len(problems) > 0 {
		return problems
	}
	l := linter{dialog: d}
	l.lint()
	file := path.Join(name, transcriptsFile)
	content, err := fs.ReadFile(folder, file)
	if err != nil {
		l.add(scriptFile, 1, "there are no transcripts: write transcripts.txt")
		return l.problems.sorted()
	}
	transcripts, wrong := ParseTranscripts(file, content)
	l.problems = append(l.problems, wrong...)
	var coverage Coverage
	for _, t := range transcripts {
		l.problems = append(l.problems, d.Play(t, &coverage)...)
	}
	l.branches(coverage)
	return l.problems.sorted()
}

// linter looks for what a script may say and should not.
type linter struct {
	dialog   *Dialog
	problems Problems
}

func (l *linter) add(file string, line int, message string) {
	folder := path.Dir(l.dialog.files[0].Name)
	l.problems = append(l.problems, Problem{File: path.Join(folder, file), Line: line, Column: 1, Message: message})
}

func (l *linter) lint() {
	l.words("opening", l.dialog.opening)
	ended := false
	for i := range l.dialog.steps {
		s := &l.dialog.steps[i]
		if ended {
			l.add(scriptFile, s.at.line, fmt.Sprintf("step %q is never reached: the dialog always ends before it", s.key))
			break
		}
		ended = s.end != "" && s.when == nil
		l.words(s.key, s.say)
		l.words(s.key, s.help)
		l.choices(s)
		l.privacy(s)
	}
}

// branches reports every step that no transcript comes to, and every condition
// that is never true, or never false.
func (l *linter) branches(c Coverage) {
	for i := range l.dialog.steps {
		s := &l.dialog.steps[i]
		switch {
		case !c.held.has(i):
			l.add(scriptFile, s.at.line, fmt.Sprintf("no transcript walks step %q", s.key))
		case s.when != nil && !c.skipped.has(i):
			l.add(scriptFile, s.at.line, fmt.Sprintf("no transcript passes step %q by", s.key))
		}
	}
}

var (
	// Twilio treats a message that is exactly one of these as its own.
	reservedReply = regexp.MustCompile(`(?i)\b(?:reply|text|send|type|atebwch|anfonwch)\s+["']?(stop|stopall|unsubscribe|cancel|end|quit|revoke|optout|start|unstop|yes|help|info)\b`)
	link          = regexp.MustCompile(`(?i)\b(?:https?://|www\.)([^\s/]+)`)
)

// linkDomain is where words may link to.
const linkDomain = "gov.uk"

func (l *linter) words(key string, w words) {
	for language, v := range w {
		file := scriptFile
		if language != templates.English {
			file = string(language) + ".yaml"
		}
		for channel, p := range v {
			l.phrase(file, key, language, channel, p)
		}
	}
}

func (l *linter) phrase(file, key string, language templates.Language, channel string, p phrase) {
	if m := reservedReply.FindStringSubmatch(p.raw); m != nil {
		l.add(file, p.at.line, fmt.Sprintf("%q asks people to reply %s, which the network keeps for itself: use another word", key, strings.ToUpper(m[1])))
	}
	for _, m := range link.FindAllStringSubmatch(p.raw, -1) {
		if host := strings.ToLower(m[1]); host != linkDomain && !strings.HasSuffix(host, "."+linkDomain) {
			l.add(file, p.at.line, fmt.Sprintf("%q links to %s: only %s is allowed", key, host, linkDomain))
		}
	}
	if channel != forDefault && channel != forDiscreet && channel != "sms" {
		return
	}
	sms := templates.PrepareSMS(p.raw)
	if sms.Segments > templates.MaxSegments {
		l.add(file, p.at.line, fmt.Sprintf("%q takes %d text messages and may take %d: make it shorter", key, sms.Segments, templates.MaxSegments))
	}
	if language == templates.English && (sms.Encoding != templates.GSM7 || sms.Text != p.raw) {
		l.add(file, p.at.line, fmt.Sprintf("%q holds a character that a text message cannot carry as it is (a curly quote, a dash, an accent): write %q", key, sms.Text))
	}
}

func (l *linter) choices(s *step) {
	for _, language := range l.dialog.Languages {
		list := s.choices.in(language)
		for i := range list {
			for j := range i {
				if answers.SoundAlike(list[i], list[j]) {
					l.add(scriptFile, s.at.line, fmt.Sprintf("the choices %q and %q of %q cannot be told apart", list[j].Label, list[i].Label, s.key))
				}
			}
		}
	}
}

// privacy: what is private is said to the person themselves, once they are
// confirmed, or in words that the script calls private.
func (l *linter) privacy(s *step) {
	if s.kind != sayStep || !s.quotes || s.private || s.forConfirmed() {
		return
	}
	l.add(scriptFile, s.at.line, fmt.Sprintf("%q says something private: add \"private: true\", or when: identity == \"confirmed\"", s.key))
}

var confirmedPattern = regexp.MustCompile(`^identity\s*==\s*"(confirmed|checked)"($|\s+and\s)`)

// forConfirmed reports whether a step is only for somebody confirmed: its
// condition begins with that and goes on with nothing but "and".
func (s *step) forConfirmed() bool {
	return s.when != nil && confirmedPattern.MatchString(s.when.source) && !strings.Contains(s.when.source, " or ")
}
