package dialogs

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"parley/dialogs/answers"
	"parley/templates"
)

// splitSettings splits a transcript's header at the commas that end a setting:
// not those within a number (£1,200) or JSON.
func splitSettings(text string) []string {
	var settings []string
	depth, start := 0, 0
	for i, c := range text {
		switch {
		case c == '{':
			depth++
		case c == '}':
			depth--
		case depth == 0 && strings.HasPrefix(text[i:], ", "):
			settings = append(settings, strings.TrimSpace(text[start:i]))
			start = i + 1
		}
	}
	if last := strings.TrimSpace(text[start:]); last != "" {
		settings = append(settings, last)
	}
	return settings
}

// set takes one setting of a header.
func (t *transcript) set(setting string) error {
	name, value, hasValue := strings.Cut(setting, "=")
	given, isGiven := strings.CutPrefix(name, "given ")
	identity, isIdentity := strings.CutPrefix(setting, "identity ")
	role, isRole := strings.CutPrefix(setting, "role ")
	nation, isNation := strings.CutPrefix(setting, "nation ")
	call, isFailing := strings.CutSuffix(setting, " fails")
	channel, language, _ := strings.Cut(setting, " ")
	switch {
	case slices.Contains(Channels(), channel):
		return t.setChannel(channel, templates.Language(language))
	case setting == "started by us":
		t.facts.ByUs = true
	case setting == "discreet":
		t.facts.Discreet = true
	case isIdentity:
		return oneOf(&t.facts.Identity, "identity", identity, identities())
	case isRole:
		return oneOf(&t.facts.Role, "role", role, roles()[1:])
	case isNation:
		return oneOf(&t.facts.Nation, "nation", nation, nations()[1:])
	case name == "now" && hasValue:
		return t.setNow(value)
	case isGiven && hasValue:
		t.facts.Given[given] = value
	case isFailing:
		if _, ok := signatureOf(call); !ok {
			return fmt.Errorf("there is no call %q", call)
		}
		t.failing[call] = true
	case name == "child" && hasValue:
		return t.addChild(value)
	case hasValue:
		return t.setResult(name, value)
	default:
		return fmt.Errorf("the header says %q: it can say \"sms en\", started by us, discreet, identity confirmed, role paying parent, nation wales, now=…, given name=value, child={…}, call={…} or \"call fails\"", setting)
	}
	return nil
}

func (t *transcript) setChannel(channel string, language templates.Language) error {
	if !slices.Contains(templates.Languages(), language) {
		return fmt.Errorf("%s is held in a language: write %s en or %s cy", channel, channel, channel)
	}
	t.facts.Channel, t.facts.Language = channel, language
	return nil
}

// oneOf sets a fact that can be one of a few words.
func oneOf(fact *string, name, value string, can []string) error {
	if !slices.Contains(can, value) {
		return fmt.Errorf("%s cannot be %q: use %s", name, value, strings.Join(can, ", "))
	}
	*fact = value
	return nil
}

func (t *transcript) setNow(text string) error {
	now, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return fmt.Errorf("now=%s is not a time like 2026-11-22T10:00:00Z", text)
	}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return fmt.Errorf("reckoning days: %w", err)
	}
	t.facts.Today = answers.DateOf(now, london)
	t.facts.HandoffBy = t.facts.Today.AddDays(handoffDays)
	return nil
}

var errChild = errors.New(`a child is written like child={"id": "C1", "name": "Jo", "age": 9, "nights": 60}`)

// addChild puts a child on the case: child={"id": "C1", "name": "Jo", "age": 9,
// "nights": 60}.
func (t *transcript) addChild(text string) error {
	var c Child
	if err := json.Unmarshal([]byte(text), &c); err != nil || c.ID == "" || c.Name == "" {
		return errChild
	}
	t.facts.Children = append(t.facts.Children, c)
	return nil
}

// setResult makes a call's result of its example, with some fields changed by
// JSON.
func (t *transcript) setResult(name, text string) error {
	s, ok := signatureOf(name)
	if !ok {
		return fmt.Errorf("there is no call %q", name)
	}
	given := map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(text), &given); err != nil {
		return fmt.Errorf("the result of %s is not a JSON object: %w", name, err)
	}
	v := Group()
	for _, f := range s.example.Fields {
		if raw, ok := given[f.Name]; ok {
			var err error
			if f.Value, err = valueLike(f.Value, raw); err != nil {
				return fmt.Errorf("the field %s of %s: %w", f.Name, name, err)
			}
			delete(given, f.Name)
		}
		v.Fields = append(v.Fields, f)
	}
	for _, unknown := range slices.Sorted(maps.Keys(given)) {
		return fmt.Errorf("the call %s gives no %q", name, unknown)
	}
	t.results[name] = v
	return nil
}

var errOtherKind = errors.New("it is of another kind")

// valueLike reads JSON as a value of the same kind as another, in the form in
// which recordings write it.
func valueLike(like Value, raw json.RawMessage) (Value, error) {
	inParts := bytes.HasPrefix(raw, []byte("{"))
	switch like.Kind {
	case YesNoValue:
		return as(raw, YesNo)
	case NumberValue:
		return as(raw, Number)
	case DateValue:
		return as(raw, Day)
	case MoneyValue:
		if inParts {
			return as(raw, amountPer)
		}
		return as(raw, Amount)
	case WordsValue:
		if inParts {
			return as(raw, func(in struct{ En, Cy string }) Value { return Words(in.En, in.Cy) })
		}
		return as(raw, func(same string) Value { return Words(same, same) })
	default:
		return as(raw, Text)
	}
}

func as[T any](raw json.RawMessage, value func(T) Value) (Value, error) {
	var of T
	err := json.Unmarshal(raw, &of)
	if other := new(json.UnmarshalTypeError); errors.As(err, &other) {
		err = errOtherKind
	}
	return value(of), err
}

// amountPer is an amount with how often it is paid.
func amountPer(m struct {
	Amount answers.Pence
	Period answers.Period
}) Value {
	return Value{Kind: MoneyValue, Pence: m.Amount, Period: m.Period}
}
