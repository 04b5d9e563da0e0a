package directory

import "parley/gateway/calculation"

// CaseReference is the twelve digits that a parent finds on their letters.
// Each receiving parent has one of their own, see ReceivingParent.
type CaseReference string

// TeamID names the caseworkers' team that owns a case.
type TeamID string

// Nation is where a case lives. It decides bank holidays and helplines.
type Nation string

// The nations of the United Kingdom.
const (
	England         Nation = "england"
	Wales           Nation = "wales"
	Scotland        Nation = "scotland"
	NorthernIreland Nation = "northern_ireland"
)

// Service is how maintenance is paid.
type Service string

// Direct Pay: from parent to parent. Collect and Pay: through the service,
// with collection fees (SI 2014/612).
const (
	DirectPay     Service = "direct_pay"
	CollectAndPay Service = "collect_and_pay"
)

// Role is what a person is on a case.
type Role string

// The two roles that hold conversations.
const (
	Paying    Role = "paying parent"
	Receiving Role = "receiving parent"
)

// Case is one paying parent and everybody they pay for.
type Case struct {
	Reference        CaseReference     `json:"reference"`
	Team             TeamID            `json:"team"`
	NamedCaseworker  *string           `json:"named_caseworker"`
	Nation           Nation            `json:"nation"`
	Service          Service           `json:"service"`
	EffectiveDate    calculation.Date  `json:"effective_date,omitzero"`
	Closed           calculation.Date  `json:"closed,omitzero"` // from when nothing is paid any more; zero: it is not closed
	PayingParent     Person            `json:"paying_parent"`
	ReceivingParents []ReceivingParent `json:"receiving_parents"`
	Income           Income            `json:"income"`
	Plan             Plan              `json:"plan"`
}

// ReceivingParent is a person who is paid, with the children they are paid
// for and a case reference of their own, so that a reference never leads from
// one receiving parent to another.
type ReceivingParent struct {
	Reference CaseReference `json:"reference"`
	Person
	Children []Child `json:"children"`
}

// Child is a qualifying child (Child Support Act 1991 section 3).
type Child struct {
	ID               string           `json:"id"`
	Name             string           `json:"name"`
	DateOfBirth      calculation.Date `json:"date_of_birth,omitzero"`
	SharedCareNights int              `json:"shared_care_nights"` // a year, with the paying parent
}

// Income is what the service holds of the paying parent's income.
type Income struct {
	HistoricAnnual        *calculation.Money `json:"historic_annual"` // HMRC's figure (CR 35); nil: none available
	TaxYear               string             `json:"tax_year,omitempty"`
	PrivatePensionAnnual  calculation.Money  `json:"private_pension_annual"`
	RelevantOtherChildren int                `json:"relevant_other_children"`
}

// Plan is how often the paying parent pays, and from when.
type Plan struct {
	Frequency string           `json:"frequency,omitempty"` // weekly, fortnightly, four_weekly, monthly
	FirstDue  calculation.Date `json:"first_due,omitzero"`
	// Arrears is what is agreed to be paid beside each payment from a day on,
	// towards what was unpaid before it, until that is paid. Collect and Pay.
	Arrears     calculation.Money `json:"arrears,omitzero"`
	ArrearsFrom calculation.Date  `json:"arrears_from,omitzero"`
}

// Party is one person's part in a case, which is all that a conversation with
// that person may know of who is who.
type Party struct {
	Case      CaseReference
	Reference CaseReference // the reference this person knows the case by
	Role      Role
	Person    PersonID
}

// Parties lists everyone on the case who may hold a conversation, the paying
// parent first.
func (c *Case) Parties() []Party {
	parties := []Party{{Case: c.Reference, Reference: c.Reference, Role: Paying, Person: c.PayingParent.ID}}
	for _, r := range c.ReceivingParents {
		reference := r.Reference
		if reference == "" {
			reference = c.Reference
		}
		parties = append(parties, Party{Case: c.Reference, Reference: reference, Role: Receiving, Person: r.ID})
	}
	return parties
}

// People lists every person on the case who may hold a conversation, the
// paying parent first.
func (c *Case) People() []*Person {
	people := []*Person{&c.PayingParent}
	for i := range c.ReceivingParents {
		people = append(people, &c.ReceivingParents[i].Person)
	}
	return people
}
