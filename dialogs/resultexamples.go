package dialogs

import "parley/dialogs/answers"

// Results of calls, for transcripts that give none.

// calculateExample is for two children who stay 104 nights, at £450 a week.
func calculateExample() Value {
	return Group(
		Field{"weekly_amount", Amount(5143)},
		Field{"rate", Words("basic rate", "gyfradd sylfaenol")},
		Field{"with_fee", Amount(6172)},  // what the parent who pays would pay if we collected it
		Field{"after_fee", Amount(4937)}, // and what the other would get
		Field{"income", Words("The weekly income is £450.00.", "Yr incwm wythnosol yw £450.00.")},
		Field{"children", Words("", "")},
		Field{"part", Words("The basic rate applies. Children: 2. The part of the income to pay is 16%: £450.00 x 16% = £72.00 a week.",
			"Y gyfradd sylfaenol sy'n gymwys. Plant: 2. Y rhan o'r incwm i'w thalu yw 16%: £450.00 x 16% = £72.00 yr wythnos.")},
		Field{"nights", Words("For the nights of all the children together, 2/7 is taken off: £72.00 x 5/7 = £51.43.",
			"Am nosweithiau'r plant i gyd gyda'i gilydd, tynnir 2/7: £72.00 x 5/7 = £51.43.")},
		Field{"total", Words("To the nearest penny, the amount is £51.43 a week.", "I'r geiniog agosaf, y swm yw £51.43 yr wythnos.")},
	)
}

// explainExample is for a paying parent of one child, by Direct Pay.
func explainExample() Value {
	return Group(
		Field{"paying", YesNo(true)}, // the person is the paying parent
		Field{"weekly_amount", Amount(6312)},
		Field{"rate", Words("basic rate", "gyfradd sylfaenol")},
		Field{"since", Words("6 April 2026", "6 Ebrill 2026")}, // no words: not known
		Field{"collected", YesNo(false)},
		Field{"after_fee", Amount(6312)}, // what they pay, or get, with the fee for collecting
		Field{"paid_for", Number(1)},
		Field{"others", Number(0)},
		Field{"income", Words("The weekly income is £613.70. It is based on a past tax year.",
			"Yr incwm wythnosol yw £613.70. Mae'n seiliedig ar flwyddyn dreth a fu.")},
		Field{"children", Words("", "")},
		Field{"part", Words("The basic rate applies. Children: 1. The part of the income to pay is 12%: £613.70 x 12% = £73.64 a week.",
			"Y gyfradd sylfaenol sy'n gymwys. Plant: 1. Y rhan o'r incwm i'w thalu yw 12%: £613.70 x 12% = £73.64 yr wythnos.")},
		Field{"nights", Words("For the nights of all the children together, 1/7 is taken off: £73.64 x 6/7 = £63.12.",
			"Am nosweithiau'r plant i gyd gyda'i gilydd, tynnir 1/7: £73.64 x 6/7 = £63.12.")},
		Field{"total", Words("To the nearest penny, the amount is £63.12 a week.", "I'r geiniog agosaf, y swm yw £63.12 yr wythnos.")},
	)
}

// accountExample is for a paying parent whose payments are collected each month.
// Of an earlier payment that is not there the fields say nothing.
func accountExample() Value {
	monthly := Amount(18_000)
	monthly.Period = answers.Month
	return Group(
		Field{"receives", YesNo(false)}, // the person is a receiving parent
		Field{"direct", YesNo(false)},   // the parents pay each other: no balance is known
		Field{"due", YesNo(true)},       // there is something to pay at all
		Field{"regular", monthly},
		Field{"next_due", Day(answers.Date{Year: 2026, Month: 12, Day: 15})},
		Field{"next_amount", Amount(18_000)},
		Field{"since", Day(answers.Date{Year: 2026, Month: 4, Day: 6})}, // from when payments count
		Field{"behind", YesNo(false)},
		Field{"ahead", YesNo(false)},
		Field{"balance", Amount(0)}, // behind or ahead by
		Field{"last", YesNo(true)},
		Field{"last_day", Day(answers.Date{Year: 2026, Month: 11, Day: 15})},
		Field{"last_amount", Amount(18_000)},
		Field{"second", YesNo(true)},
		Field{"second_day", Day(answers.Date{Year: 2026, Month: 10, Day: 15})},
		Field{"second_amount", Amount(18_000)},
		Field{"third", YesNo(true)},
		Field{"third_day", Day(answers.Date{Year: 2026, Month: 9, Day: 15})},
		Field{"third_amount", Amount(18_000)},
	)
}

// progressExample is for somebody who told us one thing, and hears of it in time.
func progressExample() Value {
	return Group(
		Field{"waiting", Number(1)}, // how many things wait; of the latest:
		Field{"told", Day(answers.Date{Year: 2026, Month: 11, Day: 16})},
		Field{"due", Day(answers.Date{Year: 2026, Month: 12, Day: 14})},
		Field{"late", YesNo(false)},
		Field{"reference", Text("CM-EXAMPLE")},
	)
}
