package income

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/gateway/calculation"
)

// The service's messages. Amounts stay the text that was sent, so that no
// money passes through floating point.

type matchQuestion struct {
	NationalInsuranceNumber string `json:"nino"`
}

type matchAnswer struct {
	MatchID string `json:"matchId"`
}

type yearAnswer struct {
	TaxYear     string      `json:"taxYear"`
	TotalIncome json.Number `json:"totalIncome"`
	AsOf        time.Time   `json:"asOf"`
}

type payeAnswer struct {
	Income []payment `json:"income"`
}

type payment struct {
	EmployerReference string      `json:"employerPayeReference"`
	Frequency         string      `json:"payFrequency"`
	Paid              string      `json:"paymentDate"`
	Taxable           json.Number `json:"taxablePay"`
}

var (
	errMatch   = errors.New("the match has no id")
	errTaxYear = errors.New("the tax year is missing")
)

// read makes an Income of the answers. Of several payments by one employer the
// latest counts, and none of a job that has ended.
func read(year yearAnswer, paye payeAnswer) (Income, error) {
	if year.TaxYear == "" || year.AsOf.IsZero() {
		return Income{}, errTaxYear
	}
	total, err := calculation.ParseMoney(year.TotalIncome.String())
	if err != nil {
		return Income{}, fmt.Errorf("the year's income %w", err)
	}
	income := Income{
		TaxYear:  year.TaxYear,
		Historic: calculation.Pay{Amount: total, Per: calculation.PerYear},
		AsOf:     year.AsOf,
	}
	places := make(map[string]int) // of each employer's employment
	for _, p := range paye.Income {
		employment, err := p.employment()
		if err != nil {
			return Income{}, err
		}
		place, seen := places[p.EmployerReference]
		switch {
		case !seen:
			places[p.EmployerReference] = len(income.Employments)
			income.Employments = append(income.Employments, employment)
		case employment.Paid > income.Employments[place].Paid:
			income.Employments[place] = employment
		}
	}
	asOf := calculation.DateOf(year.AsOf)
	income.Employments = slices.DeleteFunc(income.Employments, func(e Employment) bool { return e.ended(asOf) })
	return income, nil
}

// ended takes a job as over when two months have gone by without pay, or more
// than a year for one that pays yearly. The service lists payments, not jobs.
func (e Employment) ended(asOf calculation.Date) bool {
	days := 62
	if e.Pay.Per == calculation.PerYear {
		days = 400
	}
	return asOf > e.Paid.AddDays(days)
}

func (p payment) employment() (Employment, error) {
	amount, err := calculation.ParseMoney(p.Taxable.String())
	if err != nil {
		return Employment{}, fmt.Errorf("a payment %w", err)
	}
	paid, err := calculation.ParseDate(p.Paid)
	if err != nil {
		return Employment{}, fmt.Errorf("the day of a payment %w", err)
	}
	employment := Employment{Paid: paid}
	if period := period(p.Frequency); period != "" {
		employment.Pay = calculation.Pay{Amount: amount, Per: period}
	}
	return employment, nil
}

// period reads the pay frequencies of a full payment submission (HMRC RTI
// data item 42). Quarterly, half-yearly, one-off and irregular pay have no
// settled period to compare.
func period(frequency string) calculation.Period {
	switch frequency {
	case "W1":
		return calculation.PerWeek
	case "W2":
		return calculation.PerFortnight
	case "W4":
		return calculation.PerFourWeeks
	case "M1":
		return calculation.PerMonth
	case "MA":
		return calculation.PerYear
	}
	return ""
}
