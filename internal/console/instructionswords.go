package console

// instructionWords are those of the instructions' pages.
var instructionWords = words{
	"instruction.body":    {"What to do with each kind of work, in a few steps. Each is shown beside the work too.", "Beth i'w wneud â phob math o waith, mewn ychydig gamau. Dangosir pob un wrth ymyl y gwaith hefyd."},
	"instruction.search":  {"Search the instructions", "Chwilio'r cyfarwyddiadau"},
	"instruction.step":    {"At this step", "Wrth y cam hwn"},
	"instruction.none":    {"No instruction has these words.", "Nid oes cyfarwyddyd â'r geiriau hyn."},
	"instruction.version": {"Instruction, version %s", "Cyfarwyddyd, fersiwn %s"},
}
