package console

import (
	"html/template"

	"parley/gateway"
	"parley/templates"
)

func (c *Console) instructionRoutes() []route { return nil }

// instruction is what to do with a kind of work, as a page shows it beside the
// work; nothing where there is none.
func (c *Console) instruction(templates.Language, gateway.WorkItemKind) (template.HTML, error) {
	return "", nil
}
