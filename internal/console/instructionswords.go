package console

// instructionWords are those of the instructions' pages.
var instructionWords = words{
	"instruction.body":    {"What to do with each kind of work, in a few steps. Each is shown beside the work too.", "Beth i'w wneud â phob math o waith, mewn ychydig gamau. Dangosir pob un wrth ymyl y gwaith hefyd."},
	"instruction.search":  {"Search the instructions", "Chwilio'r cyfarwyddiadau"},
	"instruction.step":    {"At this step", "Wrth y cam hwn"},
	"instruction.none":    {"No instruction has these words.", "Nid oes cyfarwyddyd â'r geiriau hyn."},
	"instruction.version": {"Instruction, version %s", "Cyfarwyddyd, fersiwn %s"},

	// what reports and hand-offs are about
	"kind.apply":           {"Application", "Cais"},
	"kind.bank-details":    {"Bank details", "Manylion banc"},
	"kind.close-case":      {"Closing a case", "Cau achos"},
	"kind.contact-details": {"Contact details", "Manylion cyswllt"},
	"kind.death":           {"A death", "Marwolaeth"},
	"kind.representative":  {"Representative", "Cynrychiolydd"},
	"kind.safe-contact":    {"Safe contact", "Cyswllt diogel"},
}
