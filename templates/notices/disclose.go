package notices

import (
	"slices"

	"parley/templates"
)

// tellable is what a notification of a maintenance calculation tells both
// parents of the paying parent (Child Support Maintenance Calculation
// Regulations 2012, reg 25(1)). Nothing else of one parent may stand in the
// other's notice.
var tellable = []string{
	"effective_date", "gross_weekly_income", "income_basis", "qualifying_children", "other_children", "rate", "adjustments",
}

// disclosed marks the fields that tell of the other parent, and reports those
// that may not, and those that do without saying so.
func (l *loader) disclosed(n *Notice) {
	line := l.lineOf("discloses")
	if n.For == payingParent && len(n.Discloses) > 0 {
		l.problem("discloses", definitionFile, line, "a paying parent is told nothing of the other parent: take discloses: out")
		return
	}
	for _, name := range n.Discloses {
		i, ok := n.field(name)
		switch {
		case !slices.Contains(tellable, name):
			l.problem("discloses", definitionFile, line, "%s may not be told to the other parent: only %s may", name, templates.English.List(tellable))
		case !ok:
			l.problem("discloses", definitionFile, line, "discloses: names %s, which is not among the data", name)
		default:
			n.Fields[i].Other = true
		}
	}
	for _, f := range n.Fields {
		if n.For != payingParent && !f.Other && slices.Contains(tellable, f.Name) {
			l.problem("discloses", definitionFile, l.lineOf(f.Name), "%s tells of the paying parent, and a receiving parent may get this: name it under discloses:", f.Name)
		}
	}
}
