package dialogs_test

import (
	"fmt"
	"slices"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/dialogs/scripts"
	"parley/templates"
)

// A conversation is a fold: each turn takes the state that the last one gave.
// What a dialog calls for is done by whoever holds it, and its result is the
// next input.
func Example() {
	all, err := dialogs.Load(scripts.FS)
	if err != nil {
		fmt.Println(err)
		return
	}
	d := all[slices.IndexFunc(all, func(d *dialogs.Dialog) bool { return d.Name == "income-change" })]
	today := answers.Date{Year: 2026, Month: 11, Day: 22}
	facts := dialogs.Facts{Today: today, HandoffBy: today.AddDays(7), Channel: "sms", Identity: "known", Language: templates.English}
	report := dialogs.Group(
		dialogs.Field{Name: "reference", Value: dialogs.Text("K7QF2-M9XTA")},
		dialogs.Field{Name: "due", Value: dialogs.Day(today.AddDays(28))})

	var state dialogs.State
	for _, in := range []dialogs.Input{
		{Event: dialogs.Begin},
		{Event: dialogs.Said, Text: "it's about the same"},
		{Event: dialogs.Said, Text: "OK"},
		{Event: dialogs.Answered, Result: dialogs.Result{Value: report}},
	} {
		in.Facts, in.Result.Step = facts, state.Step
		out, err := d.Advance(state, in)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, m := range out.Messages {
			fmt.Println("<", m.Render("sms"))
		}
		if out.Call != nil {
			fmt.Println("call", out.Call.Name)
		}
		if out.End != nil {
			fmt.Printf("= %s %s\n", out.End.Outcome, d.AnswersJSON(out.State))
		}
		state = out.State // its bytes are what is stored: state.MarshalBinary
	}
	// Output:
	// < Has your pay before tax gone up or down? Reply 1 up, 2 down, 3 about the same.
	// < Check your answers.
	// 1. Your pay: about the same
	// Reply OK if all is right, or CHANGE and a number, like CHANGE 1.
	// call report
	// < Thank you. We will write to you by 20 December 2026. Keep paying as now until then. If you cannot, tell us. Your reference is K7QF2-M9XTA.
	// = reported {"direction": "same"}
}
