package gateway

import (
	"fmt"
	"slices"
	"strings"

	"parley/dialogs"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates"
)

// explain is the call explain: how a person's amount is worked out on what the
// case record holds. What a receiving parent is told of the other parent's
// affairs is no more than the law says (CR 25(1)).
func explain(c directory.Case, person directory.PersonID) (dialogs.Value, error) {
	who, paying, err := recipient(c, person)
	if err != nil {
		return dialogs.Value{}, err
	}
	r, err := calculation.Explain(c.OnRecord())
	if err != nil {
		return dialogs.Value{}, fmt.Errorf("explaining case %s: %w", c.Reference, err)
	}
	r = r.For(who)
	after := r.Fees.ReceivingGets
	if paying {
		after = r.Fees.PayingTotal
	}
	return dialogs.Group(append([]dialogs.Field{
		{Name: "paying", Value: dialogs.YesNo(paying)},
		{Name: "weekly_amount", Value: amount(r.Weekly)},
		{Name: "rate", Value: rateInWords(r.Rate)},
		{Name: "since", Value: dayInWords(r.EffectiveDate)},
		{Name: "collected", Value: dialogs.YesNo(after != r.Weekly)},
		{Name: "after_fee", Value: amount(after)},
		{Name: "paid_for", Value: dialogs.Number(r.QualifyingChildren)},
		{Name: "others", Value: dialogs.Number(r.RelevantOtherChildren)},
	}, byTopic(&r)...)...), nil
}

// recipient is what a person may be told of a case's calculation: nothing, with
// errNotTheirs, when they are not one of its parents.
func recipient(c directory.Case, person directory.PersonID) (who calculation.Recipient, paying bool, err error) {
	switch {
	case person == "":
	case person == c.PayingParent.ID:
		return calculation.PayingParent(), true, nil
	case slices.ContainsFunc(c.ReceivingParents, func(r directory.ReceivingParent) bool { return r.ID == person }):
		return calculation.ReceivingParentNamed(string(person)), false, nil
	}
	return calculation.Recipient{}, false, errNotTheirs
}

// dayInWords is a day in both languages; no words for one that is not known.
func dayInWords(d calculation.Date) dialogs.Value {
	if d == 0 {
		return dialogs.Words("", "")
	}
	year, month, day := d.Time().Date()
	return dialogs.Words(templates.English.Date(year, int(month), day), templates.Welsh.Date(year, int(month), day))
}

// topics are what the steps of a calculation are about, in its order.
func topics() []string { return []string{"income", "children", "part", "nights", "total"} }

// topicOf tells what a step is about by the provision that it follows. The fee
// has an amount of its own.
func topicOf(rule string) string {
	switch rule {
	case "CR 34(1)", "CR 34(2)", "CR 35(1)", "CR 35(3)", "CR 37", "Sch 1 para 10(3)",
		"CR 57(1)", "CR 68 to 71", "CR 72(1)", "CR 73(1)", "CR 74":
		return "income"
	case "CR 50", "Sch 1 para 2(3)":
		return "children"
	case "CR 47", "CR 53", "Sch 1 para 7(4)", "Sch 1 para 7(5)", "Sch 1 para 7(6)", "Sch 1 para 7(7)", "Sch 1 para 8":
		return "nights"
	case "FR 7":
		return ""
	case "CR 6", "Sch 1 para 1":
		return "total"
	default: // the rate, which is a part of the income
		return "part"
	}
}

// byTopic are the steps of a calculation in words, by topic; no words where a
// topic has no steps.
func byTopic(r *calculation.Result) []dialogs.Field {
	var fields []dialogs.Field
	for _, topic := range topics() {
		var en, cy []string
		for i := range r.Steps {
			if s := &r.Steps[i]; topicOf(s.Rule()) == topic {
				en, cy = append(en, s.English()), append(cy, s.Welsh())
			}
		}
		fields = append(fields, dialogs.Field{Name: topic, Value: dialogs.Words(
			inOneText(en, "Ask a person to see every step."), inOneText(cy, "Gofynnwch i berson i weld pob cam."))})
	}
	return fields
}

// signs are the signs of a sum as a text message can carry them (3GPP TS
// 23.038).
var signs = strings.NewReplacer("×", "x", "÷", "/", "−", "-")

// inOneText joins sentences to what a text message can carry, with a part to
// spare for the words around them. With many children or parents the middle
// ones are left out, and it says so.
func inOneText(sentences []string, more string) string {
	sentences = slices.Compact(sentences)
	whole := len(sentences)
	for {
		said := sentences
		if len(said) < whole {
			said = append(slices.Clone(said), more)
		}
		text := signs.Replace(strings.Join(said, " "))
		if len(sentences) <= 1 || templates.PrepareSMS(text).Segments < templates.MaxSegments {
			return text
		}
		middle := len(sentences) / 2
		sentences = slices.Delete(sentences, middle, middle+1)
	}
}
