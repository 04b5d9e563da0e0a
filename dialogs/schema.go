package dialogs

import (
	"slices"

	"parley/dialogs/answers"
	"parley/templates"
)

// Schema is a JSON Schema (draft 2020-12), as far as answers and the files of
// a dialog need it.
type Schema struct {
	Schema      string             `json:"$schema,omitempty"`
	Title       string             `json:"title,omitempty"`
	Type        string             `json:"type,omitempty"`
	Description string             `json:"description,omitempty"`
	Enum        []string           `json:"enum,omitempty"`
	Format      string             `json:"format,omitempty"`
	Pattern     string             `json:"pattern,omitempty"`
	Properties  map[string]*Schema `json:"properties,omitempty"`
	Items       *Schema            `json:"items,omitempty"`
	AnyOf       []*Schema          `json:"anyOf,omitempty"`
	Required    []string           `json:"required,omitempty"`
	Minimum     int                `json:"minimum,omitempty"`
	Maximum     int                `json:"maximum,omitempty"`
	Ref         string             `json:"$ref,omitempty"`
	Defs        map[string]*Schema `json:"$defs,omitempty"`

	AdditionalProperties any `json:"additionalProperties,omitempty"` // a *Schema, or false
}

const draft202012 = "https://json-schema.org/draft/2020-12/schema"

// amountPattern is how AnswersJSON writes an amount in pounds.
const amountPattern = `^\d+\.\d{2}$`

// AnswersSchema describes what AnswersJSON writes for the dialog: every answer
// that there can be, by its name; none must be there.
func (d *Dialog) AnswersSchema() *Schema {
	all := &Schema{
		Schema: draft202012, Title: d.Title(templates.English),
		Type: "object", Properties: map[string]*Schema{filesName: files()},
	}
	for i := range d.steps {
		s := &d.steps[i]
		if s.kind != askStep && s.kind != setStep || !s.first() {
			continue
		}
		in := all
		if s.each != nil {
			in = all.list(s.each)
		}
		in.Properties[s.name] = s.schema()
	}
	return all
}

// list is the schema of the items of an each, which it adds when it is not
// there yet.
func (o *Schema) list(e *each) *Schema {
	list := o.Properties[e.variable]
	if list == nil {
		item := &Schema{Type: "object", Properties: map[string]*Schema{}}
		if e.ofRecord() {
			item.Properties["id"] = &Schema{Type: "string"}
		}
		list = &Schema{Type: "array", Items: item}
		o.Properties[e.variable] = list
	}
	return list.Items
}

// schema is what the answer of one step is.
func (s *step) schema() *Schema {
	if s.kind == setStep {
		return &Schema{Description: "worked out by the dialog"}
	}
	schema := s.answer.schema(s.choices.values)
	if words := s.answer.literals.words; len(words) > 0 {
		schema = &Schema{AnyOf: []*Schema{schema, {Type: "string", Enum: slices.Clone(words)}}}
	}
	if s.label != nil {
		schema.Description = s.label[templates.English][forDefault].raw
	}
	return schema
}

func (a *answerType) schema(values []string) *Schema {
	amount := &Schema{Type: "string", Pattern: amountPattern}
	switch a.kind {
	case YesNoValue:
		return &Schema{Type: "boolean"}
	case ChoiceValue:
		return &Schema{Type: "string", Enum: values}
	case ManyValue:
		return &Schema{Type: "array", Items: &Schema{Type: "string", Enum: values}}
	case NumberValue:
		return &Schema{Type: "number"}
	case NightsValue:
		return &Schema{Type: "integer", Description: "nights a year"}
	case DateValue:
		return &Schema{Type: "string", Format: "date"}
	case MoneyValue:
		if !a.period {
			return amount
		}
		return &Schema{Type: "object", Properties: map[string]*Schema{"amount": amount, "period": {Type: "string", Enum: periodNames()}}}
	case FileValue:
		return files()
	}
	if a.form == answers.KindEmail {
		return &Schema{Type: "string", Format: "email"}
	}
	return &Schema{Type: "string"}
}

// files are ids of evidence.
func files() *Schema {
	return &Schema{Type: "array", Description: "ids of files", Items: &Schema{Type: "string"}}
}

func periodNames() []string {
	names := make([]string, len(periods))
	for i, p := range periods {
		names[i] = string(p)
	}
	return names
}
