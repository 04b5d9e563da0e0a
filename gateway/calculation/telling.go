package calculation

import (
	"bytes"
	"strconv"
	"strings"
)

// Rule is the provision that the step follows. "CR" is the Child Support
// Maintenance Calculation Regulations 2012, "Sch 1" Schedule 1 to the Child
// Support Act 1991, "FR" the Child Support Fees Regulations 2014.
func (s *Step) Rule() string { return sentences[s.kind].rule }

// English tells the step in a sentence.
func (s *Step) English() string { return s.tell(sentences[s.kind].en, s.subject.en) }

// Welsh tells the step in a sentence.
func (s *Step) Welsh() string { return s.tell(sentences[s.kind].cy, s.subject.cy) }

// Working is the sum as one would write it on paper: "£32,000.00 ÷ 365 × 7".
func (s *Step) Working() string { return string(s.appendWorking(nil)) }

// English tells all the steps, a line each, as text for a message.
func (r *Result) English() string { return r.tell((*Step).English) }

// Welsh tells all the steps, a line each, as text for a message.
func (r *Result) Welsh() string { return r.tell((*Step).Welsh) }

func (r *Result) tell(step func(*Step) string) string {
	lines := make([]string, len(r.Steps))
	for i := range r.Steps {
		lines[i] = step(&r.Steps[i])
	}
	return strings.Join(lines, "\n")
}

func (s *Step) tell(pattern, who string) string {
	b := make([]byte, 0, 192)
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '{' {
			b = append(b, pattern[i])
			continue
		}
		end := i + 1
		for pattern[end] != '}' {
			end++
		}
		b = s.appendPlace(b, pattern[i+1:end], who)
		i = end
	}
	return string(b)
}

func (s *Step) appendPlace(b []byte, name, who string) []byte {
	switch {
	case name == "sum":
		return s.appendSum(b)
	case name == "=":
		return s.outcome().append(b)
	case name == "who":
		return append(b, who...)
	case name[0] >= 'a':
		return s.nth(int(name[0]-'a'), true).append(b)
	default:
		return s.nth(int(name[0]-'0'), false).append(b)
	}
}

// nth finds the n-th fact, or the n-th number of the sum.
func (s *Step) nth(n int, fact bool) Term {
	for _, t := range s.Terms {
		if (t.Operator == OpGiven) != fact {
			continue
		}
		if n == 0 {
			return t
		}
		n--
	}
	return Term{Den: 1}
}

func (s *Step) outcome() Term { return Term{Unit: s.unit(), Num: s.Num, Den: s.Den} }

// appendSum writes the working and its outcome, once when they are the same.
func (s *Step) appendSum(b []byte) []byte {
	before := len(b)
	b = s.appendWorking(b)
	outcome := s.outcome().append(nil)
	if bytes.Equal(b[before:], outcome) {
		return b
	}
	return append(append(b, " = "...), outcome...)
}

func (s *Step) appendWorking(b []byte) []byte {
	for _, t := range s.Terms {
		switch t.Operator {
		case OpPlus:
			b = append(b, " + "...)
		case OpMinus:
			b = append(b, " − "...)
		case OpLess: // "× 6/7", which a calculator can follow, for "less 1/7"
			b = append(b, " × "...)
			t.Num = t.Den - t.Num
		case OpTimes:
			b = append(b, " × "...)
		case OpDivide:
			b = append(b, " ÷ "...)
		case OpGiven:
			continue
		}
		b = t.append(b)
	}
	return b
}

// String writes the number in its unit: "£613.70", "16%", "1/7".
func (t Term) String() string { return string(t.append(nil)) }

func (t Term) append(b []byte) []byte {
	switch t.Unit {
	case UnitMoney:
		return exact{t.Num, t.Den}.rounded().append(b, "£", ",")
	case UnitPercent:
		perMille := t.Num * 1000 / t.Den
		b = strconv.AppendInt(b, perMille/10, 10)
		if perMille%10 != 0 {
			b = append(b, '.', byte('0'+perMille%10))
		}
		return append(b, '%')
	case UnitFraction:
		b = strconv.AppendInt(b, t.Num, 10)
		if t.Den != 1 {
			b = strconv.AppendInt(append(b, '/'), t.Den, 10)
		}
		return b
	default:
		return strconv.AppendInt(b, t.Num, 10)
	}
}
