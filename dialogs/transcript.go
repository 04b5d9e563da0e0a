package dialogs

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"parley/dialogs/answers"
	"parley/templates"
)

// Transcript is one conversation that must come out exactly so.
//
//	# asks again when pay is unclear      sms en, started by us, identity confirmed
//	< Has your pay before tax gone up or down? Reply 1 up, 2 down, 3 about the same.
//	> down
//	< …
//	+ 2d
//	= reported {"direction": "down"}
//
// "< " is what the person is told, "> " what they write, "+ 2d" time that
// passes without a word, "= " how it ends. Two spaces continue a line, "< …"
// is any one message and "…" alone any number of lines.
type Transcript struct {
	Title   string
	File    string
	Line    int
	Facts   Facts
	Results map[string]Value // what calls give back; "fails" for one that fails
	Failing map[string]bool
	Lines   []TranscriptLine
}

// TranscriptLine is one line with the lines that continue it.
type TranscriptLine struct {
	Number int
	Mark   string // "<", ">", "+", "=", or "…"
	Text   string
}

// transcriptDay is today in a transcript whose header does not say.
var transcriptDay = answers.Date{Year: 2026, Month: 11, Day: 22}

// ParseTranscripts reads a file of transcripts.
func ParseTranscripts(file string, content []byte) ([]Transcript, Problems) {
	r := transcriptReader{file: file}
	lines := bufio.NewScanner(bytes.NewReader(content))
	for n := 1; lines.Scan(); n++ {
		r.line(n, lines.Text())
	}
	return r.transcripts, r.problems
}

type transcriptReader struct {
	file        string
	transcripts []Transcript
	problems    Problems
}

func (r *transcriptReader) problem(line int, message string) {
	r.problems = append(r.problems, Problem{File: r.file, Line: line, Column: 1, Message: message})
}

func (r *transcriptReader) line(n int, text string) {
	mark, rest, _ := strings.Cut(text, " ")
	if mark == "#" {
		r.begin(n, rest)
		return
	}
	if strings.TrimSpace(text) == "" {
		return
	}
	if len(r.transcripts) == 0 {
		r.problem(n, "a transcript begins with \"# title      sms en, started by us\"")
		return
	}
	t := &r.transcripts[len(r.transcripts)-1]
	switch {
	case strings.HasPrefix(text, "  ") && len(t.Lines) > 0:
		t.Lines[len(t.Lines)-1].Text += "\n" + text[2:]
	case mark == "<", mark == ">", mark == "+", mark == "=", text == "…":
		t.Lines = append(t.Lines, TranscriptLine{Number: n, Mark: mark, Text: rest})
	default:
		r.problem(n, "a line begins with \"< \", \"> \", \"+ \", \"= \" or two spaces, or is …")
	}
}

// begin reads a header: a title, two spaces or more, then channel and language
// and what is given.
func (r *transcriptReader) begin(n int, text string) {
	title, settings, _ := strings.Cut(text, "  ")
	t := Transcript{
		Title: strings.TrimSpace(title), File: r.file, Line: n,
		Facts:   Facts{Today: transcriptDay, Channel: "sms", Identity: "known", Language: templates.English, HandoffBy: transcriptDay.AddDays(7)},
		Results: map[string]Value{}, Failing: map[string]bool{},
	}
	for i, setting := range splitSettings(settings) {
		if err := t.set(i, setting); err != nil {
			r.problem(n, err.Error())
		}
	}
	r.transcripts = append(r.transcripts, t)
}

// splitSettings splits at commas that are not within JSON.
func splitSettings(text string) []string {
	var settings []string
	depth, start := 0, 0
	for i, c := range text {
		switch c {
		case '{':
			depth++
		case '}':
			depth--
		case ',':
			if depth == 0 {
				settings = append(settings, strings.TrimSpace(text[start:i]))
				start = i + 1
			}
		}
	}
	if last := strings.TrimSpace(text[start:]); last != "" {
		settings = append(settings, last)
	}
	return settings
}

func (t *Transcript) set(i int, setting string) error {
	if channel, language, ok := strings.Cut(setting, " "); i == 0 && ok {
		t.Facts.Channel, t.Facts.Language = channel, templates.Language(strings.TrimSpace(language))
		return nil
	}
	name, value, hasValue := strings.Cut(setting, "=")
	switch {
	case setting == "started by us":
		t.Facts.ByUs = true
	case setting == "discreet":
		t.Facts.Discreet = true
	case strings.HasPrefix(setting, "identity "):
		t.Facts.Identity = strings.TrimPrefix(setting, "identity ")
	case name == "now" && hasValue:
		now, err := time.Parse(time.RFC3339, value)
		if err != nil {
			return fmt.Errorf("now=%s is not a time like 2026-11-22T10:00:00Z", value)
		}
		t.setToday(now)
	case strings.HasPrefix(name, "given ") && hasValue:
		if t.Facts.Given == nil {
			t.Facts.Given = map[string]string{}
		}
		t.Facts.Given[strings.TrimPrefix(name, "given ")] = value
	case strings.HasSuffix(setting, " fails"):
		t.Failing[strings.TrimSuffix(setting, " fails")] = true
	case hasValue:
		v, err := exampleFrom(name, value)
		if err != nil {
			return err
		}
		t.Results[name] = v
	default:
		return fmt.Errorf("the header says %q: it can say \"sms en\", started by us, discreet, identity confirmed, now=…, given name=value, call={…} or \"call fails\"", setting)
	}
	return nil
}

func (t *Transcript) setToday(now time.Time) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		london = time.UTC
	}
	t.Facts.Today = answers.DateOf(now, london)
	t.Facts.HandoffBy = t.Facts.Today.AddDays(7)
}

// exampleFrom is a call's example result with some fields changed by JSON.
func exampleFrom(name, text string) (Value, error) {
	s, ok := signature(name)
	if !ok {
		return Value{}, fmt.Errorf("there is no call %q", name)
	}
	var given map[string]any
	if err := json.Unmarshal([]byte(text), &given); err != nil {
		return Value{}, fmt.Errorf("the result of %s is not JSON: %w", name, err)
	}
	v := Group()
	for _, f := range s.Example.Fields {
		if x, ok := given[f.Name]; ok {
			changed, err := valueLike(f.Value, fmt.Sprint(x))
			if err != nil {
				return Value{}, fmt.Errorf("the field %s of %s: %w", f.Name, name, err)
			}
			f.Value = changed
			delete(given, f.Name)
		}
		v.Fields = append(v.Fields, f)
	}
	for unknown := range given {
		return Value{}, fmt.Errorf("the call %s gives no %q", name, unknown)
	}
	return v, nil
}

// valueLike reads text as a value of the same kind as another.
func valueLike(like Value, text string) (Value, error) {
	switch like.Kind {
	case YesNoValue:
		return YesNo(text == "true"), nil
	case DateValue:
		d, err := answers.ParseDate(text)
		return Day(d), err
	case MoneyValue:
		m, err := answers.ReadMoney(text, answers.Context{Language: templates.English})
		return Amount(m.Amount), err
	default:
		return Text(text), nil
	}
}
