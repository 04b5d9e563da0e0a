package dialogs

import (
	"slices"

	"parley/dialogs/answers"
)

// results are what a call may come back with: what is longest, all else that
// conditions read of it, and nothing.
func (t *told) results(d *Dialog, call *Call) []Result {
	signature, _ := signatureOf(call.Name)
	fields := signature.example.Fields
	values := make([][]Value, len(fields))
	for i, f := range fields {
		values[i] = t.fieldValues(d.steps[call.Step].name+"."+f.Name, f.Value)
	}
	var results []Result
	for _, way := range ways(values) {
		v := Group()
		for i, f := range fields {
			v.Fields = append(v.Fields, Field{f.Name, values[i][way[i]]})
		}
		results = append(results, Result{Step: call.Step, Value: v})
	}
	return append(results, Result{Step: call.Step, Failed: true})
}

// mostWays bounds in how many ways values are put together.
const mostWays = 16

// ways tells how to choose one of each list of values: in all ways where these
// are few, else so that each value stands once beside the first of all others
// and once beside the last.
func ways(values [][]Value) [][]int {
	all := [][]int{make([]int, len(values))}
	for i, list := range values {
		for _, way := range slices.Clone(all) {
			for n := 1; n < len(list); n++ {
				way = slices.Clone(way)
				way[i] = n
				all = append(all, way)
			}
		}
		if len(all) > mostWays {
			return someWays(values)
		}
	}
	return all
}

func someWays(values [][]Value) [][]int {
	firsts, lasts := make([]int, len(values)), make([]int, len(values))
	for i, list := range values {
		lasts[i] = len(list) - 1
	}
	some := [][]int{firsts, lasts}
	for i, list := range values {
		for n := range list {
			for _, others := range [][]int{firsts, lasts} {
				way := slices.Clone(others)
				if way[i] = n; n != others[i] {
					some = append(some, way)
				}
			}
		}
	}
	return some
}

// fieldValues are what one field of a result may be.
func (t *told) fieldValues(path string, example Value) []Value {
	values := []Value{example}
	if example.Kind == MoneyValue {
		values[0] = Amount(marks)
	}
	if !t.reads(path) {
		return values
	}
	switch example.Kind {
	case YesNoValue:
		return []Value{YesNo(true), YesNo(false)}
	case MoneyValue:
		for _, c := range append(t.numbers[path], t.numbers[path+".pence"]...) {
			values = append(values, Amount(answers.Pence(c-1)), Amount(answers.Pence(c)), Amount(answers.Pence(c+1)))
		}
	case NumberValue:
		for _, c := range t.numbers[path] {
			values = append(values, Number(c-1), Number(c), Number(c+1))
		}
	case WordsValue:
		for _, text := range t.textsOf(path) {
			values = append(values, Words(text, text))
		}
	case TextValue:
		for _, text := range t.textsOf(path) {
			values = append(values, Text(text))
		}
	}
	return values
}
