package gateway

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"parley/gateway/calculation"
)

// Whatever the figures are, no number under 5 is published, and whoever tries
// every way in which the numbers that are kept back could add up finds for each
// at least five that it may be.
func TestOpenDataTellsNoSmallNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := &release{}
		count := rapid.IntRange(0, 14)
		group := func(name string, most int) (place int) {
			var parts []int
			sum := 0
			for i := range rapid.IntRange(1, most).Draw(t, name) {
				value := count.Draw(t, fmt.Sprint(name, i))
				sum += value
				parts = append(parts, r.add(value))
			}
			place = r.add(sum)
			r.sums = append(r.sums, sumOf(place, parts))
			return place
		}
		var dialogs []int
		all := 0
		for i := range rapid.IntRange(1, 3).Draw(t, "dialogs") {
			place := group(fmt.Sprint("dialog", i), 2)
			all += r.values[place]
			dialogs = append(dialogs, place)
		}
		total := r.add(all)
		r.sums = append(r.sums, sumOf(total, dialogs))
		left := all // the same total by channel
		var channels []int
		for left > 0 && len(channels) < 2 {
			value := rapid.IntRange(0, left).Draw(t, "channel")
			left -= value
			channels = append(channels, r.add(value))
		}
		channels = append(channels, r.add(left))
		r.sums = append(r.sums, sumOf(total, channels))

		hidden := r.suppressed()
		for i, value := range r.values {
			if !hidden[i] && value < smallest {
				t.Fatalf("%d is published of %v %v", value, r.values, r.sums)
			}
			if hidden[i] && slices.Contains(hidden, false) {
				if may := r.mayBe(i, hidden, all+smallest); len(may) < smallest {
					t.Fatalf("number %d of %v %v, hidden %v, can only be %v", i, r.values, r.sums, hidden, may)
				}
			}
		}
	})
}

func sumOf(total int, parts []int) sum { return sum{total, parts} }

// mayBe tries all that a hidden number can be up to a most, by setting every
// hidden number that is part of a sum and seeing whether all sums hold.
func (r *release) mayBe(cell int, hidden []bool, most int) (list []int) {
	for value := range most + 1 {
		tried := slices.Clone(r.values)
		known := make([]bool, len(hidden))
		for i := range hidden {
			known[i] = !hidden[i]
		}
		tried[cell], known[cell] = value, true
		if r.holds(tried, known, most) {
			list = append(list, value)
		}
	}
	return list
}

// holds reports whether the numbers that are not known can be such that all
// sums hold: a sum with one unknown gives it, else one is tried.
func (r *release) holds(values []int, known []bool, most int) bool {
	values, known = slices.Clone(values), slices.Clone(known)
	for again := true; again; {
		again = false
		for _, s := range r.sums {
			unknown, at, rest := 0, -1, 0
			for _, part := range s.parts {
				if !known[part] {
					unknown, at = unknown+1, part
				} else {
					rest += values[part]
				}
			}
			switch {
			case unknown == 0 && known[s.total]:
				if rest != values[s.total] {
					return false
				}
			case unknown == 0:
				values[s.total], known[s.total], again = rest, true, true
			case known[s.total] && rest > values[s.total]:
				return false
			case unknown == 1 && known[s.total]:
				values[at], known[at], again = values[s.total]-rest, true, true
			}
		}
	}
	next := slices.Index(known, false)
	if next < 0 {
		return true
	}
	known[next] = true
	for values[next] = 0; values[next] <= most; values[next]++ {
		if r.holds(values, known, most) {
			return true
		}
	}
	return false
}

func TestOpenRows(t *testing.T) {
	f := Figures{
		{Endings, "income-change", "completed", 40}, {Endings, "income-change", "lapsed", 2}, {Endings, "welcome", "completed", 30},
		{Began, "income-change", "sms", 42}, {Began, "welcome", "webchat", 30},
		{InTime, "complaint", "met", 3}, {Resolved, "complaint", SpanName(0), 3},
		{InTime, "report", "met", 20}, {InTime, "report", "missed", 6}, {Resolved, "report", SpanName(0), 26},
	}
	got := map[string]string{}
	for _, row := range f.open() {
		got[row.Table+"/"+row.Category+"/"+row.Measure] = row.Value
	}
	for name, want := range map[string]string{
		"conversations/all/begun": "72", "conversations/income-change/not completed": Confidential,
		"conversations/income-change/completed": Confidential, // else the rest would tell the 2
		"conversations/welcome/begun":           "30", "conversations by channel/sms/begun": "42",
		"work closed/complaint/number": Confidential, "time to close/complaint/half within, hours": Confidential,
		"work closed/report/number": Confidential, "work closed/all/number": "29", "work closed/report/in time": "20",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	for name, value := range got {
		if n, err := strconv.Atoi(value); err == nil && n < smallest {
			t.Errorf("%s is %d", name, n)
		}
	}
}

func TestQuarters(t *testing.T) {
	for text, want := range map[string]string{"2026-Q4": "2026-10-01 2026-12-31", "2024-Q1": "2024-01-01 2024-03-31"} {
		q, err := ParseQuarter(text)
		first, last := q.Days()
		if got := first.String() + " " + last.String(); err != nil || got != want || QuarterOf(first) != q || QuarterOf(last) != q || QuarterOf(first.AddDays(-1)) != q.Before() {
			t.Errorf("%s is %s: %v", text, got, err)
		}
	}
	for _, text := range []string{"", "2026", "2026-Q5", "2026-Q0", "2026-q4", "2026-Q44", "26-Q4", "2026-Q4 "} {
		if q, err := ParseQuarter(text); err == nil {
			t.Errorf("%q is %v", text, q)
		}
	}
	if q := QuarterOf(calculation.NewDate(2026, 11, 22)); q.String() != "2026-Q4" {
		t.Error(q)
	}
}
