package dialogs

import (
	"maps"
	"slices"

	"parley/templates"
)

// The schemas of a dialog's files are for editors, which complete and check
// against them as one types. They say what may stand where; whether it makes
// sense is for Check to say.

// ScriptSchema describes dialog.yaml.
func ScriptSchema() *Schema {
	steps := &Schema{Type: "array", Items: &Schema{Ref: "#/$defs/step"}}
	top := closed("A dialog: a list of steps, read from the top.", scriptParts(), "dialog", "title", "steps")
	top.Schema, top.Title = draft202012, "A dialog of Parley"
	top.Properties["steps"] = steps
	top.Defs = map[string]*Schema{"step": stepSchema(), "words": wordsSchema()}
	return top
}

// WordsSchema describes the file of a dialog's words in another language.
func WordsSchema() *Schema {
	parts := stepParts()
	question := closed("All the words of a question.", map[string]*Schema{
		"say": parts["say"], "help": parts["help"], "label": parts["label"], "choices": parts["choices"], "also": parts["also"],
		"words": {Type: "object", Description: "the words that are taken as they are, like \"later\"", AdditionalProperties: scalar()},
	})
	return &Schema{
		Schema: draft202012, Title: "The words of a dialog in another language", Type: "object",
		Properties:           map[string]*Schema{"title": parts["say"], "opening": parts["say"]},
		AdditionalProperties: &Schema{AnyOf: []*Schema{{Ref: "#/$defs/words"}, question}},
		Defs:                 map[string]*Schema{"words": wordsSchema()},
	}
}

// stepSchema is one step, of any kind.
func stepSchema() *Schema {
	parts := stepParts()
	step := &Schema{}
	for _, k := range kinds {
		has := map[string]*Schema{}
		for _, part := range append([]string{k.part, "name", "when"}, k.has...) {
			has[part] = parts[part]
		}
		step.AnyOf = append(step.AnyOf, closed("", has, k.part))
	}
	when := parts["when"]
	step.AnyOf = append(step.AnyOf,
		closed("", map[string]*Schema{"when": when, "run": {Type: "string", Description: "another dialog, done here as part of this one"}}, "run"),
		closed("", map[string]*Schema{
			"when":  when,
			"each":  {Type: "string", Pattern: `^[a-z][a-z0-9_]* in \S+$`, Description: "what the steps are repeated for: child in case.children, or child in a number that was answered"},
			"steps": {Type: "array", Items: &Schema{Ref: "#/$defs/step"}, Description: "what is repeated"},
		}, "each", "steps"))
	return step
}

// scriptParts are the parts of a script, beside its steps.
func scriptParts() map[string]*Schema {
	duration := &Schema{Type: "string", Pattern: `^[1-9]\d*[dhm]$`}
	then := &Schema{Type: "string", Enum: []string{"handoff", "end"}, Description: "a person takes over, or the dialog ends"}
	return map[string]*Schema{
		"dialog":     {Type: "string", Pattern: keyPattern.String(), Description: "its name, the same as the folder's"},
		"title":      {Ref: "#/$defs/words", Description: "for lists and caseworkers"},
		"for":        {Type: "string", Enum: []string{"paying parent", "receiving parent", "anyone"}, Description: "whose dialog it is"},
		"intents":    oneOrMore(scalar(), "what a person writes about that begins it"),
		"interrupts": {Type: "boolean", Description: "it can be held in the middle of another dialog, which then goes on"},
		"languages":  oneOrMore(&Schema{Type: "string", Enum: languageCodes()}, "its languages, its own first"),
		"identity":   {Type: "string", Enum: identities(), Description: "how sure we must be of who answers it"},
		"nudge":      oneOrMore(duration, "when to remind somebody who is silent, like [2d, 7d]"),
		"expire":     closed("when a silent conversation ends, and how", map[string]*Schema{"after": duration, "then": then}),
		"retries": closed("how often an answer may be unreadable, and what follows", map[string]*Schema{
			"limit": {Type: "integer", Minimum: 1, Maximum: 10}, "then": then}),
		"opening": {Ref: "#/$defs/words", Description: "put before the first message of a conversation that we begin"},
	}
}

// stepParts are the parts of steps: which kind has which is in kinds.
func stepParts() map[string]*Schema {
	words := func(about string) *Schema { return &Schema{Ref: "#/$defs/words", Description: about} }
	name := func(about string) *Schema {
		return &Schema{Type: "string", Pattern: namePattern.String(), Description: about}
	}
	key := func(about string) *Schema {
		return &Schema{Type: "string", Pattern: keyPattern.String(), Description: about}
	}
	return map[string]*Schema{
		"name":    key("what its words in other languages, and reports, call this step"),
		"when":    {AnyOf: []*Schema{{Type: "string"}, {Type: "boolean"}}, Description: "the step is passed by unless this holds: direction != \"same\", known(estimate) and estimate.changes"},
		"ask":     name("asks for an answer, under this name"),
		"say":     words("what is said; by channel where it must differ; ((name)) stands for what is known"),
		"help":    words("said when they write HELP, or answer twice in a way that cannot be read"),
		"label":   words("names the answer in \"check your answers\""),
		"choices": {Type: "object", Description: "what to choose from, each with its words", AdditionalProperties: scalar()},
		"also":    {Type: "object", Description: "other words for the choices, like down: [less, lower]", AdditionalProperties: oneOrMore(scalar(), "")},
		"answer":  answerSchema(),
		"private": {Type: "boolean", Description: "not to be shown where somebody else may look"},
		"check":   oneOrMore(name(""), "the answers to list, so that one can be changed"),
		"call":    {Type: "string", Enum: callNames(), Description: "asks Parley for something"},
		"with":    withSchema(),
		"save":    name("keeps the result under this name"),
		"fails":   {Type: "string", Enum: []string{"skip", "handoff"}, Description: "what happens when the call fails: go on without it, or a person takes over"},
		"set":     {Type: "object", Description: "works something out: {large: pay.pence > 100000}", AdditionalProperties: scalar()},
		"handoff": key("gives the conversation to a person, with a date; this names the outcome"),
		"end":     key("ends the dialog here; this names the outcome"),
		"next":    key("the dialog that comes after this one"),
	}
}

// answerSchema is what may stand after "answer:".
func answerSchema() *Schema {
	plain := []string{"yes or no", "number", "nights", "money", "money per period", "date", "date, not after today", "date, after today", "text", "many"}
	plain = append(plain, slices.Sorted(maps.Keys(forms))...)
	return &Schema{Description: "what kind of answer the question takes", AnyOf: []*Schema{
		{Type: "string", Enum: append(plain, `file or "later"`, "number 1 to 10", "text up to 200 characters")},
		{Type: "string", Pattern: numberPattern.String()},
		{Type: "string", Pattern: textPattern.String()},
		{Type: "string", Pattern: `^.+ or "[^"]+"$`},
	}}
}

// withSchema is what calls take, whichever it is.
func withSchema() *Schema {
	by := map[string][]string{}
	for _, s := range signatures() {
		for _, p := range s.params {
			by[p.name] = append(by[p.name], s.name)
		}
	}
	params := map[string]*Schema{}
	for param, calls := range by {
		params[param] = scalar()
		params[param].Description = "taken by " + templates.English.List(calls)
	}
	return closed("what the call is given: answers, by their names", params)
}

// wordsSchema is wording: one text, or one for each channel.
func wordsSchema() *Schema {
	text := &Schema{Type: "string"}
	by := map[string]*Schema{
		forDefault:  {Type: "string", Description: "for all other channels"},
		forDiscreet: {Type: "string", Description: "for people who are contacted discreetly, whatever the channel"},
	}
	for _, channel := range Channels() {
		by[channel] = text
	}
	return &Schema{AnyOf: []*Schema{text, closed("words by channel", by, forDefault)}}
}

// closed is a group of names, of which some must be there and no others may.
func closed(about string, parts map[string]*Schema, needs ...string) *Schema {
	return &Schema{Type: "object", Description: about, Properties: parts, Required: needs, AdditionalProperties: false}
}

// scalar is a text, which may look like a number or like true or false.
func scalar() *Schema {
	return &Schema{AnyOf: []*Schema{{Type: "string"}, {Type: "number"}, {Type: "boolean"}}}
}

// oneOrMore is a list, or one value alone.
func oneOrMore(of *Schema, about string) *Schema {
	return &Schema{Description: about, AnyOf: []*Schema{of, {Type: "array", Items: of}}}
}

func languageCodes() []string {
	var codes []string
	for _, l := range templates.Languages() {
		codes = append(codes, string(l))
	}
	return codes
}
