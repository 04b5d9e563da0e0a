package console

// openWords are those of the open data.
var openWords = words{
	"open.title":       {"Open data", "Data agored"},
	"open.body":        {"Figures of a quarter, fit to publish: counts, times and targets, without any number under 5 or what one could be reckoned from. Those are shown as [c], for confidential.", "Ffigurau chwarter, addas i'w cyhoeddi: cyfrifon, amserau a thargedau, heb unrhyw rif o dan 5 na'r hyn y gellid cyfrifo un ohono. Dangosir y rheini fel [c], am gyfrinachol."},
	"open.provisional": {"Provisional", "Dros dro"},
	"open.not-yet":     {"These can still change. Do not publish them: the difference between two releases may be a small number.", "Gall y rhain newid o hyd. Peidiwch â'u cyhoeddi: gall y gwahaniaeth rhwng dau gyhoeddiad fod yn rhif bach."},
	"open.final":       {"Final", "Terfynol"},
	"open.quarter":     {"Quarter", "Chwarter"},
	"open.table":       {"Table", "Tabl"},
	"open.category":    {"Category", "Categori"},
	"open.measure":     {"Measure", "Mesur"},
	"open.value":       {"Value", "Gwerth"},
}
