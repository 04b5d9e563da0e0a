package main

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/internal/store"
	"parley/templates"
)

// seedWorld makes up cases and what happened around them.
type seedWorld struct {
	seed       uint64
	until      time.Time
	roster     *directory.Roster
	dialogs    []*dialogs.Dialog
	moulds     []seedMould
	vocabulary *seedVocabulary
	perCase    float64 // messages
}

// seedYears is how long a past is.
const seedYears = 2

// seedMaker makes up one chunk. What it makes follows from the world's seed and
// the number of its first case.
type seedMaker struct {
	*seedWorld
	*rand.Rand
	past  store.Past
	first int
}

// chunk makes up n cases from a number on.
func (w *seedWorld) chunk(first, n int) *store.Past {
	m := &seedMaker{seedWorld: w, Rand: rand.New(rand.NewPCG(w.seed, uint64(first))), first: first}
	for i := range n {
		c := m.caseFile(first + i)
		m.past.Cases = append(m.past.Cases, c)
		m.pay(&c)
		m.workOn(&c, i)
	}
	m.talk(int(w.perCase * float64(n)))
	return &m.past
}

// id makes an id that sorts by time, like those of RFC 9562.
func (m *seedMaker) id(at time.Time) string {
	var id uuid.UUID
	for i, ms := 0, at.UnixMilli(); i < 6; i++ {
		id[i] = byte(ms >> (40 - 8*i))
	}
	for i := 6; i < len(id); i++ {
		id[i] = byte(m.Uint32())
	}
	id[6], id[8] = 0x70|id[6]&0x0f, 0x80|id[8]&0x3f
	return id.String()
}

// The numbers of cases, and of the receiving parents'.
const (
	seedCases   = 310_000_000_000
	seedSeconds = 320_000_000_000
)

// dramaNumbers is how many mobile numbers Ofcom keeps for drama.
const dramaNumbers = 1000

func (m *seedMaker) caseFile(i int) directory.Case {
	teams := m.roster.Teams()
	team := teams[m.IntN(len(teams))]
	income := calculation.Money(12_000_00 + m.IntN(50_000)*100)
	c := directory.Case{
		Reference: directory.CaseReference(fmt.Sprint(seedCases + i)), Team: team.ID, Nation: team.Nation, Service: directory.DirectPay,
		EffectiveDate: calculation.DateOf(m.until.AddDate(-seedYears, 0, m.IntN(60))),
		PayingParent:  m.person(fmt.Sprintf("SP%d", i), 2*i),
		Income:        directory.Income{HistoricAnnual: &income, TaxYear: "2025-26"},
		Plan:          directory.Plan{Frequency: "monthly", FirstDue: calculation.DateOf(m.until.AddDate(-1, 0, m.IntN(28)))},
	}
	if m.IntN(3) == 0 {
		c.Service = directory.CollectAndPay
	}
	receiving := directory.ReceivingParent{
		Reference: directory.CaseReference(fmt.Sprint(seedSeconds + i)), Person: m.person(fmt.Sprintf("SR%d", i), 2*i+1),
	}
	for child := range 1 + m.IntN(3) {
		receiving.Children = append(receiving.Children, directory.Child{
			ID: fmt.Sprintf("SC%d-%d", i, child), Name: m.vocabulary.firstName(m.Rand),
			DateOfBirth: calculation.DateOf(m.until.AddDate(-1-m.IntN(15), 0, -m.IntN(300))), SharedCareNights: 26 * m.IntN(5),
		})
	}
	if m.IntN(50) == 0 {
		receiving.Risk = &directory.Risk{Kind: "domestic_abuse"}
	}
	c.ReceivingParents = []directory.ReceivingParent{receiving}
	return c
}

// person is the nth. The first of them have telephones, of which there are few.
func (m *seedMaker) person(id string, nth int) directory.Person {
	p := directory.Person{
		ID: directory.PersonID(id), Name: m.vocabulary.firstName(m.Rand) + " " + m.vocabulary.surname(m.Rand), Language: templates.English,
		DateOfBirth: calculation.DateOf(m.until.AddDate(-20-m.IntN(35), 0, -m.IntN(300))), Postcode: "LS1 1AA",
		Email: fmt.Sprintf("person%d@example.com", nth), EmailSince: calculation.DateOf(m.until.AddDate(-seedYears, 0, 0)),
		SafeContact: &directory.SafeContact{Channels: []directory.Channel{directory.SMS, directory.Email}},
	}
	if nth < dramaNumbers {
		p.Phone, p.PhoneSince = fmt.Sprintf("+447700900%03d", nth), p.EmailSince
	}
	if m.IntN(12) == 0 {
		p.Language = templates.Welsh
	}
	return p
}

// pay has some of the last months paid.
func (m *seedMaker) pay(c *directory.Case) {
	const months = 6
	for month := range months {
		p := directory.Payment{
			ID: fmt.Sprintf("seed:%s:%d", c.Reference, month), Case: c.Reference, Amount: calculation.Money(80_00 + m.IntN(30_000)),
			Received: calculation.DateOf(m.until.AddDate(0, -months+month, m.IntN(5))), Method: directory.Collected,
		}
		if c.Service == directory.DirectPay {
			p.Method, p.To = directory.Direct, c.ReceivingParents[0].ID
		}
		m.past.Payments = append(m.past.Payments, p)
	}
}

// workKinds are those of the work on made-up cases.
var workKinds = []gateway.WorkItemKind{
	gateway.ReportWork, gateway.UnansweredWork, gateway.HandoffWork, gateway.ConversationEnding, gateway.ComplaintWork, gateway.MissedCallWork,
}

// workOn leaves work of every tenth case waiting, of half the others done, and
// as much of it held as staff can hold.
func (m *seedMaker) workOn(c *directory.Case, i int) {
	owner := m.roster.Answerable(c.Team)
	for _, p := range c.People() {
		if p.Risk != nil {
			owner = m.roster.Specialists(c.Team)
		}
	}
	created := m.until.Add(-time.Duration(1+m.IntN(72*60)) * time.Minute)
	t := gateway.Task{
		State: gateway.WorkWaiting, Owner: owner.ID, Home: owner.ID, Priority: 1 + m.IntN(2), Since: created, Version: 1,
		WorkItem: gateway.WorkItem{
			ID: m.id(created), Key: "seed/" + string(c.Reference), Kind: workKinds[m.IntN(len(workKinds))], Case: c.Reference,
			Person: c.PayingParent.ID, Team: owner.ID, Detail: "income-change", Created: created,
			Due: m.until.Add(time.Duration(1+m.IntN(20*24)) * time.Hour),
		},
	}
	t.Acts, t.Answer = t.Due, t.Due
	note := gateway.TaskNote{Number: 1, At: created, What: gateway.TaskRouted, To: string(owner.ID)}
	members := m.roster.Members(owner.ID)
	switch holder := members[i%len(members)]; {
	case i%10 == 0:
	case i%10 == 5 && m.first/seedChunk*5+i/10 < holder.Capacity*len(members):
		t.State, t.Holder = gateway.WorkHeld, holder.ID
	case i%2 == 1:
		t.State, t.Closed, t.Outcome, t.Holder = gateway.WorkDone, created.Add(time.Hour), "done", holder.ID
	default:
		return
	}
	m.past.Work = append(m.past.Work, gateway.TaskChange{Task: t, Note: note})
}
