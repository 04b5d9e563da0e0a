package exchange

import (
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// verb is one element of a TwiML document.
type verb struct {
	name   string
	attrs  map[string]string
	text   string
	nested []verb
}

// rule says what Twilio takes of a verb or noun: its attributes, each with the
// form of its value, and what may be nested in it. Only what the gateway may use
// is listed.
// https://www.twilio.com/docs/voice/twiml
type rule struct {
	attrs  map[string]*regexp.Regexp
	nested []string
	text   bool // has text, and must
}

var (
	address  = regexp.MustCompile(`^https?://[^\s]+$`)
	post     = regexp.MustCompile(`^POST$`)
	seconds  = regexp.MustCompile(`^[1-9][0-9]{0,3}$`)
	count    = regexp.MustCompile(`^[0-9]{1,4}$`)
	language = regexp.MustCompile(`^(en-GB|cy-GB)$`)
	boolean  = regexp.MustCompile(`^(true|false)$`)
	key      = regexp.MustCompile(`^[0-9*#]$`)
)

var rules = map[string]rule{
	"Response": {nested: []string{"Say", "Play", "Pause", "Gather", "Redirect", "Hangup", "Enqueue", "Leave", "Record", "Dial"}},
	"Say":      {text: true, attrs: map[string]*regexp.Regexp{"language": language, "voice": regexp.MustCompile(`^Polly\.[A-Z][a-z]+(-Neural)?$`)}},
	"Play":     {text: true, attrs: map[string]*regexp.Regexp{"loop": count}},
	"Pause":    {attrs: map[string]*regexp.Regexp{"length": seconds}},
	"Gather": {nested: []string{"Say", "Play", "Pause"}, attrs: map[string]*regexp.Regexp{
		"input": regexp.MustCompile(`^(dtmf|speech|dtmf speech)$`), "action": address, "method": post, "timeout": seconds,
		"speechTimeout": regexp.MustCompile(`^(auto|[1-9][0-9]*)$`), "finishOnKey": key, "numDigits": seconds, "language": language,
		"actionOnEmptyResult": boolean,
	}},
	"Redirect": {text: true, attrs: map[string]*regexp.Regexp{"method": post}},
	"Hangup":   {},
	"Leave":    {},
	"Enqueue": {text: true, attrs: map[string]*regexp.Regexp{
		"action": address, "method": post, "waitUrl": address, "waitUrlMethod": post,
	}},
	"Record": {attrs: map[string]*regexp.Regexp{
		"action": address, "method": post, "timeout": seconds, "maxLength": seconds, "finishOnKey": key, "playBeep": boolean,
		"recordingStatusCallback": address, "recordingStatusCallbackMethod": post,
		"recordingStatusCallbackEvent": regexp.MustCompile(`^(in-progress|completed|absent)( (in-progress|completed|absent))*$`),
	}},
	"Dial":  {nested: []string{"Queue"}, attrs: map[string]*regexp.Regexp{"action": address, "method": post, "timeLimit": seconds}},
	"Queue": {text: true},
}

// inQueue are the verbs that those who wait in a queue may be played.
// https://www.twilio.com/docs/voice/twiml/enqueue#waiturl
var inQueue = []string{"Say", "Play", "Pause", "Gather", "Redirect", "Leave", "Hangup"}

// longestDocument is Twilio's limit of a document, and longestSay of one text.
const (
	longestDocument = 64 << 10
	longestSay      = 4096
)

// parse reads a document and holds it against the rules.
func parse(document []byte) ([]verb, error) {
	if len(document) > longestDocument {
		return nil, fmt.Errorf("TwiML of %d bytes: Twilio takes 64 KB", len(document))
	}
	decoder := xml.NewDecoder(strings.NewReader(string(document)))
	var root *verb
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read TwiML: %w", err)
		}
		if start, ok := token.(xml.StartElement); ok {
			if root != nil {
				return nil, fmt.Errorf("TwiML has a second root, <%s>", start.Name.Local)
			}
			v, err := element(decoder, start)
			if err != nil {
				return nil, err
			}
			root = &v
		}
	}
	if root == nil || root.name != "Response" {
		return nil, fmt.Errorf("TwiML begins with no <Response>")
	}
	return root.nested, nil
}

// element reads an element to its end.
func element(decoder *xml.Decoder, start xml.StartElement) (verb, error) {
	v := verb{name: start.Name.Local, attrs: map[string]string{}}
	r, known := rules[v.name]
	if !known {
		return v, fmt.Errorf("TwiML has the verb <%s>, which is not one", v.name)
	}
	for _, a := range start.Attr {
		form, known := r.attrs[a.Name.Local]
		if !known || !form.MatchString(a.Value) {
			return v, fmt.Errorf("<%s> has %s=%q, which Twilio does not take", v.name, a.Name.Local, a.Value)
		}
		v.attrs[a.Name.Local] = a.Value
	}
	for {
		token, err := decoder.Token()
		if err != nil {
			return v, fmt.Errorf("read <%s>: %w", v.name, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if !slices.Contains(r.nested, t.Name.Local) {
				return v, fmt.Errorf("<%s> is in <%s>, where it may not be", t.Name.Local, v.name)
			}
			inner, err := element(decoder, t)
			if err != nil {
				return v, err
			}
			v.nested = append(v.nested, inner)
		case xml.CharData:
			v.text += string(t)
		case xml.EndElement:
			return v, v.check(r)
		}
	}
}

func (v *verb) check(r rule) error {
	v.text = strings.TrimSpace(v.text)
	switch {
	case r.text != (v.text != ""):
		return fmt.Errorf("<%s> with the text %q", v.name, v.text)
	case v.name == "Say" && len(v.text) > longestSay:
		return fmt.Errorf("<Say> of %d bytes: Twilio takes 4,096", len(v.text))
	case v.name == "Redirect" && !address.MatchString(v.text), v.name == "Play" && !address.MatchString(v.text):
		return fmt.Errorf("<%s> leads to %q, which is no address", v.name, v.text)
	}
	return nil
}
