package directory

import "parley/gateway/calculation"

// OnRecord is the calculation's view of the case record.
func (c *Case) OnRecord() calculation.Case {
	known := calculation.Case{
		EffectiveDate:         c.EffectiveDate,
		Service:               calculation.Service(c.Service),
		RelevantOtherChildren: c.Income.RelevantOtherChildren,
		Income: calculation.Income{
			Pension: calculation.Pay{Amount: c.Income.PrivatePensionAnnual, Per: calculation.PerYear},
		},
	}
	if c.Income.HistoricAnnual != nil {
		known.Income.Historic = calculation.Pay{Amount: *c.Income.HistoricAnnual, Per: calculation.PerYear}
	}
	for _, r := range c.ReceivingParents {
		parent := calculation.ReceivingParent{ID: string(r.ID)}
		for _, child := range r.Children {
			parent.Children = append(parent.Children, calculation.Child{ID: child.ID, Nights: child.SharedCareNights})
		}
		known.ReceivingParents = append(known.ReceivingParents, parent)
	}
	return known
}
