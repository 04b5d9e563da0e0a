package webchat

import (
	"context"
	"errors"
	"net/http"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/internal/web"
	"parley/templates"
)

// Payments is what lets the visitor of a confirmed visit pay by card, see
// gateway.Cashier.
type Payments interface {
	// Payable is what they may pay, or gateway.ErrNotPayable. StartPayment
	// returns the provider's page to pay that amount on. Outcome is how the
	// latest payment went, or gateway.ErrNotFound.
	Payable(ctx context.Context, visit gateway.VisitID) (calculation.Money, error)
	StartPayment(ctx context.Context, visit gateway.VisitID, amount calculation.Money) (page string, err error)
	Outcome(ctx context.Context, visit gateway.VisitID) (gateway.ChargeState, error)
}

// payPage asks whether to pay an amount, or leads to where it is paid.
type payPage struct {
	surroundings
	Amount string
	Pounds string // the same, as the form sends it
	Next   string // the provider's page; empty before
}

// paying draws the page from which a payment is begun.
func (d *door) paying(w http.ResponseWriter, r *http.Request) {
	secret := d.secretOf(r)
	visit, err := d.to.Visit(r.Context(), secret)
	if errors.Is(err, gateway.ErrNoVisit) {
		http.Redirect(w, r, "/chat", http.StatusSeeOther)
		return
	}
	var amount calculation.Money
	if err == nil {
		amount, err = d.config.Payments.Payable(r.Context(), visit.ID)
	}
	if err != nil {
		d.cannotPay(w, r, visit, err)
		return
	}
	d.drawPay(w, r, visit, amount, "")
}

// pay begins a payment of the amount that the visitor was shown. The provider's
// page is led to by a page of ours: browsers do not let a form lead to another
// site (Content Security Policy, form-action).
func (d *door) pay(w http.ResponseWriter, r *http.Request, visit gateway.Visit) {
	var amount calculation.Money
	if err := amount.UnmarshalText([]byte(r.PostForm.Get("amount"))); err != nil {
		d.notice(w, r, http.StatusBadRequest, "not-taken")
		return
	}
	if !d.hub.limiter().maySay(r.Context(), visit.ID) {
		d.notice(w, r, http.StatusTooManyRequests, "too-many")
		return
	}
	next, err := d.config.Payments.StartPayment(r.Context(), visit.ID, amount)
	if err != nil {
		d.cannotPay(w, r, visit, err)
		return
	}
	w.Header().Set("Refresh", "0; url="+next)
	d.drawPay(w, r, visit, amount, next)
}

func (d *door) drawPay(w http.ResponseWriter, r *http.Request, visit gateway.Visit, amount calculation.Money, next string) {
	content := payPage{
		surroundings: d.around(r, spoken(r, visit), formToken(d.secretOf(r))),
		Amount:       templates.Money(int64(amount)), Pounds: amount.Decimal(), Next: next,
	}
	d.draw(w, r, http.StatusOK, "pay", web.Page{Language: content.Language, Content: content})
}

func (d *door) cannotPay(w http.ResponseWriter, r *http.Request, visit gateway.Visit, err error) {
	switch {
	case errors.Is(err, gateway.ErrNotPayable):
		d.noticeIn(w, r, spoken(r, visit), http.StatusNotFound, "pay-nothing")
	case errors.Is(err, gateway.ErrNoVisit):
		http.Redirect(w, r, "/chat", http.StatusSeeOther)
	default:
		d.config.Log.WarnContext(r.Context(), "a payment could not be begun", "error", err)
		d.noticeIn(w, r, spoken(r, visit), http.StatusServiceUnavailable, "pay-away")
	}
}

// spoken is a visit's language, or what the browser prefers where there is
// none.
func spoken(r *http.Request, visit gateway.Visit) templates.Language {
	if visit.Language == "" {
		return languageOf(r)
	}
	return visit.Language
}

// offered is what a visitor may pay, offered where they were just told of their
// record; empty when that is nothing.
func (d *door) offered(r *http.Request, visit gateway.Visit, entries []gateway.Entry) string {
	if d.config.Payments == nil || visit.Level < directory.Confirmed || !justTold(entries) {
		return ""
	}
	amount, err := d.config.Payments.Payable(r.Context(), visit.ID)
	if err != nil {
		if !errors.Is(err, gateway.ErrNotPayable) {
			d.config.Log.WarnContext(r.Context(), "it is not known what can be paid", "visit", visit.ID, "error", err)
		}
		return ""
	}
	return templates.Money(int64(amount))
}

// justTold reports whether what we said since the visitor last wrote is for
// them alone.
func justTold(entries []gateway.Entry) bool {
	for i := len(entries) - 1; i >= 0 && entries[i].ByUs; i-- {
		if entries[i].Private {
			return true
		}
	}
	return false
}

// outcomes are the words for how a payment went.
var outcomes = map[gateway.ChargeState]string{gateway.Paid: "pay-paid", gateway.Unpaid: "pay-unpaid", gateway.Going: "pay-going"}

// paid tells somebody who comes back from the provider how their payment went.
func (d *door) paid(w http.ResponseWriter, r *http.Request) {
	visit, err := d.to.Visit(r.Context(), d.secretOf(r))
	var state gateway.ChargeState
	if err == nil {
		state, err = d.config.Payments.Outcome(r.Context(), visit.ID)
	}
	switch {
	case errors.Is(err, gateway.ErrNoVisit), errors.Is(err, gateway.ErrNotFound):
		http.Redirect(w, r, "/chat", http.StatusSeeOther)
		return
	case err != nil:
		d.config.Log.WarnContext(r.Context(), "a payment could not be asked about", "error", err)
		state = gateway.Going // it is looked for again
	}
	d.noticeIn(w, r, spoken(r, visit), http.StatusOK, outcomes[state])
}
