package console

import (
	"bytes"
	"context"
	"crypto/rand"
	"image"
	"image/color"
	"image/png"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/gatewaytest"
	"parley/gateway/schedule"
	"parley/internal/evidence"
)

// noRecords are of cases about which nothing more is kept, for tests of other
// pages.
type noRecords struct{ Records }

func (noRecords) Person(context.Context, directory.PersonID) (directory.Person, []directory.Party, error) {
	return directory.Person{}, nil, gateway.ErrNotFound
}

func (noRecords) Payments(context.Context, directory.CaseReference, calculation.Date) ([]directory.Payment, error) {
	return nil, nil
}

func (noRecords) Reports(context.Context, directory.CaseReference) ([]gateway.Report, error) {
	return nil, nil
}

func (noRecords) Tasks(context.Context, gateway.TaskSearch) ([]gateway.Task, error) { return nil, nil }

func (noRecords) CaseNotes(context.Context, directory.CaseReference, string, int) ([]gateway.CaseNote, error) {
	return nil, nil
}

func (noRecords) Labelled(context.Context, gateway.MessageID) (gateway.Labelled, error) {
	return gateway.Labelled{PersonMessage: gateway.PersonMessage{Case: "300012345678", Person: "P1", Conversation: "C1"}}, nil
}

// noDesk finds nothing and foresees nothing.
type noDesk struct{ CaseDesk }

func (noDesk) Search(context.Context, directory.StaffID, string) ([]gateway.Found, error) {
	return nil, nil
}

func (noDesk) Coming(context.Context, *directory.Case, time.Duration) ([]gateway.Coming, error) {
	return nil, nil
}

func (noDesk) Contacts(_ context.Context, c *directory.Case) ([]gateway.Contact, error) {
	return make([]gateway.Contact, len(c.People())), nil
}

func (noDesk) WriteNote(context.Context, directory.StaffID, directory.CaseReference, directory.PersonID, string) error {
	return nil
}

// withoutRecords configures the pages of cases for tests of other pages.
func withoutRecords(c *Config) { c.Case = CaseConfig{Records: noRecords{}, Desk: noDesk{}} }

// dueNotices gives a gateway the service's own notices, and when they are due.
func dueNotices(tb testing.TB, c *gateway.Config) {
	tb.Helper()
	rules, err := schedule.Shipped(schedule.Settings{})
	if err != nil {
		tb.Fatal(err)
	}
	c.Notices, c.Schedule = gatewaytest.Notices(tb), rules
}

// keeper keeps evidence for an office.
func keeper(tb testing.TB, files gateway.Files) *evidence.Keeper {
	tb.Helper()
	k, err := evidence.New(evidence.Config{
		Dir: tb.TempDir(), Secret: bytes.Repeat([]byte("secret "), 8), Files: files, Clock: time.Now, NewID: rand.Text,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return k
}

// picture is a small PNG.
func picture(tb testing.TB) []byte {
	tb.Helper()
	drawn := image.NewRGBA(image.Rect(0, 0, 60, 40))
	for i := range 60 {
		drawn.Set(i, i*40/60, color.RGBA{R: 30, G: 80, B: 130, A: 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, drawn); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// sends has a person send a file.
func (o *office) sends(tb testing.TB, person directory.PersonID, name string, content []byte) gateway.File {
	tb.Helper()
	from := gateway.Address{Channel: directory.Email, Value: string(person) + "@example.com"}
	f, err := o.evidence.Take(tb.Context(), from, person, name, bytes.NewReader(content))
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// receive has a message come in.
func (o *office) receive(tb testing.TB, in gateway.Inbound) {
	tb.Helper()
	if err := o.gateway.Receive(tb.Context(), in); err != nil {
		tb.Fatal(err)
	}
	o.deliver(tb)
}

// put stores cases.
func (o *office) put(tb testing.TB, cases ...directory.Case) {
	tb.Helper()
	for _, c := range cases {
		if err := o.store.PutCase(tb.Context(), c, o.now.AddDate(0, -2, 0)); err != nil {
			tb.Fatal(err)
		}
	}
}

// collected is a case of the team leeds-2 whose maintenance the service
// collects, with two receiving parents, one of them in danger from no one.
func collected() directory.Case {
	historic := calculation.Money(32_000_00)
	since := calculation.NewDate(2024, 1, 10)
	return directory.Case{
		Reference: "300022345678", Team: "leeds-2", Nation: directory.Wales, Service: directory.CollectAndPay,
		EffectiveDate: calculation.NewDate(2026, 1, 12), Income: directory.Income{HistoricAnnual: &historic, TaxYear: "2025-26"},
		Plan: directory.Plan{Frequency: "monthly", FirstDue: calculation.NewDate(2026, 1, 26)},
		PayingParent: directory.Person{
			ID: "P2", Name: "Gwen Enghraifft", Language: "cy", Phone: "+447700900201", PhoneSince: since, PreferredChannel: directory.SMS,
			Postcode: "CF10 1AA", NationalInsurance: "AB123456C",
			SafeContact: &directory.SafeContact{Channels: []directory.Channel{directory.SMS, directory.Voice}, Post: true},
		},
		ReceivingParents: []directory.ReceivingParent{
			{
				Reference: "300022345679",
				Person: directory.Person{
					ID: "R2", Name: "Huw Enghraifft", Language: "cy", Phone: "+447700900202", PhoneSince: since, Email: "huw@example.org",
					SafeContact: &directory.SafeContact{
						Channels: []directory.Channel{directory.SMS}, Hours: directory.Hours{From: 9 * 60, To: 15 * 60}, Discreet: true,
						Phone: "+447700900299", PhoneSince: since, Review: calculation.NewDate(2026, 11, 1),
					},
					Needs: []string{"large print"},
				},
				Children: []directory.Child{{ID: "C2", Name: "Mali"}, {ID: "C3", Name: "Tomos", SharedCareNights: 110}},
			},
			{
				Reference: "300022345680",
				Person:    directory.Person{ID: "R3", Name: "Alex Placeholder", Language: "en", PostalAddress: []string{"4 Example Street", "Leeds", "LS1 1AA"}},
				Children:  []directory.Child{{ID: "C4", Name: "Noa", SharedCareNights: 52}},
			},
		},
	}
}

// pays is money that was collected on that case.
func pays(id string, amount calculation.Money, received calculation.Date) directory.Payment {
	return directory.Payment{ID: id, Case: "300022345678", Amount: amount, Received: received, Method: directory.Collected}
}
