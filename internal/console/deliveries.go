package console

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// WebhooksConfig is what the page of deliveries to other systems needs.
type WebhooksConfig struct {
	Deliveries Deliveries
	Endpoints  []Endpoint
}

// Endpoint is where another system hears of events.
type Endpoint struct {
	Name   string
	Host   string
	Events []gateway.EventType
}

// Deliveries are the events on their way to other systems.
type Deliveries interface {
	// Deliveries returns them, the latest events first.
	Deliveries(ctx context.Context, q gateway.DeliveryQuery) ([]gateway.Delivery, error)
	// SendAgain has one tried now, or returns gateway.ErrNotFound.
	SendAgain(ctx context.Context, id, endpoint string, now time.Time) error
	// DisabledEndpoints are those that want no more, and since when.
	DisabledEndpoints(ctx context.Context) (map[string]time.Time, error)
	// EnableEndpoint lets events go to one again.
	EnableEndpoint(ctx context.Context, endpoint string) error
}

// Who sees deliveries, and who may act on them. Deliveries are shown without
// whose they are: not every leader may know of every case.
var (
	deliverySeers   = []directory.StaffRole{directory.TeamLeader, directory.Auditor}
	deliverySenders = []directory.StaffRole{directory.TeamLeader}
)

func (c *Console) deliveryRoutes() []route {
	return []route{
		{"GET /console/deliveries", deliverySeers, c.deliveriesPage, ""},
		{"POST /console/deliveries/again", deliverySenders, c.sendAgain, "sent event again"},
		{"POST /console/deliveries/enable", deliverySenders, c.enableEndpoint, "enabled endpoint"},
	}
}

const deliveriesLength = 50 // of a page

var deliveryStates = []gateway.DeliveryState{gateway.DeliveryWaiting, gateway.DeliveryDone, gateway.DeliveryGivenUp}

// endpointRow is an endpoint with when it said that it wants no more.
type endpointRow struct {
	Endpoint
	Disabled time.Time
}

type deliveriesContent struct {
	Endpoints       []endpointRow
	States          []gateway.DeliveryState
	Endpoint, State string // that are shown; empty: all
	Rows            []deliveryRow
	First, Next     string
	Sends           bool // whoever looks may act on them
}

type deliveryRow struct {
	gateway.Delivery
	Again bool // whoever looks may send it again, and it would go
}

func (c *Console) deliveriesPage(w http.ResponseWriter, r *request) error {
	disabled, err := c.config.Webhooks.Deliveries.DisabledEndpoints(r.Context())
	if err != nil {
		return err
	}
	content := deliveriesContent{States: deliveryStates, Endpoint: r.FormValue("endpoint"), State: r.FormValue("state")}
	for _, e := range c.config.Webhooks.Endpoints {
		content.Endpoints = append(content.Endpoints, endpointRow{e, disabled[e.Name]})
	}
	q := gateway.DeliveryQuery{Endpoint: content.Endpoint, State: gateway.DeliveryState(content.State), Limit: deliveriesLength + 1}
	if id, endpoint, ok := strings.Cut(r.FormValue("before"), "."); ok {
		q.Before = &gateway.Delivery{Event: gateway.Event{ID: id}, Endpoint: endpoint}
		content.First = content.address("")
	}
	found, err := c.config.Webhooks.Deliveries.Deliveries(r.Context(), q)
	if err != nil {
		return err
	}
	if len(found) > deliveriesLength {
		found = found[:deliveriesLength]
		last := found[deliveriesLength-1]
		content.Next = content.address(last.ID + "." + last.Endpoint)
	}
	content.Sends = slices.Contains(deliverySenders, r.Staff.Role)
	for _, d := range found {
		content.Rows = append(content.Rows, deliveryRow{d, content.Sends && c.isEndpoint(d.Endpoint) && disabled[d.Endpoint].IsZero()})
	}
	return c.page(w, r, http.StatusOK, "deliveries", r.say("nav.deliveries"), content)
}

// address is the page with the same choice, from one on.
func (d *deliveriesContent) address(before string) string {
	values := url.Values{}
	for key, value := range map[string]string{"endpoint": d.Endpoint, "state": d.State, "before": before} {
		if value != "" {
			values.Set(key, value)
		}
	}
	return "/console/deliveries?" + values.Encode()
}

func (c *Console) isEndpoint(name string) bool {
	return slices.ContainsFunc(c.config.Webhooks.Endpoints, func(e Endpoint) bool { return e.Name == name })
}

func (c *Console) sendAgain(w http.ResponseWriter, r *request) error {
	id, endpoint := r.PostFormValue("id"), r.PostFormValue("endpoint")
	if !c.isEndpoint(endpoint) {
		return errNoPage
	}
	if err := c.did(r, AuditEntry{Object: id + " " + endpoint}); err != nil {
		return err
	}
	if err := c.config.Webhooks.Deliveries.SendAgain(r.Context(), id, endpoint, c.config.Clock()); err != nil {
		return err
	}
	r.flash("deliveries.sent")
	http.Redirect(w, r.Request, localPath(r.PostFormValue("to")), http.StatusSeeOther)
	return nil
}

func (c *Console) enableEndpoint(w http.ResponseWriter, r *request) error {
	endpoint := r.PostFormValue("endpoint")
	if !c.isEndpoint(endpoint) {
		return errNoPage
	}
	if err := c.did(r, AuditEntry{Object: endpoint}); err != nil {
		return err
	}
	if err := c.config.Webhooks.Deliveries.EnableEndpoint(r.Context(), endpoint); err != nil {
		return err
	}
	r.flash("deliveries.enabled", endpoint)
	http.Redirect(w, r.Request, localPath(r.PostFormValue("to")), http.StatusSeeOther)
	return nil
}
