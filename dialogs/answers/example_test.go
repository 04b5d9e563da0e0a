package answers_test

import (
	"errors"
	"fmt"

	"parley/dialogs/answers"
	"parley/templates"
)

func Example() {
	c := answers.Context{Today: answers.Date{Year: 2026, Month: 11, Day: 22}, Language: templates.English}

	pay, _ := answers.ReadMoney("I get £1.2k pm", c)
	weekly, _ := pay.Weekly()
	fmt.Println(pay.Amount.Pounds(), pay.Period, weekly.Pounds())

	since, _ := answers.ReadDate("last Friday", c)
	fmt.Println(since.Date, "confirm:", since.Confirm)

	stays, _ := answers.ReadYesNo("nac ydw", c)
	fmt.Println(stays)

	_, err := answers.ReadMoney("350 or 400", c)
	var problem *answers.Error
	if errors.As(err, &problem) {
		fmt.Println(problem.Code)
		fmt.Println(problem.Words(templates.Welsh))
	}
	// Output:
	// 1200.00 month 276.16
	// 2026-11-20 confirm: true
	// false
	// two_values
	// Gwelais fwy nag un swm. Rhowch un, fel 410 yr wythnos.
}

func ExampleReadChoice() {
	choices := []answers.Choice{{Value: "up", Label: "up"}, {Value: "down", Label: "down"}, {Value: "same", Label: "about the same"}}
	for _, text := range []string{"2", "option 3", "dwon", "about", "up or down"} {
		i, err := answers.ReadChoice(text, choices, answers.Context{})
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(choices[i].Value)
	}
	// Output:
	// down
	// same
	// down
	// same
	// reading choice: two_values
}

func ExampleReadNights() {
	n, _ := answers.ReadNights("every other weekend and every Wednesday", answers.Context{})
	fmt.Println(n.PerYear, n.Confirm)
	// Output: 104 true
}
