package console

// figuresWords are those of reports, the catalogue, the audit and instructions.
var figuresWords = merged(auditWords, deliveryWords, instructionWords, reportWords, catalogueWords, openWords, words{
	"figures.csv": {"Download as CSV", "Lawrlwytho fel CSV"},
})
