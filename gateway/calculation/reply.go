package calculation

import (
	"errors"
	"fmt"
	"strings"
)

// Reply is the answer to a Request.
type Reply struct {
	Result Result
	Plan   *Plan // nil when no frequency was named
}

// Answer reads one request and works it out: DecodeRequest, then Reply.
func Answer(line []byte) (Reply, error) {
	q, err := DecodeRequest(line)
	if err != nil {
		return Reply{}, err
	}
	return q.Reply()
}

// String tells the reply to people: the amount, then each step with its rule,
// in English and in Welsh.
func (r *Reply) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s a week (%s)\n", r.Result.Weekly, r.Result.Rate.words().en)
	for i := range r.Result.Steps {
		s := &r.Result.Steps[i]
		fmt.Fprintf(&b, "  %-18s %s%s\n  %-18s %s%s\n", s.Rule(), s.about(), s.English(), "", s.about(), s.Welsh())
	}
	return b.String()
}

// about names the receiving parent whose amount the step is about.
func (s *Step) about() string {
	if s.ReceivingParent == "" {
		return ""
	}
	return s.ReceivingParent + ": "
}

// Reply works out the request, with the steps. The error is an *InputError.
func (q Request) Reply() (Reply, error) {
	result, err := Explain(q.Case)
	if err != nil || q.Plan.Frequency == "" {
		return Reply{Result: result}, err
	}
	terms := q.Plan
	terms.Weekly = result.Fees.PayingTotal
	plan, err := NewPlan(terms)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Result: result, Plan: &plan}, nil
}

// AppendJSON writes the reply in the form docs/calculation.md describes, on
// one line. What a reply always could hold and does not is null, so that a
// script finds every field.
func (r *Reply) AppendJSON(b []byte) []byte {
	w, result := &writer{b}, &r.Result
	w.open("", '{')
	w.yes("liable", result.Liable)
	w.text("rate_type", string(result.Rate))
	result.writeIncome(w)
	w.count("qualifying_children", result.QualifyingChildren)
	w.count("relevant_other_children", result.RelevantOtherChildren)
	w.money("weekly_amount", result.Weekly)
	w.open("per_receiving_parent", '{')
	for _, share := range result.Shares {
		w.money(share.ReceivingParent, share.Weekly)
	}
	w.close('}')
	result.writeFees(w)
	r.Plan.write(w)
	w.open("steps", '[')
	for i := range result.Steps {
		result.Steps[i].write(w)
	}
	w.close(']')
	w.close('}')
	return w.b
}

func (r *Result) writeIncome(w *writer) {
	if r.Basis == BasisNone {
		w.null("income_basis")
		w.null("gross_weekly_income")
		w.null("income_counted")
		return
	}
	w.text("income_basis", string(r.Basis))
	w.money("gross_weekly_income", r.GrossWeeklyIncome)
	w.money("income_counted", r.IncomeCounted)
}

func (r *Result) writeFees(w *writer) {
	w.open("fees", '{')
	w.money("paying_parent_fee", r.Fees.PayingParent)
	w.money("paying_parent_total", r.Fees.PayingTotal)
	w.money("receiving_parent_fee", r.Fees.ReceivingParent)
	w.money("receiving_parent_gets", r.Fees.ReceivingGets)
	w.open("per_receiving_parent", '{')
	for _, share := range r.Shares {
		w.open(share.ReceivingParent, '{')
		w.money("paying_parent_fee", share.PayingFee)
		w.money("receiving_parent_fee", share.ReceivingFee)
		w.close('}')
	}
	w.close('}')
	w.close('}')
}

func (p *Plan) write(w *writer) {
	if p == nil {
		w.null("plan")
		return
	}
	w.open("plan", '{')
	w.text("frequency", string(p.Frequency))
	w.count("instalments", len(p.Instalments))
	w.money("instalment", p.Instalment())
	w.money("total_52_weeks", p.Total)
	w.money("arrears_left", p.ArrearsLeft)
	w.open("schedule", '[')
	for _, instalment := range p.Instalments {
		w.open("", '{')
		if instalment.Due != 0 {
			w.text("due", instalment.Due.String())
		} else {
			w.null("due")
		}
		w.money("amount", instalment.Amount())
		if instalment.Arrears != 0 {
			w.money("arrears", instalment.Arrears)
		}
		w.close('}')
	}
	w.close(']')
	w.close('}')
}

func (s *Step) write(w *writer) {
	w.open("", '{')
	w.text("rule", s.Rule())
	if s.ReceivingParent != "" {
		w.text("receiving_parent", s.ReceivingParent)
	}
	w.text("text", s.English())
	w.text("text_cy", s.Welsh())
	if len(s.Terms) > 0 {
		w.text("working", s.Working())
	}
	if amount, isMoney := s.Amount(); isMoney {
		w.money("amount", amount)
	} else {
		w.null("amount")
	}
	w.close('}')
}

// AppendRefusal writes an error as JSON: {"error": "…", "field": "…"}. The
// field is "" when the whole line is at fault.
func AppendRefusal(b []byte, err error) []byte {
	field := ""
	if input := (*InputError)(nil); errors.As(err, &input) {
		field = input.Field
	}
	w := &writer{b}
	w.open("", '{')
	w.text("error", err.Error())
	w.text("field", field)
	w.close('}')
	return w.b
}
